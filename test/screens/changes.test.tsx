import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

async function openChanges(name: string, options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo(name);
  await robot.press("D");
  await robot.sees(`Changed files of ${name}`);
  return robot;
}

const tree = (robot: Robot) =>
  robot
    .rows()
    .slice(3, -2)
    .map((row) => row.trimEnd())
    .filter((row) => row !== "");

for (const [columns, rows] of [
  [80, 24],
  [160, 45],
] as const)
  test(`changes are a tree with docker's letters and counts at ${columns}×${rows}`, async () => {
    const robot = await openChanges("shop-db-1", { columns, rows });
    await robot.sees("1 added (A) · 3 changed (C) · 1 removed (D)");
    expect(tree(robot)).toEqual([
      " ▾ C run/  1",
      "   ▾ C postgresql/  1",
      "       A .s.PGSQL.5432",
      " ▾ C tmp/  1",
      "     D stale.pid",
    ]);
    expect(robot.looks("A .s.PGSQL")[0]).not.toEqual(robot.looks("D stale")[0]);
  });

test("folders fold, search finds, paths and diff lines are copied, and nothing is asked twice", async () => {
  const robot = await openChanges("shop-db-1");
  await robot.sees("stale.pid");
  await robot.press("enter");
  await robot.seesNot("postgresql");
  await robot.press("/stale\r");
  await robot.sees(/\/stale 1 +\/tmp\/stale\.pid/);
  await robot.press("Y", "g", "y");
  expect(robot.host).toEqual([
    "copy /tmp/stale.pid",
    "copy C /run\nC /run/postgresql\nA /run/postgresql/.s.PGSQL.5432",
  ]);
  await robot.press("N", "n");
  await robot.press("enter");
  await robot.sees("There is nothing in it.");
  expect(robot.calls(/\/changes/)).toHaveLength(1);
});

test("ctrl+r reads anew, and what was folded stays folded", async () => {
  const robot = await openChanges("shop-db-1");
  await robot.sees("stale.pid");
  await robot.press("enter");
  await robot.seesNot("postgresql");
  const { changes } = robot.world.find("shop-db-1") ?? { changes: [] };
  robot.world.change("shop-db-1", { changes: [...changes, { Path: "/tmp/new", Kind: 1 }] });
  await robot.press("ctrl+r");
  await robot.sees("A new");
  await robot.sees("2 added (A)");
  expect(robot.screen()).not.toContain("postgresql");
});

test("a container as its image has it says so, and one that is gone why", async () => {
  const robot = await openChanges("edge");
  await robot.sees("Nothing changed since it was created.");
  await robot.press("esc");
  await robot.seesNot("Changed files");
  robot.engine.answerNext({ path: /\/changes/ }, { status: 404, message: "No such container: edge" });
  await robot.press("D");
  await robot.sees("No such container: edge");
  await robot.press("ctrl+r");
  await robot.sees("Nothing changed since it was created.");
});

test("keys among ten thousand changes take far less than a hundred times as long as among a hundred", async () => {
  async function open(count: number) {
    const changes = Array.from({ length: count }, (_, index) => ({
      Path: `/srv/${index % (count / 100)}/deep/down/file-${index}`,
      Kind: 1 as const,
    }));
    const robot = await openContainers({ before: ({ world }) => void world.change("edge", { changes }) });
    await robot.goTo("edge");
    await robot.press("D");
    await robot.sees(`${count} added (A)`);
    // What is small opens by itself.
    if (!robot.screen().includes("file-0")) await robot.press("z");
    await robot.sees("file-0");
    return { robot, took: [] as number[] };
  }
  const few = await open(100);
  const many = await open(10_000);
  for (let key = 0; key < 40; key += 1)
    for (const { robot, took } of [few, many]) {
      const began = performance.now();
      await robot.press(key % 2 === 0 ? "pagedown" : "j");
      took.push(performance.now() - began);
    }
  const median = (took: number[]) => took.toSorted((a, b) => a - b)[20] ?? 0;
  expect(median(many.took)).toBeLessThan(25 * median(few.took));
  await many.robot.press("/file-9999\r");
  await many.robot.sees("/srv/99/deep/down/file-9999");
});
