import { expect, test } from "vitest";
import { decimalSize } from "../../src/format/size.ts";
import { counted, downTo, layerBytes, listed, openPlan, small, ticked } from "./plan-robot.ts";
import { openContainers, openRobot, type Robot, type RobotOptions, windClock } from "./robot.tsx";

const noon = Date.UTC(2026, 10, 21, 12);
const inSmall = { demo: { only: small } };

/** How often the engine was asked to measure. */
const measured = (robot: Robot) => robot.calls(/^GET \/system\/df/).length;

/** The disk screen, measured once. */
async function openDisk(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers({ columns: 160, ...options });
  await robot.press("5");
  await robot.sees("Sizes were measured");
  await robot.seesRow("Build cache", / [1-9]\S*B /);
  return robot;
}

/** Loads the other lists, and comes back to the containers: their figures are the last thing the plan waits for. */
async function visitLists(robot: Robot): Promise<void> {
  for (const [key, heading] of [
    ["2", "IMAGE↑"],
    ["3", "NETWORK↑"],
    ["4", "VOLUME↑"],
    ["1", "NAME↑"],
  ] as const) {
    await robot.press(key);
    await robot.sees(heading);
    await robot.sees(/^▌ {2}\S/m);
  }
}

test("five kinds stand by size, with what can go, a bar and counts", async () => {
  const robot = await openDisk(inSmall);
  expect(
    robot
      .rows()
      .slice(4, 11)
      .map((row) => row.slice(3).replace(/ +/g, " ").trim()),
  ).toEqual([
    "",
    "KIND SIZE↓ CAN GO █ NEEDED ░ CAN GO COUNT NEEDED NOTE",
    expect.stringMatching(/^Images 250MB 170MB █+░+ 5 2$/),
    expect.stringMatching(/^Build cache 72MB 64MB ░+ 3 1$/),
    expect.stringMatching(/^Volumes 15MB 8MB ░ 3 1$/),
    expect.stringMatching(/^Containers 3MB 3MB \S+ 4 1$/),
    expect.stringMatching(/^Log files \? 4 /),
  ]);
  expect(robot.held()).toContain("Images");
});

test("the sizes are those of the engine: layers counted once, what is written, stored and cached", async () => {
  const robot = await openDisk();
  const { world } = robot;
  const sum = (sizes: Iterable<{ size: number }>) =>
    [...sizes].reduce((all, { size }) => all + Math.max(0, size), 0);
  const containers = [...world.containers.values()].map(({ sizeRw }) => ({ size: sizeRw }));
  const lines: [string, number, number][] = [
    ["Images", layerBytes(world), listed(world).length],
    ["Containers", sum(containers), containers.length],
    ["Volumes", sum(world.volumes.values()), world.volumes.size],
  ];
  for (const [kind, bytes, count] of lines)
    await robot.seesRow(` ${kind} `, new RegExp(` ${kind} +${decimalSize(bytes)} .* ${count} `));
});

test("log files and the data root say why they are not known, at eighty columns too", async () => {
  const robot = await openDisk();
  const why =
    "There is no /var/lib/docker here: the engine is on another machine, or dockui runs in a container.";
  await robot.sees(`Data root /var/lib/docker (overlay2 on extfs): ${why}`);
  await robot.seesRow("Log files", /\? +\d+ +There is no \/var\/lib\/docker here/);
  await robot.resize(80, 24);
  await robot.sees(/Data root \/var\/lib\/docker .*\n.* or dockui runs in a container\.\n/);
});

test("a data root on this machine tells how much of its disk is free", async () => {
  const robot = await openContainers({
    ...{ columns: 80, rows: 24 },
  });
  Object.assign(robot.session.engine, {
    info: async () => ({
      DockerRootDir: "/",
      Driver: "overlay2",
      DriverStatus: [["Backing Filesystem", "xfs"]],
    }),
  });
  await robot.press("5");
  await robot.sees(/Data root \/ \(overlay2 on xfs\): \d\S+B of \d\S+B free/);
});

test("Enter goes into each kind: nothing is ticked, and all stands by size, what cannot go in between", async () => {
  const robot = await openDisk(inSmall);
  for (const [line, kind, names] of [
    [
      "Images",
      "image",
      ["acme/unused:1", "acme/worker:1", "<none> bbbbbbbbbbbb", "<none> aaaaaaaaaaaa", "acme/base:1"],
    ],
    ["Containers", "container", ["worker", "job", "web", "writer"]],
    ["Volumes", "volume", ["data", "kept", "cccc"]],
    ["Build cache", "cache", ["[build 1/2] RUN make", "[build] RUN sleep", "[build 2/2] RUN make check"]],
  ] as const) {
    await downTo(robot, ` ${line} `);
    await robot.press("enter");
    await robot.sees(`Clean up: 0 of ${names.length} ticked, 0B come back  / kind:${kind}`);
    const rows = robot.rows().filter((row) => /^.{3} {2}\S/.test(row));
    expect(rows).toEqual(names.map((name) => expect.stringContaining(`     ${name}`)));
    await robot.press("q");
    await robot.seesNot("Clean up");
  }
  expect(measured(robot)).toBe(1);
  expect(robot.changes()).toEqual([]);
});

test("Enter on the log files opens their list", async () => {
  const robot = await openDisk(inSmall);
  await downTo(robot, " Log files ");
  await robot.press("enter");
  await robot.sees(/Log files: \d without rotation/);
  await robot.press("esc");
  await robot.seesNot("without rotation");
  expect(robot.held()).toContain("Log files");
});

test("from a kind on the disk screen one ticks and removes what one has seen there", async () => {
  const robot = await openDisk(inSmall);
  await downTo(robot, " Volumes ");
  await robot.press("enter");
  await robot.sees("Clean up: 0 of 3 ticked");
  await downTo(robot, " kept ");
  await robot.press("space", "enter");
  await robot.sees("Remove 1 object on demo?");
  await robot.sees("5MB come back. Volumes cannot be brought back.");
  await robot.press("y");
  await robot.sees("Removed 1 of 1, 5MB came back.");
  await robot.press("q", "q");
  await robot.seesRow(" Volumes ", /10MB +3MB/);
});

test("no other screen has the disk measured", async () => {
  const robot = await openContainers();
  await visitLists(robot);
  await robot.goTo("edge");
  for (const [key, seen] of [
    ["l", "Logs edge"],
    ["i", "Inspect edge"],
    ["t", "edge"],
    ["f", "edge"],
    ["?", "Keys here"],
    ["J", "Journal"],
    [":", "Esc leave"],
  ] as const) {
    await robot.press(key);
    await robot.sees(seen);
    await robot.press("esc");
    await robot.sees("NAME↑");
  }
  await robot.press(":log files\r");
  await robot.sees("Log files: ");
  await robot.press("esc", "ctrl+r");
  await robot.goTo("backup-nightly");
  await robot.press("d", "y");
  await robot.sees("Removed backup-nightly.");
  expect(measured(robot)).toBe(0);
  await robot.press("5");
  await robot.sees("Sizes were measured");
  expect(measured(robot)).toBe(1);
});

test("it is measured when its screen is opened, and again when asked", async () => {
  const robot = await openContainers(inSmall);
  robot.engine.hang();
  await robot.press("5");
  await robot.sees(/Measuring for \d+s, x gives up: the engine walks its files …/);
  robot.engine.resume();
  await robot.sees(/Sizes were measured \d+s ago; ctrl\+r measures again\./);
  robot.engine.hang();
  await robot.press("ctrl+r");
  await robot.sees(/Measuring for \d+s, x gives up: .* The sizes are \d+s old\./);
  await robot.seesRow("Images", /250MB/);
  robot.engine.resume();
  await robot.sees("Sizes were measured");
  expect(measured(robot)).toBe(2);
});

test("P opens at once while the engine measures, with ? for sizes, and the sizes come in", async () => {
  const robot = await openContainers({ ...inSmall, columns: 160 });
  await visitLists(robot);
  robot.engine.hang();
  await robot.press("P");
  await robot.sees("Clean up: 3 of 4 ticked, 0B come back, 3 not measured");
  await robot.sees(/Measuring for \d+s, x gives up: the engine walks its files …/);
  await robot.seesRow("Containers ", /\? +3 can go, 1 cannot/);
  await robot.seesRow("worker ", /^ ✓ {3}worker +\? +stopped/);
  expect(ticked(robot)).toHaveLength(3);
  await robot.press("esc");
  await robot.sees("Clean up: 7 of 18 ticked");
  robot.engine.resume();
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
  await robot.seesRow("worker ", /2MB +stopped/);
  await robot.sees("Sizes were measured");
});

test("what was ticked by hand before the sizes came in stays as it was", async () => {
  const robot = await openContainers({ ...inSmall, columns: 160 });
  await visitLists(robot);
  robot.engine.hang();
  await robot.press("P");
  await robot.sees("3 of 4 ticked");
  await downTo(robot, " worker ");
  await robot.press("space");
  await robot.sees("2 of 4 ticked");
  robot.engine.resume();
  await robot.sees("2 of 4 ticked, 1MB come back");
  await robot.press("esc");
  await robot.sees("Clean up: 8 of 21 ticked, 198MB come back");
});

test("the disk screen shows ? while it is measured the first time, and x gives up", async () => {
  const robot = await openContainers({ ...inSmall, demo: { only: small, diskUsageMs: 600_000 } });
  await robot.press("5");
  await robot.sees(/Measuring for \d+s, x gives up/);
  await robot.seesRow("Images", /Images +\? +5 /);
  expect(robot.rows().at(-1)).toContain(" x stop measuring ");
  await robot.press("x");
  await robot.sees("Sizes are not known yet; ctrl+r measures again.");
  await robot.until(() => robot.world.measuring.size === 0, "the engine to stop measuring");
  await robot.press("x");
  await robot.sees("Nothing is being measured.");
  await robot.press("P");
  await robot.sees(/Measuring for \d+s, x gives up/);
  await robot.sees("Clean up: 7 of 18 ticked, 0B come back, 6 not measured");
  await robot.press("x");
  await robot.sees("Sizes are not known yet; ctrl+r measures again.");
  expect(measured(robot)).toBe(2);
});

for (const [status, message] of [
  [500, "no space left on device"],
  [403, "authorization denied by plugin: df is not allowed"],
] as const)
  test(`a measuring that fails with ${status} says so, and the plan works without sizes`, async () => {
    const robot = await openContainers({ ...inSmall, columns: 160 });
    robot.engine.answerNext({ path: /system\/df/ }, { status, message });
    await robot.press("5");
    await robot.sees(`Sizes are not known yet: ${message}`);
    await robot.sees("ctrl+r measures again.");
    robot.engine.answerNext({ path: /system\/df/ }, { status, message });
    await robot.press("1", "P");
    await robot.sees("Clean up: 3 of 4 ticked, 0B come back, 3 not measured");
    await robot.sees(`Sizes are not known yet: ${message}`);
    await robot.press("enter");
    await robot.sees("Remove 3 objects on demo?");
    await robot.sees(/container {2}worker {2}[0-9a-f]{12} {2}\? {2}stopped/);
    await robot.press("y");
    await robot.sees(
      "Clean-up done: 3 of 3 removed. What came back is not known: It was not measured before.",
    );
    expect(counted(robot.world)).toBe(18);
  });

test("a measuring that fails later keeps the last figures", async () => {
  const robot = await openDisk(inSmall);
  robot.engine.answerNext({ path: /system\/df/ }, { status: 500, message: "no space left on device" });
  await robot.press("ctrl+r");
  await robot.sees(/Sizes were measured \d+s ago: no space left on device\. ctrl\+r measures again\./);
  await robot.seesRow("Images", /250MB +170MB/);
  await robot.press("ctrl+r");
  await robot.sees(/Sizes were measured \d+s ago; ctrl\+r measures again\./);
  expect(measured(robot)).toBe(3);
});

test("the header tells how old the figures are; young ones are shown again without measuring, old ones meanwhile", async () => {
  const clock = windClock(noon);
  const robot = await openDisk({ ...inSmall, clock });
  await robot.sees("Sizes were measured 0s ago");
  clock.wind(25_000);
  await robot.sees("Sizes were measured 25s ago");
  await robot.press("1", "P");
  await robot.sees("Clean up: 3 of 4 ticked, 3MB come back");
  await robot.sees("Sizes were measured 25s ago");
  for (const seconds of [30, 35, 40, 45]) {
    clock.wind(5_000);
    await robot.sees(`Sizes were measured ${seconds}s ago`);
  }
  await robot.press("q", "5");
  await robot.seesRow("Images", /250MB/);
  expect(measured(robot)).toBe(1);
  clock.wind(20_000);
  robot.engine.hang();
  await robot.press("1", "P");
  await robot.sees("Clean up: 3 of 4 ticked, 3MB come back");
  await robot.sees("Measuring for 0s, x gives up: the engine walks its files … The sizes are 1m old.");
  robot.engine.resume();
  await robot.sees("Sizes were measured 0s ago");
  expect(measured(robot)).toBe(2);
});

test("what happens on the engine shows at once, what it holds after the next measuring", async () => {
  const robot = await openDisk(inSmall);
  robot.world.change("worker", { status: "running" });
  await robot.seesRow("Containers", /3MB +1MB .* 4 +2$/);
  robot.world.remove("job");
  await robot.seesRow("Containers", / 3 +2$/);
  expect(measured(robot)).toBe(1);
});

test("a thousand images and volumes are measured and planned", async () => {
  const robot = await openPlan({ demo: { images: 1000, volumes: 1000 }, rows: 40, columns: 120 });
  await robot.press("esc");
  await robot.sees(/Clean up: \d+ of 2\d{3} ticked, at most \d\S*B come back/);
  await downTo(robot, "▾ Images");
  await robot.press("space");
  await robot.sees(/Clean up: \d{3,} of 2\d{3} ticked/);
});

test("at forty by twelve every kind has a row, the largest first", async () => {
  const robot = await openRobot({ ...inSmall, columns: 40, rows: 12, tab: 4 });
  await robot.sees(/Images +250MB +170MB +5\n.*Build cache +72MB +64MB +3\n.*Volumes +15MB +8MB +3\n/);
  await robot.sees(/Containers +3MB +3MB +4\n.*Log files +\? +4/);
});

test("with --read-only the disk is measured and looked into", async () => {
  const robot = await openDisk({ ...inSmall, readOnly: true });
  await robot.press("enter");
  await robot.sees("Clean up: 0 of 5 ticked");
  await robot.press("ctrl+r");
  await robot.until(() => measured(robot) === 2, "another measuring");
  expect(robot.changes()).toEqual([]);
});
