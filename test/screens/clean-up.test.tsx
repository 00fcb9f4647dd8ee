import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

const stopped = [
  ...["backup-nightly", "migrate-next", "old-proxy", "shop-cron-1"],
  ...["smoke-test", "spare", "stuck-volume"],
];

async function openPlan(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.press("P");
  await robot.sees(/Clean up.*: \d+ of \d+ ticked/);
  return robot;
}

/** The names in the plan; those that are ticked. */
const ticked = (robot: Robot) =>
  robot
    .rows()
    .filter((row) => /^.✓ /.test(row))
    .map((row) => row.slice(3).split(" ")[0] ?? "");

const deletes = (robot: Robot, names: readonly string[]) => {
  const ids = new Map(robot.session.sources.containers.get().items.map(({ name, id }) => [name, id]));
  return names.map((name) => `DELETE /containers/${ids.get(name)}?force=false&v=false`).sort();
};

test("the plan lists exactly what is stopped, dead or was never started, all ticked, with the sum", async () => {
  const robot = await openPlan();
  expect(ticked(robot)).toEqual(stopped);
  await robot.seesRow("stuck-volume", /dead \(137\)|dead/);
  await robot.seesRow("migrate-next", /never started/);
  await robot.seesRow("shop-cron-1", /exited \(137\)/);
  const bytes = [...robot.world.containers.values()]
    .filter(({ name }) => stopped.includes(name))
    .reduce((sum, { sizeRw }) => sum + sizeRw, 0);
  expect(bytes).toBeGreaterThan(1e6);
  await robot.sees(`Clean up: 7 of 7 ticked, ${(bytes / 1e6).toPrecision(3)}MB come back`);
});

test("Enter asks for exactly the ticked ones, and y removes them one by one without force", async () => {
  const robot = await openPlan();
  await robot.press("j", "space");
  await robot.sees("6 of 7 ticked");
  const chosen = stopped.filter((name) => name !== "migrate-next");
  const expected = deletes(robot, chosen);
  await robot.press("enter");
  await robot.sees("Remove 6 containers on demo?");
  for (const name of chosen) await robot.sees(new RegExp(`^ {3}${name}  [0-9a-f]{12}  `, "m"));
  await robot.sees("come back. What was started meanwhile is left alone.");
  expect(robot.changes()).toEqual([]);
  await robot.press("enter", "space");
  expect(robot.changes()).toEqual([]);
  await robot.press("y");
  await robot.sees(/Removed 6, .*B freed\./);
  expect(robot.changes().sort()).toEqual(expected);
  expect(robot.world.find("migrate-next")).toBeDefined();
  for (const name of chosen) expect(robot.world.find(name)).toBeUndefined();
  await robot.sees("0 of 1 ticked");
});

test("Esc, n and q remove nothing", async () => {
  const robot = await openPlan();
  await robot.press("enter");
  await robot.sees("Remove 7 containers");
  await robot.press("n");
  await robot.seesNot("Remove 7 containers");
  await robot.press("enter");
  await robot.sees("Remove 7 containers");
  await robot.press("esc");
  await robot.seesNot("Remove 7 containers");
  await robot.press("esc");
  await robot.seesNot("Clean up:");
  await robot.press("P");
  await robot.sees("Clean up:");
  await robot.press("q");
  await robot.seesNot("Clean up:");
  expect(robot.changes()).toEqual([]);
  expect(robot.host).toEqual([]);
});

test("Enter and y typed in one read remove nothing", async () => {
  const robot = await openPlan();
  await robot.press("\ry");
  await robot.sees("Remove 7 containers");
  expect(robot.changes()).toEqual([]);
});

test("one that is started before the answer is left alone and named", async () => {
  const robot = await openPlan();
  await robot.press("enter");
  await robot.sees("Remove 7 containers");
  const expected = deletes(
    robot,
    stopped.filter((name) => name !== "old-proxy"),
  );
  robot.world.change("old-proxy", { status: "running" });
  await robot.seesNot(/^.✓ old-proxy/m);
  await robot.press("y");
  await robot.sees(/Removed 6, .* freed; 1 failed: old-proxy: /);
  expect(robot.changes().sort()).toEqual(expected);
  expect(robot.world.find("old-proxy")?.status).toBe("running");
});

test("one that is started at the last moment is kept by the engine, since nothing is forced", async () => {
  const robot = await openPlan();
  robot.engine.answerNext(
    { method: "GET", path: /containers\/json/ },
    { status: 200, message: "", delayMs: 1500 },
  );
  await robot.press("enter");
  await robot.sees("Remove 7 containers");
  robot.world.change("old-proxy", { status: "running" });
  await robot.press("y");
  await robot.sees(/Removed 6, .* freed; 1 failed: old-proxy: .*running/);
  expect(robot.world.find("old-proxy")?.status).toBe("running");
});

test("a container that stops while the plan is open appears in it unticked", async () => {
  const robot = await openPlan();
  robot.world.change("edge", { status: "exited" });
  await robot.sees("7 of 8 ticked");
  expect(ticked(robot)).not.toContain("edge");
});

test("what was unticked stays so after help and the journal were looked at", async () => {
  const robot = await openPlan();
  await robot.press("space");
  await robot.sees("6 of 7 ticked");
  await robot.press("?");
  await robot.sees("Keys here");
  await robot.press("esc");
  await robot.sees("6 of 7 ticked");
  await robot.press("J");
  await robot.sees("Journal");
  await robot.press("q");
  await robot.sees("6 of 7 ticked");
  await robot.resize(20, 5);
  await robot.sees("dockui needs");
  await robot.resize(120, 40);
  await robot.sees("6 of 7 ticked");
  expect(ticked(robot)).not.toContain("backup-nightly");
});

test("with nothing ticked Enter says so", async () => {
  const robot = await openPlan();
  await robot.press("*");
  await robot.sees("0 of 7 ticked, 0B come back");
  await robot.press("enter");
  await robot.sees("Nothing is ticked: space ticks a row.");
});

test("a query narrows what goes, its letters are no keys, and Esc clears it first", async () => {
  const robot = await openPlan();
  await robot.press("/");
  await robot.type("sq");
  await robot.press("backspace");
  await robot.type("pare");
  await robot.sees("1 of 1 ticked");
  await robot.sees("/ spare");
  await robot.press("enter", "enter");
  await robot.sees("Remove 1 container on demo?");
  await robot.press("n");
  await robot.press("esc");
  await robot.sees("7 of 7 ticked");
  await robot.paste("dy");
  expect(robot.changes()).toEqual([]);
});

test("the rules narrow by age as prune's until does, and refuse nonsense", async () => {
  const robot = await openPlan();
  await robot.press("f");
  await robot.sees("Which containers belong into the plan?");
  await robot.type("soon");
  await robot.sees("✗ A duration such as 24h or 7d");
  await robot.press("enter", "enter");
  await robot.sees("Which containers belong into the plan?");
  await robot.press("ctrl+u");
  await robot.type("24h");
  await robot.press("enter", "enter");
  await robot.sees("Clean up (created before 24h): 4 of 4 ticked");
  expect(ticked(robot)).toEqual(["old-proxy", "smoke-test", "spare", "stuck-volume"]);
});

test("the rules narrow by label, present or absent, and Esc leaves them as they were", async () => {
  const robot = await openPlan();
  await robot.press("f", "tab");
  await robot.type("team=orders");
  await robot.press("enter");
  await robot.sees("Clean up (label team=orders): 2 of 2 ticked");
  expect(ticked(robot)).toEqual(["migrate-next", "shop-cron-1"]);
  await robot.press("f", "tab", "ctrl+u");
  await robot.type("!team");
  await robot.press("enter");
  await robot.sees("Clean up (label !team): 5 of 5 ticked");
  await robot.press("f", "esc");
  await robot.sees("Clean up (label !team): 5 of 5 ticked");
  await robot.press("esc");
  await robot.seesNot("Clean up (");
  expect(robot.changes()).toEqual([]);
});

test("an engine where nothing is stopped has nothing to clean up", async () => {
  const robot = await openContainers({ demo: { containers: 5 } });
  await robot.press("P");
  await robot.sees("Nothing to clean up: no container is stopped, dead or never started.");
  await robot.press("enter");
  expect(robot.session.overlays.get()).toHaveLength(1);
});
