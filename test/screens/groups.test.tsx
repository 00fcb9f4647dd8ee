import { expect, test } from "vitest";
import { openContainers, type Robot } from "./robot.tsx";

const rowsWith = (robot: Robot, wanted: RegExp) => robot.rows().filter((row) => wanted.test(row));

/** The list by project, with the cursor on that heading. */
async function openOn(heading: string, options: Parameters<typeof openContainers>[0] = {}): Promise<Robot> {
  const robot = await openContainers({ rows: 50, ...options });
  await robot.press("b", "g");
  for (let step = 0; step < 60 && !robot.held().includes(`▾ ${heading} `); step++) await robot.press("j");
  expect(robot.held()).toContain(`▾ ${heading} `);
  return robot;
}

test("b puts containers under their projects, and takes the headings away again; the cursor stays", async () => {
  const robot = await openContainers({ rows: 50 });
  await robot.goTo("shop-cache-1");
  await robot.press("b");
  await robot.sees("▾ shop ");
  expect(robot.held()).toContain("shop-cache-1");
  expect(robot.row("▾ shop ")).toMatch(/\d+\/\d+ running/);
  await robot.press("b");
  await robot.seesNot("▾ shop ");
  expect(robot.held()).toContain("shop-cache-1");
});

test("Enter folds and unfolds, ← folds from inside, → unfolds", async () => {
  const robot = await openOn("shop");
  await robot.press("enter");
  await robot.sees("▸ shop ");
  expect(rowsWith(robot, /shop-cache-1/)).toEqual([]);
  await robot.press("enter");
  await robot.sees("shop-cache-1");
  await robot.press("j", "j", "left");
  await robot.press("left");
  await robot.press("left");
  await robot.sees("▸ shop ");
  expect(robot.held()).toContain("▸ shop ");
  await robot.press("right");
  await robot.sees("▾ shop ");
});

test("a key on a heading is asked for all under it, each named; folded ones too", async () => {
  const robot = await openOn("blog");
  await robot.press("enter", "p");
  await robot.sees("Pause 2 containers on demo?");
  await robot.sees(/blog-db-1 +[0-9a-f]{12}/);
  await robot.sees(/blog-wordpress-1 +[0-9a-f]{12}/);
  expect(robot.changes()).toEqual([]);
  await robot.press("y");
  await robot.sees("Paused 2.");
  expect(robot.changes()).toHaveLength(2);
});

test("what is for one container only says so on a heading", async () => {
  const robot = await openOn("blog");
  await robot.press("e");
  await robot.sees("One at a time: choose a container of blog.");
  await robot.press("enter", "i");
  await robot.sees("One at a time: choose a container of blog.");
});

test("l on a heading reads the logs of the whole project as one", async () => {
  const robot = await openOn("blog");
  await robot.press("l");
  await robot.sees("Logs of blog, 2 containers");
  await robot.sees(/^.?blog-db-1 /m);
  await robot.sees(/^.?blog-wordpress-1 /m);
  robot.world.log("blog-db-1", "a line of the database");
  await robot.sees(/blog-db-1 +a line of the database/);
});

test("space on a heading marks all of it; a query shows what it finds, whatever is folded", async () => {
  const robot = await openOn("blog");
  await robot.press("enter", "space");
  await robot.sees("2 marked");
  await robot.press("/wordpress\r");
  await robot.sees("blog-wordpress-1");
  expect(robot.held()).toContain("blog-wordpress-1");
});

test("other lists have no groups, and say so", async () => {
  const robot = await openContainers();
  await robot.press("2");
  await robot.sees("IMAGE");
  await robot.press("b");
  await robot.sees("There are no groups here.");
});

test("compose is greyed with the reason where it is not installed", async () => {
  const robot = await openOn("blog");
  await robot.press(":", "compose up");
  await robot.sees("not now: blog-db-1: docker compose is not installed on this machine.");
});

test("L reads the logs of all that is shown as one, whatever is marked", async () => {
  const robot = await openContainers();
  await robot.goTo("blog-db-1");
  await robot.press("space", "/");
  await robot.type("name:shop");
  await robot.press("enter");
  await robot.sees("shop-cache-1");
  await robot.seesNot("blog-db-1");
  const shown = rowsWith(robot, /shop-/).length;
  await robot.press("L");
  await robot.sees(`Logs of shop, ${shown} containers`);
});

test("L of a list of hundreds says that find narrows it", async () => {
  const before: NonNullable<Parameters<typeof openContainers>[0]>["before"] = ({ world }) => {
    for (let at = 0; at < 100; at += 1) world.add({ name: `many-${at}`, status: "created" });
  };
  const robot = await openContainers({ before });
  await robot.press("L");
  await robot.sees("logs are too many to be read as one, 100 go: find narrows the list.");
});
