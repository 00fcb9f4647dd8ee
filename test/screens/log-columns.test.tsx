import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

/** Ctrl+s sends a form, ctrl+u empties the line in it. */
const [send, empty] = ["\u0013", "\u0015"];

const lines = [
  '{"time":"2026-11-21T10:00:00Z","level":"info","msg":"order placed","status":200,"path":"/orders","took":12}',
  "not structured, and longer than any column",
  'level=warn msg="slow answer" status=504 path=/orders/7 took=3000',
  '{"level":"error","msg":"no route","path":"/漢字","peer":"\\u001b[31m10.0.0.1\\u0007"}',
];

/** The log of a quiet container that has these lines. */
async function openLog(options: RobotOptions = {}, more: readonly string[] = []): Promise<Robot> {
  const robot = await openContainers({
    ...options,
    before: ({ world }) => {
      world.add({ name: "chatty", status: "running", voice: "none" });
      for (const line of [...lines, ...more]) world.log("chatty", line);
    },
  });
  await robot.goTo("chatty");
  await robot.press("l");
  await robot.sees("following");
  await robot.sees(/no route|row/);
  return robot;
}

/** Opens the form, types names of fields and sends it. */
async function choose(robot: Robot, names: string): Promise<void> {
  await robot.press("C");
  await robot.sees("Which fields shall be columns?");
  await robot.press(empty);
  await robot.type(names);
  await robot.press(send);
  await robot.seesNot("Which fields shall be columns?");
}

const body = (robot: Robot) => robot.rows().slice(3, -2);

test("C asks for fields, and shows them as columns under their names", async () => {
  const robot = await openLog();
  await choose(robot, "status,path");
  await robot.sees(/^ time +level {2}status {2}path +message$/m);
  const [first = "", ...rows] = body(robot).slice(1, 5);
  expect(first).toMatch(/^ .{12} INFO {6}200 {2}\/orders {4}order placed$/);
  const indent = " ".repeat(14);
  expect(rows).toEqual([
    ` ${lines[1]}`,
    `${indent}WARN      504  /orders/7  slow answer`,
    `${indent}ERROR          /漢字      no route`,
  ]);
  await robot.press("r");
  await robot.sees(lines[0] ?? "");
  await robot.seesNot(/level {2}status/);
  await robot.press("C");
  await robot.sees("Lines are shown as they were written: r shows their fields.");
});

test("fields are ticked, too, with the most frequent first; what is ticked nowhere has no column", async () => {
  const robot = await openLog();
  await robot.press("C");
  await robot.sees(
    /Fields in the last 3 lines that have any\n +path +\[ \]\n +status +\[ \]\n +took +\[ \]\n +peer/,
  );
  await robot.press("down", "space", "down", "down", "down", "space", "down");
  await robot.sees("in 1 of 3, such as 10.0.0.1␇");
  await robot.press("space", send);
  await robot.sees(/^ time +level {2}took {2}peer$/m);
  await robot.sees("ERROR        10.0.0.1␇");
  await robot.seesNot("order placed");
  await robot.press("C");
  await robot.sees(/▸ Columns +took,peer/);
  await robot.press(empty, send);
  await robot.sees("order placed");
  await robot.seesNot(/^ time +level/m);
});

test("names that no line has are told", async () => {
  const robot = await openLog();
  await robot.press("C");
  await robot.type("path,stauts");
  await robot.sees("✗ No line looked at has a field stauts.");
  await robot.press(send);
  await robot.sees("Which fields shall be columns?");
});

test("a log without fields has none to choose from", async () => {
  const robot = await openContainers({
    before: ({ world }) => {
      world.add({ name: "chatty", status: "running", voice: "none" });
      world.log("chatty", "plain");
    },
  });
  await robot.goTo("chatty");
  await robot.press("l");
  await robot.sees(/^ plain$/m);
  await robot.press("C");
  await robot.sees("No line here has fields");
});

test("a search finds and marks what stands in the columns, and Esc clears it before the columns", async () => {
  const robot = await openLog();
  await choose(robot, "path");
  await robot.press("/");
  await robot.type("/ord.rs.7/");
  await robot.press("enter");
  await robot.sees("(1/1)");
  expect(robot.looks("orders/7").every(({ inverse }) => inverse)).toBe(true);
  await robot.press("esc");
  await robot.seesNot("(1/1)");
  await robot.sees(/level {2}path/);
  await robot.press("esc");
  await robot.seesNot(/level {2}path/);
  await robot.sees("status=504");
  await robot.press("esc");
  await robot.sees("NAME↑");
});

test("what is copied is the line as it was written", async () => {
  const robot = await openLog();
  await choose(robot, "path");
  await robot.press("v", "y");
  await robot.sees("Sent 1 line to the terminal's clipboard.");
  expect(robot.host).toContain(`copy ${lines.at(-1)}`);
});

test("on a narrow terminal columns are cut, scroll sideways under their names, and wrap", async () => {
  const long = `{"path":"/start/${"x".repeat(200)}/end","status":500,"msg":"row ${"word ".repeat(12)}last"}`;
  const robot = await openLog({ columns: 80, rows: 24 }, [long]);
  await choose(robot, "path,status");
  await robot.sees(/\/start\/xxx….*xxxx\/end {5}500 {2}row word/);
  await robot.press("right");
  await robot.sees(/^ path +status {2}message$/m);
  await robot.press("left", "w");
  await robot.sees(/^ time .*message$/m);
  await robot.sees(/last$/m);
});

test("widths stay while one scrolls", async () => {
  const wide = '{"path":"/a/rather/wide","msg":"wide"}';
  const narrow = (line: number) => `{"path":"/${line}","msg":"row ${line}"}`;
  const robot = await openLog({}, [wide, ...Array.from({ length: 200 }, (_, line) => narrow(line))]);
  await choose(robot, "path");
  const heading = () => body(robot)[0];
  await robot.sees("row 199");
  const before = heading();
  expect(before).toMatch(/^ time +level {2}path {12}message$/);
  await robot.press("g");
  await robot.sees("/a/rather/wide");
  expect(heading()).toBe(before);
  robot.world.log("chatty", '{"path":"/an/even/wider/path","msg":"new"}');
  await robot.press("G");
  await robot.sees("/an/even/wider/path  new");
  expect(heading()?.indexOf("message")).toBeGreaterThan(before?.indexOf("message") ?? 0);
});

test("of several logs the columns stand behind the names, and behind the times", async () => {
  const robot = await openContainers({
    before: ({ world }) => {
      for (const name of ["chatty-a", "chatty-bcd"]) {
        world.add({ name, status: "running", voice: "none" });
        world.log(name, '{"status":200,"msg":"hello"}');
      }
    },
  });
  await robot.press("/");
  await robot.type("chatty-");
  await robot.press("enter", "*", "l");
  await robot.sees(/chatty-bcd +hello/);
  await choose(robot, "status");
  await robot.sees(/^ {12}status {2}message\n chatty-\w+ +200 {2}hello\n chatty-\w+ +200 {2}hello$/m);
  await robot.press("T");
  await robot.sees(/^ {36}status {2}message\n .{23} chatty-\w+ +200 {2}hello$/m);
});
