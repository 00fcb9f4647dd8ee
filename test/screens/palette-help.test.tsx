import { expect, test } from "vitest";
import { openContainers } from "./robot.tsx";

test("the palette finds actions fuzzily, and shows key and docker command", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":");
  await robot.sees(/logs +l +docker logs --follow --tail 500 edge/);
  await robot.type("rest");
  await robot.sees(/restart +r +docker restart edge/);
  await robot.press("enter");
  await robot.sees("Restart 1 container on demo?");
  await robot.press("esc");
  expect(robot.changes()).toEqual([]);
});

test("the palette says why an action does not apply", async () => {
  const robot = await openContainers();
  await robot.goTo("spare");
  await robot.press(":");
  await robot.type("pause");
  await robot.sees(/pause +p +not now: spare: it is not running, it is created and was never started\./);
  await robot.press("enter");
  await robot.sees("· spare: it is not");
  expect(robot.changes()).toEqual([]);
});

test("colon, stop and Enter in one read ask whether to stop", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":stop\r");
  await robot.sees("Stop 1 container on demo?");
  await robot.press("n");
  await robot.press(":stop\ry");
  await robot.sees("Stop 1 container on demo?");
  expect(robot.changes()).toEqual([]);
});

test("the palette is left with Esc, and its letters are no keys", async () => {
  const robot = await openContainers();
  await robot.press(":");
  await robot.type("qd");
  await robot.press("down", "up", "esc");
  await robot.seesNot("━━━");
  expect(robot.host).toEqual([]);
  expect(robot.session.overlays.get()).toEqual([]);
});

test("the palette goes to another screen", async () => {
  const robot = await openContainers();
  await robot.press(":");
  await robot.type("next screen");
  await robot.sees(/next screen +Tab +Go to the next screen/);
  await robot.press("enter");
  await robot.sees("IMAGE↑");
});

test("help in the list names its keys, and those that work there are not dimmed", async () => {
  const robot = await openContainers({ rows: 80 });
  await robot.goTo("edge");
  await robot.press("?");
  await robot.sees("Keys here (dimmed: not now)");
  for (const help of ["Logs: the last lines", "Stop: ask the container", "Go to the images screen", "Quit"])
    expect(robot.screen()).toContain(help);
  expect(robot.looks("Go to the images screen")[0]?.dim).toBe(false);
  expect(robot.looks("Stop: ask")[0]?.dim).toBe(false);
  expect(robot.looks("Start a container")[0]?.dim).toBe(true);
  await robot.press("esc");
  await robot.seesNot("Keys here");
});

test("a screen key in the help does not change the screen behind it", async () => {
  const robot = await openContainers();
  await robot.press("?", "2");
  await robot.sees("Esc goes back to the list first.");
  await robot.press("esc");
  await robot.sees("NAME↑");
});

test("help in the log and in the clean-up plan names their keys", async () => {
  const robot = await openContainers({ rows: 80 });
  await robot.goTo("edge");
  await robot.press("l");
  await robot.sees("Logs edge");
  await robot.press("?");
  await robot.sees("Follow new lines, or stop following");
  expect(robot.screen()).not.toContain("Stop: ask the container");
  await robot.press("esc", "esc", "P");
  await robot.sees(/Clean up: 7 of .* kind:container/);
  await robot.press("?");
  await robot.sees("Remove exactly the ticked ones");
  await robot.sees("In the clean-up plan: tick what shall go");
  expect(robot.looks("In the clean-up plan: tick")[0]?.dim).toBe(false);
  expect(robot.looks("Mark the row")[0]?.dim).toBe(true);
  await robot.press("esc");
  await robot.sees(/Clean up: 7 of .* kind:container/);
});

test("help longer than the screen scrolls to its end", async () => {
  const robot = await openContainers({ columns: 80, rows: 14 });
  await robot.press("?");
  await robot.sees(/Keys here.*1–9 of/);
  await robot.press("pagedown");
  await robot.sees(/Keys here.*10–18 of/);
  await robot.press("G");
  await robot.sees(/Quit/);
  await robot.press("j", "j", "k");
  await robot.seesNot(/Quit/);
});

test("the footer shows only keys that apply to the row under the cursor", async () => {
  const robot = await openContainers();
  const footer = () => robot.rows().at(-1) ?? "";
  await robot.goTo("edge");
  await robot.until(
    () => / l logs .* e shell .* s stop .* p pause /.test(footer()),
    "the keys of a running one",
  );
  await robot.goTo("spare");
  await robot.until(() => / l logs .* s start /.test(footer()), "the keys of a created one");
  expect(footer()).not.toMatch(/shell|pause|stop/);
  await robot.goTo("batch-import");
  await robot.until(() => / s stop .* p unpause /.test(footer()), "the keys of a paused one");
  expect(footer()).not.toMatch(/shell/);
  await robot.press("2");
  await robot.sees("IMAGE↑");
  expect(footer()).not.toMatch(/logs|stop|remove/);
});

test("every key of the footer does what it says", async () => {
  const robot = await openContainers({ columns: 160 });
  await robot.goTo("edge");
  const promises: [key: string, label: string, seen: string | RegExp, back: string][] = [
    ["l", "logs", "Logs edge", "esc"],
    ["s", "stop", "Stop 1 container", "n"],
    ["r", "restart", "Restart 1 container", "n"],
    ["d", "remove", "Remove 1 container", "n"],
    ["P", "clean up", "Clean up: ", "q"],
    ["i", "inspect", "Inspect edge", "esc"],
    ["/", "find", "Enter keep", "esc"],
    [":", "commands", "Esc leave", "esc"],
    ["?", "help", "Keys here", "esc"],
  ];
  for (const [key, label, seen, back] of promises) {
    expect(robot.rows().at(-1)).toContain(` ${key} ${label} `.trimEnd());
    await robot.press(key);
    await robot.sees(seen);
    await robot.press(back);
    await robot.seesNot(seen);
  }
  await robot.press("space");
  await robot.sees("1 marked");
  await robot.press("e");
  expect(robot.host).toEqual([]);
});
