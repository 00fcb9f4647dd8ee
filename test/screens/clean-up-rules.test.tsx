import { expect, test } from "vitest";
import { openPlan, openWhole, small, ticked } from "./plan-robot.ts";
import type { Robot } from "./robot.tsx";

const send = "\u0013"; // ctrl+s
const inSmall = { demo: { only: small }, rows: 60 };

/** Opens the rules and goes to that line of them. */
async function openRules(robot: Robot, line: number): Promise<void> {
  await robot.press("f");
  await robot.sees("What shall be ticked?");
  for (let step = 0; step < line; step += 1) await robot.press("down");
}

const lines = { until: 0, labels: 1, images: 2, volumes: 3, containers: 4, cache: 8 };

test("the rules tick by age as prune's until does, and refuse nonsense", async () => {
  const robot = await openPlan({ rows: 60 });
  await openRules(robot, lines.until);
  await robot.type("soon");
  await robot.sees("✗ A duration such as 24h or 7d, or a date such as 2026-11-20.");
  await robot.press(send);
  await robot.sees("What shall be ticked?");
  await robot.press("ctrl+u");
  await robot.type("24h");
  await robot.press(send);
  await robot.sees(/Clean up: 4 of \d+ ticked, .* kind:container/);
  expect(ticked(robot).toSorted()).toEqual(["old-proxy", "smoke-test", "spare", "stuck-volume"]);
  await openRules(robot, lines.until);
  await robot.sees(/Older than +24h/);
  expect(robot.changes()).toEqual([]);
});

test("the rules tick by label, present or absent, refuse nonsense, and Esc leaves them as they were", async () => {
  const robot = await openPlan({ rows: 60 });
  await openRules(robot, lines.labels);
  await robot.type("=orders");
  await robot.sees("✗ A label such as key, key=value, !key or !key=value.");
  await robot.press(send);
  await robot.sees("What shall be ticked?");
  await robot.press("ctrl+u");
  await robot.type("team=orders");
  await robot.press(send);
  await robot.sees(/Clean up: 2 of \d+ ticked, .* kind:container/);
  expect(ticked(robot).toSorted()).toEqual(["migrate-next", "shop-cron-1"]);
  await openRules(robot, lines.labels);
  await robot.press("ctrl+u");
  await robot.type("!team 'com.docker.compose.project'");
  await robot.press(send);
  await robot.sees(/Clean up: 0 of \d+ ticked, .* kind:container/);
  await openRules(robot, lines.labels);
  await robot.press("ctrl+u");
  await robot.type("!team");
  await robot.press(send);
  await robot.sees(/Clean up: 5 of \d+ ticked, .* kind:container/);
  await openRules(robot, lines.labels);
  await robot.type("-and-more");
  await robot.press("esc");
  await robot.seesNot("What shall be ticked?");
  await robot.sees(/Clean up: 5 of \d+ ticked, .* kind:container/);
  await robot.press("esc", "esc");
  await robot.seesNot("Clean up");
  expect(robot.changes()).toEqual([]);
});

test("with all unused images and all volumes, names are ticked too, but nothing that is in use", async () => {
  const robot = await openWhole(inSmall);
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
  await openRules(robot, lines.images);
  await robot.sees(/Unused images.* dangling/);
  await robot.press("right", send);
  await robot.sees("Clean up: 11 of 21 ticked, 270MB come back");
  await openRules(robot, lines.volumes);
  await robot.sees(/Unused volumes.* anonymous/);
  await robot.press("right", send);
  await robot.sees("Clean up: 13 of 21 ticked, 282MB come back");
  const kept = ["web", "acme/base:1", "front", "back", "bridge", "host", "none"];
  expect(ticked(robot).filter((name) => kept.includes(name))).toEqual([]);
  await openRules(robot, lines.volumes);
  await robot.press("left", "left", send);
  await robot.sees("Clean up: 10 of 21 ticked, 267MB come back");
});

test("a kind that is switched off is not ticked, nor what needs it to go first", async () => {
  const robot = await openWhole(inSmall);
  await openRules(robot, lines.images);
  await robot.press("right", "down", "right");
  await robot.press("down", "space", send);
  await robot.sees("Clean up: 8 of 21 ticked, 242MB come back");
  expect(ticked(robot)).not.toContain("acme/worker:1");
  expect(ticked(robot)).not.toContain("data");
  await openRules(robot, lines.cache);
  await robot.sees(/Containers +\[ \]/);
  await robot.press("space", send);
  await robot.sees("Clean up: 6 of 21 ticked, 178MB come back");
});

test("rules tick anew: what was ticked by hand is forgotten", async () => {
  const robot = await openWhole(inSmall);
  await robot.press("*");
  await robot.sees("Clean up: 14 of 21 ticked");
  await openRules(robot, lines.until);
  await robot.press(send);
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
});

test("at forty by twelve the rules can be filled in", async () => {
  const robot = await openPlan({ ...inSmall, columns: 40, rows: 12 });
  await openRules(robot, lines.until);
  await robot.type("5w");
  await robot.sees(/Older than +5w/);
  await robot.press(send);
  await robot.sees("Clean up: 0 of 4");
});
