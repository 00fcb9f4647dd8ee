import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

async function openStats(name: string, options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo(name);
  await robot.press("t");
  await robot.sees("Statistics of");
  return robot;
}

const streams = (robot: Robot) => robot.calls(/\/stats\?stream=1/);
const idOf = (robot: Robot, name: string) => robot.world.find(name)?.id ?? "";
const blocks = (row: string) => row.replace(/[^▁▂▃▄▅▆▇█]/g, "").length;
/** How many seconds the graph of the pids knows of, which is one block each at first. */
const known = (robot: Robot) => blocks(robot.rows().findLast((row) => /[▁▂▃▄▅▆▇█]/.test(row)) ?? "");
const isWhole = (robot: Robot, columns: number) => robot.rows().every((row) => row.length <= columns);

for (const [columns, rows] of [
  [80, 24],
  [160, 45],
] as const)
  test(`one container has a whole page with all five kinds at ${columns}×${rows}`, async () => {
    const robot = await openStats("shop-api-1", { columns, rows });
    await robot.sees(/cpu +\d+\.\d\d% +of 200%/);
    await robot.sees("2 of 8 cores");
    await robot.sees(/memory +[\d.]+MiB +of 512MiB/);
    await robot.sees(/cache +[\d.]+MiB/);
    await robot.sees(/eth0 rx +[\d.]+kB\/s +total [\d.]+GB/);
    await robot.sees(/eth0 tx +[\d.]+kB\/s +total [\d.]+/);
    await robot.sees(/read +0B\/s +total 0B/);
    await robot.sees(/written +0B\/s +total 0B/);
    await robot.sees(/pids +\d+/);
    await robot.sees(/peak \d+\.\d\d%/);
    await robot.sees(/ago ─+ now$/m);
    await robot.until(() => known(robot) >= 3, "three seconds of graphs");
    expect(isWhole(robot, columns)).toBe(true);
    expect(streams(robot)).toEqual([`GET /containers/${idOf(robot, "shop-api-1")}/stats?stream=1`]);
  });

test("40×10 has the five figures, and is not broken", async () => {
  const robot = await openStats("shop-api-1", { columns: 40, rows: 10 });
  for (const label of [/^ cpu +\d/m, /^ memory +\d/m, /^ net +\d/m, /^ block +0B/m, /^ pids +\d/m])
    await robot.sees(label);
  expect(isWhole(robot, 40)).toBe(true);
});

test("sampling ends with the view, and what was seen is there again with a gap for the time between", async () => {
  const robot = await openStats("shop-api-1");
  await robot.until(() => known(robot) >= 3, "three seconds of graphs");
  await robot.press("esc");
  await robot.seesNot("Statistics of");
  const { at } = robot.session.histories.of(idOf(robot, "shop-api-1")).get().at(-1) ?? { at: 0 };
  await expect.poll(() => performance.now() - at, { interval: 100 }).toBeGreaterThan(3500);
  await robot.press("t");
  // On a busy machine samples come late, and then there are gaps among the first ones, too.
  await robot.sees(/[▁▂▃▄▅▆▇█] {2,}[▁▂▃▄▅▆▇█]/);
  expect(streams(robot)).toHaveLength(2);
});

test("each time the view is left its stream is closed", async () => {
  const robot = await openStats("shop-api-1");
  await robot.sees(/cpu +\d+\.\d\d%/);
  const open = robot.engine.openConnections();
  for (let time = 0; time < 8; time += 1) {
    await robot.press("esc");
    await robot.seesNot("Statistics of");
    await robot.press("t");
    await robot.sees("Statistics of");
    await robot.until(() => streams(robot).length === time + 2, "another stream");
  }
  // The list has some connections of its own, and not eight.
  await expect.poll(() => robot.engine.openConnections()).toBeLessThan(open + 5);
});

test("marked ones stand side by side; those that do not fit are named, not sampled, and a key away", async () => {
  const robot = await openContainers({
    columns: 80,
    rows: 24,
    query: "label:com.docker.compose.project=shop",
  });
  await robot.press("*", "t");
  await robot.sees(/Statistics of 2 of 7 containers · not shown: /);
  const [left, right] = ["shop-api-1", "shop-cache-1"];
  await robot.sees(new RegExp(`^ ${left} +${right} *$`, "m"));
  await robot.sees(/ cpu +\d+\.\d\d% .* cpu +\d+\.\d\d% /);
  expect(
    streams(robot)
      .map((call) => call.slice(16, 28))
      .sort(),
  ).toEqual([left, right].map((name) => idOf(robot, name).slice(0, 12)).sort());
  await robot.press("right");
  await robot.sees(/^ shop-cron-1 +shop-db-1 *$/m);
  await robot.sees("stopped, goes on when started");
  await robot.press("left");
  await robot.sees(new RegExp(`^ ${left} +${right} *$`, "m"));
  await robot.resize(160, 45);
  await robot.sees("Statistics of 4 of 7 containers");
  expect(isWhole(robot, 160)).toBe(true);
});

test("keys that do nothing here say why; span, scale and hold show that they are on", async () => {
  const robot = await openStats("shop-api-1");
  await robot.press("right");
  await robot.sees("All of them are on the screen.");
  await robot.press("z");
  await robot.sees("up to the peak");
  await robot.sees(/top \d/);
  await robot.press("z");
  await robot.seesNot("up to the peak");
  await robot.until(() => known(robot) >= 2, "some graph");
  await robot.press("space");
  await robot.sees("held still: space follows");
  const before = robot.rows().slice(3, -2);
  const { length } = robot.session.histories.of(idOf(robot, "shop-api-1")).get();
  const samples = () => robot.session.histories.of(idOf(robot, "shop-api-1")).get().length;
  await expect.poll(samples).toBeGreaterThan(length + 1);
  await robot.painted();
  expect(robot.rows().slice(3, -2)).toEqual(before);
  await robot.press("space");
  await robot.seesNot("held still");
  await robot.press("m");
  await robot.sees(/1m .*ago ─/);
  await robot.press("d");
  await robot.sees("Remove 1 container on demo?");
  await robot.press("n", "l");
  await robot.sees("Logs shop-api-1");
  await robot.press("esc", "esc");
  await robot.seesNot("Statistics of");
  expect(robot.changes()).toEqual([]);
});

test("a container that stops says so and goes on when it is started; one that is removed says so", async () => {
  const robot = await openStats("shop-api-1");
  await robot.sees(/cpu +\d+\.\d\d%/);
  robot.world.change("shop-api-1", { status: "exited" });
  await robot.sees("Statistics of shop-api-1 · stopped, goes on when started");
  await robot.sees(/cpu +– /);
  robot.world.change("shop-api-1", { status: "running" });
  await robot.seesNot("stopped, goes on");
  await robot.sees(/cpu +\d+\.\d\d%/);
  expect(streams(robot)).toHaveLength(1);
  robot.world.remove("shop-api-1");
  await robot.sees("Statistics of shop-api-1 · it was removed");
  await robot.sees(/memory +– /);
});

test("without an engine the graphs stay, and go on when it is back", async () => {
  const robot = await openStats("shop-api-1");
  await robot.until(() => known(robot) >= 2, "some graph");
  await robot.engine.goDown();
  await robot.sees("the connection is lost");
  await robot.sees(/cpu +– /);
  expect(known(robot)).toBeGreaterThanOrEqual(2);
  await robot.engine.comeBack();
  await robot.seesNot("the connection is lost");
  await robot.sees(/cpu +\d+\.\d\d%/);
});

test("what cannot be sampled tells why, and is tried again", async () => {
  const robot = await openContainers({ query: "name:shop-api-1" });
  // The list has its two samples, and asks for the next one in some seconds only.
  await robot.until(() => robot.calls(/one-shot/).length >= 2, "the samples of the list");
  robot.engine.answerNext({ path: /\/stats/ }, { status: 500, message: "cgroup is broken" });
  await robot.press("t");
  await robot.sees("no samples: cgroup is broken");
  await robot.sees(/cpu +\d+\.\d\d%/);
});
