import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

/** The log of a container with those lines. */
async function openLog(lines: readonly string[], options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers({
    ...options,
    before({ world }) {
      world.add({ name: "chatty", status: "running", voice: "none" });
      for (const line of lines) world.log("chatty", line);
    },
  });
  await robot.goTo("chatty");
  await robot.press("l");
  await robot.sees("Logs chatty");
  await robot.sees(` ${lines.length} line`);
  return robot;
}

/** The text of the log that is inverse, row by row. */
function inverse(robot: Robot): string[] {
  return robot.rows().flatMap((row, y) => {
    if (y < 3) return [];
    const marked = [...row].filter((_, x) => robot.cell(x, y).inverse).join("");
    return marked === "" ? [] : [marked];
  });
}

test("words are selected one by one and over lines, exactly as they are marked", async () => {
  const robot = await openLog(["first line", "GET /orders?id=42 10.0.0.1", "last line"]);
  await robot.press("v", "k", "l");
  expect(inverse(robot)).toEqual(["GET"]);
  await robot.press("right", "l", "l", "l");
  expect(inverse(robot)).toEqual(["10.0.0.1"]);
  await robot.press("y");
  await robot.sees("Copied 10.0.0.1");
  expect(robot.host).toContain("copy 10.0.0.1");
  await robot.press("v", "j", "h", "j");
  expect(inverse(robot)).toEqual(["10.0.0.1", "last line"]);
  await robot.press("^", "y");
  await robot.sees("Copied 2 lines, the first and the last from word to word.");
  expect(robot.host).toContain("copy 10.0.0.1\nlast");
});

test("V takes whole lines again and o the other end; keys of the log do nothing meanwhile", async () => {
  const robot = await openLog(["first line", "second line", "third line"]);
  await robot.press("v", "V");
  await robot.sees("Whole lines are selected: → selects words.");
  await robot.press("k", "$", "o", "k");
  expect(inverse(robot)).toEqual(["line", "second line"]);
  await robot.press("e");
  await robot.sees("e does nothing here; ? lists the keys.");
  await robot.press("V", "y");
  await robot.sees("Copied 2 lines.");
  expect(robot.host).toContain("copy first line\nsecond line");
});

test("a value is picked out of a JSON line as it is shown, or as it was written", async () => {
  const robot = await openLog(['{"level":"error","msg":"no route","peer":"10.0.0.1"}']);
  await robot.sees("ERROR no route peer=10.0.0.1");
  await robot.press("v", "h", "y");
  await robot.sees("Copied 10.0.0.1");
  await robot.press("v", "y");
  await robot.sees("Copied 1 line.");
  expect(robot.host.at(-1)).toContain('"peer":"10.0.0.1"');
});

test("words beyond the edge are scrolled to, and wrapped lines are marked in all their rows", async () => {
  const long = Array.from({ length: 60 }, (_, word) => `word${word}`).join("=");
  const robot = await openLog([long], { columns: 80, rows: 24 });
  await robot.press("v", "$");
  expect(inverse(robot)).toEqual(["word59"]);
  await robot.press("esc", "w", "v", "^", "o", "$");
  expect(inverse(robot).length).toBeGreaterThan(4);
  expect(inverse(robot).join("")).toBe(long);
});
