import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { width } from "../../src/format/width.ts";
import { openContainers, openRobot, type Robot } from "./robot.tsx";

test("when the engine goes, the list stays, dimmed, and it says since when and what it does", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("j", "k");
  await robot.engine.goDown();
  await robot.sees("○ lost");
  await robot.sees(/✗ Lost for \d+ s: .* Trying again (now|in \d+ s)\./);
  await robot.seesRow("gitea", /running/);
  expect(robot.looks("gitea")[0]?.dim).toBe(true);
  expect(robot.held()).toContain("edge");
  await robot.press("j");
  await robot.until(() => robot.held().includes("firehose"), "the cursor to move all the same");
});

test("when the engine comes back, the list is true again by itself", async () => {
  const robot = await openContainers();
  await robot.engine.goDown();
  await robot.sees("○ lost");
  robot.world.remove("gitea");
  robot.world.add({ name: "newcomer", status: "running" });
  await robot.engine.comeBack();
  await robot.sees("● live");
  await robot.sees("newcomer");
  await robot.seesNot(/^.{3}gitea /m);
  await robot.seesNot("Lost for");
  expect(robot.looks("newcomer")[0]?.dim).toBe(false);
  robot.world.change("newcomer", { status: "exited", exitCode: 4 });
  await robot.seesRow("newcomer", /exited \(4\)/);
});

test("an action while the engine is away fails with a sentence and changes nothing on its return", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.engine.goDown();
  await robot.sees("○ lost");
  await robot.press("p");
  await robot.sees("1 failed: edge: There is no Docker socket at");
  await robot.engine.comeBack();
  await robot.sees("● live");
  await robot.seesRow("edge ", /● running/);
  expect(robot.changes()).toEqual([]);
});

test("an engine that hangs leaves all keys alive", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  robot.engine.hang();
  await robot.press("j", "k", "p");
  await robot.seesRow("edge ", /… pausing/);
  await robot.press("i");
  await robot.sees("Asking the engine …");
  await robot.press("esc", "2");
  await robot.sees("Asking the engine …");
  await robot.press("1", "?");
  await robot.sees("Keys here");
  await robot.press("esc");
  robot.engine.resume();
  await robot.sees("Paused edge.");
});

test("an engine that answers nothing at the start is waited for, and can be quit", async () => {
  const robot = await openRobot({ before: (engine) => engine.hang() });
  await robot.sees("◌ connecting");
  await robot.sees("Asking the engine …");
  await robot.press("q");
  expect(robot.host).toEqual(["quit"]);
  robot.engine.resume();
  await robot.sees("● live");
});

test("a socket that is not there is told at the start, with what to do about it", async () => {
  const robot = await openRobot({ socketPath: "/nowhere/docker.sock" });
  await robot.sees("There is no Docker socket at /nowhere/docker.sock.");
  await robot.sees("Is Docker installed and running?");
  await robot.sees(/D {2}try dockui on its built-in demo engine/);
  await robot.press("D", "q");
  expect(robot.host).toEqual(["demo", "quit"]);
});

test("r tries again at once when the engine has come up", async () => {
  const robot = await openRobot({ before: (engine) => engine.goDown() });
  await robot.sees("There is no Docker socket at");
  await robot.engine.comeBack();
  await robot.press("r");
  await robot.sees("● live");
  await robot.sees("edge");
});

test.runIf(process.getuid?.() !== 0)("a socket one may not open is told", async () => {
  const robot = await openRobot({ before: ({ socketPath }) => chmodSync(socketPath, 0) });
  await robot.sees("You may not open the Docker socket");
  await robot.sees("usermod -aG docker");
});

test("a list that fails to load says why, and is loaded again by itself", async () => {
  const robot = await openRobot({
    before: (engine) =>
      engine.answerNext({ path: /^\/containers\/json/ }, { status: 500, message: "disk on fire" }),
  });
  await robot.sees("disk on fire");
  await robot.sees("edge");
});

test("a list that fails to load later keeps its rows, and catches up", async () => {
  const robot = await openContainers();
  robot.engine.answerNext({ path: /^\/containers\/json/ }, { status: 500, message: "disk on fire" });
  robot.world.add({ name: "newcomer", status: "running" });
  await robot.sees("✗ This list may be old: disk on fire");
  await robot.sees("gitea");
  await robot.sees("newcomer");
  await robot.seesNot("may be old");
});

const hostile = "\u001b[2J\u001b]0;PWNED\u0007x\u009b31m\u202edesrever\u0000\u200b\r\n\t";

async function fillsEveryRow(robot: Robot, columns: number): Promise<void> {
  await robot.painted();
  for (const [y, row] of robot.rows().entries()) {
    expect(row, `row ${y}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(width(row), `row ${y}: ${row}`).toBeLessThanOrEqual(columns);
  }
  const held = robot.rows().findIndex((row) => row.startsWith("▌"));
  for (let x = 0; x < columns; x += 1) expect(robot.cell(x, held).inverse, `cell ${x}`).toBe(true);
}

test("hostile names and labels are shown harmlessly, each row exactly as wide as the screen", async () => {
  const robot = await openContainers({
    before({ world }) {
      world.add({ name: `a${hostile}`, status: "running", labels: { [hostile]: hostile } });
      world.add({ name: "a-🚀-デプロイ-部署-👩‍💻-naïve", status: "running" });
      world.add({ name: "a-한국어-e\u0301-🇩🇪-✔️", status: "exited" });
    },
  });
  await robot.sees("デプロイ");
  await robot.sees("한국어");
  await robot.seesNot("PWNED\u0007");
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
    [40, 12],
  ] as const) {
    await robot.resize(columns, rows);
    for (let row = 0; row < 4; row += 1) {
      await fillsEveryRow(robot, columns);
      await robot.press("j");
    }
    await robot.press("g", "d");
    await robot.sees("Remove 1 container");
    await robot.painted();
    for (const row of robot.rows()) expect(row).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    await robot.press("n");
    await robot.seesNot("Remove 1 container");
  }
  expect(robot.rows()[0]).toContain("dockui");
});

test("hostile text in errors and labels of the clean-up plan is harmless, too", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  robot.engine.answerNext({ path: /pause/ }, { status: 500, message: hostile });
  await robot.press("p");
  await robot.sees("1 failed: edge:");
  await robot.press("/", "デプロイ", "enter");
  await robot.until(() => robot.held().includes("i18n-preview"), "the one with that label");
  await fillsEveryRow(robot, 120);
});

test("the emoji and CJK labels and the sixty-four labels are found", async () => {
  const robot = await openContainers();
  await robot.press("/fact-64=value\r");
  await robot.until(() => robot.held().includes("many-labels"), "many-labels");
  await robot.press("/", "ctrl+u", "部署", "enter");
  await robot.until(() => robot.held().includes("i18n-preview"), "i18n-preview");
});

test("a terminal too small says so, hears the keys that quit, and recovers", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.resize(20, 5);
  await robot.sees(/dockui needs/);
  await robot.press("p", "s", "y", "d", "y");
  expect(robot.changes()).toEqual([]);
  await robot.resize(80, 24);
  await robot.sees("NAME↑");
  await robot.until(() => robot.held().includes("edge"), "the cursor where it was");
});

test("a storm of resizes ends in one sound frame", async () => {
  const robot = await openContainers();
  for (let step = 0; step < 30; step += 1)
    await robot.resize(40 + ((step * 37) % 160), 10 + ((step * 13) % 40));
  await robot.resize(100, 30);
  await robot.until(() => robot.rows()[28] === "─".repeat(100), "the rule above the footer");
  expect(robot.rows()).toHaveLength(30);
  expect(robot.rows()[0]).toContain("dockui");
  expect(robot.rows().filter((row) => row.includes("dockui  demo"))).toHaveLength(1);
});

test("keys pressed while the engine restarts are all heard", async () => {
  const robot = await openContainers();
  await robot.engine.goDown();
  await robot.press("jjj");
  await robot.engine.comeBack();
  await robot.press("kk");
  await robot.sees("● live");
  await robot.until(() => robot.held().includes("batch-import"), "the second row");
});

test("a hundred events in a moment are few loads", async () => {
  const robot = await openContainers();
  const before = robot.calls(/^GET \/containers\/json/).length;
  for (let index = 0; index < 50; index += 1) robot.world.add({ name: `burst-${index}`, status: "running" });
  await robot.sees("84");
  expect(robot.calls(/^GET \/containers\/json/).length - before).toBeLessThanOrEqual(4);
});
