import { expect, test } from "vitest";
import { counted, downTo, openPlan, openWhole, removal, removals, small, ticked } from "./plan-robot.ts";
import type { Robot, RobotOptions } from "./robot.tsx";

const send = "\u0013"; // ctrl+s
const inSmall = { demo: { only: small } };

/** The plan of the small world's containers, asked for: worker, job and writer go. */
async function openQuestion(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openPlan({ ...inSmall, rows: 40, ...options });
  await robot.sees("3 of 4 ticked");
  await robot.press("enter");
  await robot.sees("Remove 3 objects on demo?");
  return robot;
}

/** The row of an object in the run, once it says that. */
const outcome = (robot: Robot, name: string, said: RegExp) => robot.seesRow(` ${name}`, said);

test("the question names every object, what comes back and what never does, and the docker commands", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  await robot.press("enter");
  await robot.sees("Remove 9 objects on demo?");
  const objects = [
    /container {2}worker {2}[0-9a-f]{12} {2}2MB {2}stopped \(0\) \d+s ago$/m,
    /container {2}job {2}[0-9a-f]{12} {2}1MB {2}stopped \(0\) \d+s ago$/m,
    /container {2}writer {2}[0-9a-f]{12} {2}0B {2}stopped \(0\) \d+s ago$/m,
    /image {2}<none> a{12} {2}10MB {2}dangling$/m,
    /image {2}<none> b{12} {2}20MB {2}dangling$/m,
    /network {2}spare_net {2}[0-9a-f]{12} {2}no container uses it$/m,
    /volume {2}c+…c+ {2}3MB {2}anonymous volume, unused$/m,
    /cache {2}\[build 1\/2\] RUN make {2}stage1 {2}60MB {2}build cache, not used for \d+s$/m,
    /cache {2}\[build 2\/2\] RUN make check {2}stage2 {2}4MB {2}build cache, not used for \d+s$/m,
  ];
  for (const object of objects) expect(robot.screen()).toMatch(object);
  await robot.sees(
    "200MB come back. Containers can be created again (J, then U), but what was written inside",
  );
  await robot.sees(/inside\s+them is lost\. The rest cannot be brought back\./);
  await robot.sees("$ docker rm worker job writer && docker rmi bbbbbbbbbbbb aaaaaaaaaaaa && ");
  expect(robot.changes()).toEqual([]);
});

test("without containers the question names the kinds that cannot be brought back, and what would not start again", async () => {
  const robot = await openWhole(inSmall);
  await robot.press("f", "down", "down", "down", "down");
  await robot.press("space", send);
  await robot.sees("Clean up: 6 of 21 ticked");
  await downTo(robot, " back ");
  await robot.press("space", "enter");
  await robot.sees("Remove 7 objects on demo?");
  await robot.sees("job could not be started again.");
  await robot.sees("Images, networks, volumes and build cache cannot be brought back.");
});

test("at eighty by twenty-four and forty by twelve the objects that do not fit are scrolled to", async () => {
  for (const [columns, rows] of [
    [80, 24],
    [40, 12],
  ] as const) {
    const robot = await openPlan({ ...inSmall, columns, rows });
    await robot.press("esc");
    await robot.sees("Clean up: 9 of 21");
    await robot.press("enter");
    await robot.sees("Remove 9 objects on demo?");
    await robot.sees(" y remove 9 objects");
    if (rows < 20) await robot.sees(/container {2}worker {2}.*… {2}\+8$/m);
    for (let step = 0; step < 9; step += 1) await robot.press("down");
    await robot.sees("[build 2/2] RUN make");
    await robot.close();
  }
});

test("Enter and space are no answer; y removes exactly the ticked ones, by id, without force, in an order that works", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  const { world } = robot;
  const containers = ["worker", "job", "writer"].map((name) => removal(robot, name));
  const before = counted(world);
  await robot.press("enter");
  await robot.sees("Remove 9 objects on demo?");
  await robot.press("enter", "space");
  expect(robot.changes()).toEqual([]);
  await robot.press("y");
  await robot.sees("Removed 9 of 9, 200MB came back.");
  const done = removals(robot);
  expect(done.slice(0, 3).toSorted()).toEqual(containers.toSorted());
  expect(done.slice(3, 5).toSorted()).toEqual(
    ["a", "b"].map((digit) => expect.stringMatching(`^DELETE /images/sha256:${digit}{64}`)),
  );
  expect(done.slice(5, 7)).toEqual([
    expect.stringMatching(/^DELETE \/networks\/[0-9a-f]{64}\??$/),
    expect.stringMatching(/^DELETE \/volumes\/c{64}/),
  ]);
  expect(done.slice(7).map((line) => /stage\d/.exec(line)?.[0])).toEqual(["stage2", "stage1"]);
  expect(done.filter((line) => /force=(true|1)/.test(line))).toEqual([]);
  expect(robot.changes()).toHaveLength(9);
  expect(counted(world)).toBe(before - 9);
  await robot.press("esc");
  await robot.sees("Clean up: 0 of 12 ticked");
});

test("a summary by kind tells what was promised and what came back, by a new measuring", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  const measured = () => robot.calls(/system\/df/).length;
  const before = measured();
  await robot.press("enter");
  await robot.sees("Remove 9 objects");
  await robot.press("y");
  await robot.sees("Clean-up done: 9 of 9 removed, 200MB came back (promised: 200MB)");
  expect(measured()).toBe(before + 1);
  const cells = robot
    .rows()
    .filter((row) => row.startsWith("│"))
    .map((row) =>
      row
        .split("│")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  expect(cells).toEqual([
    ["Kind", "Ticked", "Removed", "Skipped", "Failed", "Promised", "Came back"],
    ["Containers", "3", "3", "0", "0", "3MB", "3MB"],
    ["Images", "2", "2", "0", "0", "130MB", "130MB"],
    ["Networks", "1", "1", "0", "0", "0B", "0B"],
    ["Volumes", "1", "1", "0", "0", "3MB", "3MB"],
    ["Build cache", "2", "2", "0", "0", "64MB", "64MB"],
    ["All", "9", "9", "0", "0", "200MB", "200MB"],
  ]);
  await outcome(robot, "worker", /removed +container +worker +2MB/);
  await outcome(robot, "spare_net", /removed +network +spare_net/);
});

test("Esc, n and q remove nothing", async () => {
  const robot = await openQuestion();
  await robot.press("n");
  await robot.seesNot("Remove 3 objects");
  await robot.press("enter");
  await robot.sees("Remove 3 objects");
  await robot.press("esc");
  await robot.seesNot("Remove 3 objects");
  await robot.sees("3 of 4 ticked");
  await robot.press("esc", "esc");
  await robot.seesNot("Clean up");
  await robot.press("P");
  await robot.sees("3 of 4 ticked");
  await robot.press("q");
  await robot.seesNot("Clean up");
  expect(robot.changes()).toEqual([]);
  expect(robot.host).toEqual([]);
});

test("Enter and y typed in one read remove nothing", async () => {
  const robot = await openPlan(inSmall);
  await robot.sees("3 of 4 ticked");
  await robot.press("\ry");
  await robot.sees("Remove 3 objects");
  expect(robot.changes()).toEqual([]);
});

test("one that is started before the answer is skipped and named", async () => {
  const robot = await openQuestion();
  const expected = ["job", "writer"].map((name) => removal(robot, name)).toSorted();
  robot.world.change("worker", { status: "running" });
  await robot.sees("2 running");
  await robot.press("y");
  await robot.sees("Removed 2 of 3, 1MB came back, 1 skipped.");
  await outcome(robot, "worker", /skipped .*It was started meanwhile\./);
  expect(robot.rows().find((row) => row.startsWith("▌"))).toContain("worker");
  expect(removals(robot).toSorted()).toEqual(expected);
  expect(robot.world.find("worker")?.status).toBe("running");
});

test("one that is started at the last moment is kept by the engine, since nothing is forced", async () => {
  const robot = await openQuestion();
  const last = removal(robot, "worker");
  const [path = ""] = last.replace("DELETE ", "").split("?");
  robot.engine.answerNext(
    { method: "DELETE", path: new RegExp(path) },
    { status: 200, message: "", delayMs: 1500 },
  );
  await robot.press("y");
  await robot.until(() => removals(robot).includes(last), "the removal to be asked for");
  robot.world.change("worker", { status: "running" });
  await robot.sees("Removed 2 of 3, 1MB came back, 1 skipped.");
  await outcome(robot, "worker", /skipped .*It is in use now: .*container is running/);
  expect(robot.world.find("worker")?.status).toBe("running");
});

test("what came in use, was tagged, was replaced or went meanwhile is skipped, each with its reason", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  const { world } = robot;
  await robot.press("enter");
  await robot.sees("Remove 9 objects");
  const [a, b, c] = ["a", "b", "c"].map((digit) => digit.repeat(64)) as [string, string, string];
  const image = world.images.get(`sha256:${b}`);
  if (image) world.images.set(image.id, { ...image, tags: ["acme/wanted:1"] });
  world.remove("job");
  world.add({
    ...{ name: "newcomer", image: `sha256:${a}`, imageId: `sha256:${a}`, networks: ["spare_net"] },
    mounts: [{ type: "volume", name: c, source: "/x", destination: "/data", writable: true }],
  });
  await robot.press("y");
  await robot.sees(/Removed 4 of 9, 66MB came back, 5 skipped\./);
  await outcome(robot, "job", /skipped +container .*It was gone already\./);
  await outcome(robot, "<none> aaaaaaaaaaaa", /skipped +image .*It is in use now/);
  await outcome(robot, "<none> bbbbbbbbbbbb", /skipped +image .*It was called acme\/wanted:1 meanwhile\./);
  await outcome(robot, "spare_net", /skipped +network .*newcomer uses it now\./);
  await robot.seesRow("cccccc", /skipped +volume .*It is in use now/);
  for (const id of [a, b]) expect(world.images.has(`sha256:${id}`)).toBe(true);
  expect(world.volumes.has(c)).toBe(true);
  expect(world.find("newcomer")).toBeDefined();
});

test("one that the engine cannot remove is told with its reason, and the rest goes on", async () => {
  const robot = await openQuestion();
  robot.engine.answerNext(
    { method: "DELETE", path: /containers/ },
    { status: 500, message: "device is busy" },
  );
  await robot.press("y");
  await robot.sees(/✗ Removed 2 of 3, .* came back, 1 failed\./);
  await robot.sees(/failed +container .*device is busy/);
  await robot.sees(/│ Containers │ 3 +│ 2 +│ 0 +│ 1 +│/);
  await robot.press("J");
  await robot.sees(/✗ +docker rm \w+ +device is busy/);
});

test("it tells how far it is, and x stops it between two objects: what was begun is finished, the rest stays", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  await robot.press("enter");
  await robot.sees("Remove 9 objects");
  robot.engine.hang();
  await robot.press("y");
  await robot.sees("Clean-up: 0 of 9 … x stops between two objects");
  await outcome(robot, "worker", /removing +container/);
  await outcome(robot, "spare_net", /waiting +network/);
  expect(robot.rows().at(-1)).toContain(" x stop ");
  await robot.press("x");
  await robot.sees("Clean-up: 0 of 9, stopping …");
  robot.engine.resume();
  await robot.sees("Clean-up stopped: 3 of 9 removed, 3MB came back");
  await outcome(robot, "worker", /removed +container/);
  await outcome(robot, "spare_net", /left +network .*You stopped before it\./);
  await robot.sees("6 left when you stopped");
  expect(removals(robot)).toHaveLength(3);
});

test("it goes on when its view is left, is found again in the palette, and quitting asks", async () => {
  const robot = await openQuestion();
  robot.engine.hang();
  await robot.press("y");
  await robot.sees("Clean-up: 0 of 3");
  await robot.press("esc");
  await robot.sees("Clean up: 3 of 4 ticked, 3MB come back  / kind:container");
  await robot.press("q");
  await robot.seesNot("Clean up");
  await robot.press("q");
  await robot.sees("Quit while this is going on?");
  await robot.sees("clean-up of 3 objects");
  await robot.press("n");
  await robot.press(":last clean-up\r");
  await robot.sees("Clean-up: 0 of 3");
  await robot.press("q");
  await robot.seesNot("Clean-up: 0 of 3");
  robot.engine.resume();
  await robot.sees("Removed 3 of 3, 3MB came back.");
  await robot.press(":last clean-up\r");
  await robot.sees("Clean-up done: 3 of 3 removed, 3MB came back (promised: 3MB)");
  await robot.press("q", "q");
  expect(robot.host).toEqual(["quit"]);
});

test("before anything was cleaned up the palette says that there is nothing to show", async () => {
  const robot = await openPlan(inSmall);
  await robot.press(":last clean-up\r");
  await robot.sees("Nothing was cleaned up yet.");
});

test("J, then U creates a removed container again", async () => {
  const robot = await openQuestion();
  const { labels, image } = robot.world.find("worker") ?? {};
  await robot.press("y");
  await robot.sees("Removed 3 of 3");
  await robot.press("J");
  await robot.sees("Journal: 3");
  await robot.press("/worker\r");
  await robot.sees("Journal: 1 of 3");
  await robot.seesRow("docker rm worker", /✓ +U +docker rm worker/);
  await robot.press("U");
  await robot.sees("worker is created again from its settings, not started.");
  await robot.press("y");
  await robot.sees("Undone docker rm worker. worker is there again, not started.");
  expect(robot.world.find("worker")).toMatchObject({ status: "created", labels, image });
});

test("what cannot be brought back says so in the journal", async () => {
  const robot = await openWhole({ ...inSmall, rows: 60 });
  await robot.press("enter");
  await robot.sees("Remove 9 objects");
  await robot.press("y");
  await robot.sees("Removed 9 of 9");
  await robot.press("J");
  await robot.sees("Journal: 9");
  await robot.press("/volume\r", "U");
  await robot.sees(/docker volume rm c+: what was removed is gone/);
});

test("a connection that breaks in the middle is waited for, and the rest goes on", async () => {
  const robot = await openQuestion();
  await robot.engine.goDown();
  await robot.press("y");
  await robot.sees("The engine does not answer; it goes on when that is back … x stops");
  await robot.engine.comeBack();
  await robot.sees("Clean-up done: 3 of 3 removed");
  expect(ticked(robot)).toEqual([]);
  expect(robot.world.find("worker")).toBeUndefined();
});

test("with a measuring that fails afterwards, what came back is said to be unknown", async () => {
  const robot = await openQuestion();
  robot.engine.answerNext({ path: /system\/df/ }, { status: 500, message: "no space left on device" });
  await robot.press("y");
  await robot.sees("Clean-up done: 3 of 3 removed. What came back is not known: no space left on device");
  await robot.sees("✓ Removed 3 of 3.");
});
