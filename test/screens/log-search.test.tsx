import { expect, test } from "vitest";
import { openContainers, type Robot } from "./robot.tsx";

/** The log of a quiet container of so many lines, each hundredth of which is an error. */
async function openLong(lines: number): Promise<Robot> {
  const robot = await openContainers({
    before: ({ world }) => {
      world.add({ name: "long", status: "running", voice: "none" });
      for (let line = 1; line <= lines; line += 1)
        world.log("long", line % 700 === 0 ? `ERROR line ${line}.` : `line ${line}.`);
    },
  });
  await robot.goTo("long");
  await robot.press("l");
  await robot.sees(`line ${lines}.`);
  return robot;
}

const title = (robot: Robot) => robot.rows()[2] ?? "";

async function search(robot: Robot, text: string): Promise<void> {
  await robot.press("/");
  await robot.type(text);
  await robot.press("enter");
}

test("what is not among the kept lines is searched further back, and then on again", async () => {
  const robot = await openLong(5_000);
  await search(robot, "line 123.");
  await robot.sees(/^▌line 123\.$/m);
  expect(title(robot)).toContain("not following");
  expect(title(robot)).toContain("more below");
  await robot.press("esc");
  await search(robot, "line 4000.");
  await robot.sees("No earlier match.");
  await robot.press("n");
  await robot.sees(/^▌line 4000\.$/m);
  await robot.press("n");
  await robot.sees("No further match.");
  await robot.press("pageup");
  await robot.sees(/^.line 3999\.$/m);
  await robot.press("G");
  await robot.sees("line 5000.");
});

test("e and E go from error to error through the whole log", async () => {
  const robot = await openLong(2_500);
  await robot.press("E");
  await robot.sees(/^▌ERROR line 2100\.$/m);
  await robot.press("E");
  await robot.sees(/^▌ERROR line 1400\.$/m);
  await robot.press("E");
  await robot.sees(/^▌ERROR line 700\.$/m);
  await robot.press("E");
  await robot.sees("No earlier error.");
  await robot.press("e");
  await robot.sees(/^▌ERROR line 1400\.$/m);
});

test("A has the filters go through the whole log, and through what is kept again", async () => {
  const robot = await openLong(5_000);
  await robot.press("A");
  await robot.sees("Nothing is filtered: & begins.");
  await robot.press("&");
  await robot.type("99.");
  await robot.press("enter", "enter");
  await robot.sees("5 of 500 lines");
  await robot.press("A");
  await robot.sees("50 of 5000 lines · from the beginning");
  robot.world.log("long", "line 5099.");
  robot.world.log("long", "line 5100.");
  await robot.sees("51 of 5002 lines");
  await robot.press("g");
  await robot.sees(/^.line 99\.$/m);
  await robot.press("+");
  await robot.sees("51 of 5002 lines · from the beginning · & 99. · ±1");
  await robot.press("g");
  await robot.sees(/^.line 98\.\n.line 99\.\n.line 100\.\n.line 198\.$/m);
  await robot.press("A");
  await robot.sees(/\d of 500 lines/);
  await robot.press("esc");
  await robot.sees("following · 500 lines");
});

test("a search that is under way is ended by Esc, and what was shown stays", async () => {
  const robot = await openLong(5_000);
  robot.engine.hang();
  await search(robot, "line 7.");
  await robot.sees("searching further back …");
  await robot.press("esc");
  await robot.sees("The search was ended.");
  await robot.sees("line 5000.");
  robot.engine.resume();
  await robot.seesNot("searching");
});
