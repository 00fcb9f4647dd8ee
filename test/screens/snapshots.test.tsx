import { expect, test } from "vitest";
import { openContainers, type Robot, windClock } from "./robot.tsx";

const noon = Date.UTC(2026, 10, 21, 12);

/** Waits for all that is known of the rows on the screen: inspected, and sampled twice one second apart. */
async function fullyKnown(robot: Robot, clock: ReturnType<typeof windClock>): Promise<void> {
  const rows = () =>
    robot
      .rows()
      .slice(3, -2)
      .filter((row) => row.trim() !== "");
  const running = () => rows().filter((row) => row.includes("● ")).length;
  const { watcher } = robot.session;
  await expect.poll(() => watcher.get().details.size).toBe(rows().length);
  await expect.poll(() => watcher.get().loads.size).toBe(running());
  clock.wind(1000);
  const loads = () => [...watcher.get().loads.values()].filter(({ cpu }) => cpu !== undefined).length;
  await expect.poll(loads).toBe(running());
  await robot.painted();
}

for (const [columns, rows] of [
  [80, 24],
  [120, 40],
  [40, 12],
] as const) {
  test(`list, find, dialog, plan, log, help and disk look as they should at ${columns}×${rows}`, async () => {
    const clock = windClock(noon);
    const robot = await openContainers({ columns, rows, clock });
    const looksLike = (name: string) => expect(`\n${robot.screen()}\n`).toMatchSnapshot(name);
    await robot.sees("engine 26.1");
    await fullyKnown(robot, clock);
    looksLike("list");
    await robot.press("d");
    await robot.sees("y remove 1 container");
    looksLike("dialog");
    await robot.press("n");
    await robot.seesNot("y remove 1 container");
    await robot.press("P");
    await robot.sees(/Clean up: 7 of \d+/);
    await robot.sees("Sizes were measured");
    await robot.sees("Enter remove");
    await robot.press("j");
    await robot.until(() => robot.held().includes("smoke-test"), "smoke-test");
    looksLike("plan");
    await robot.press("enter");
    await robot.sees("y remove 7 objects");
    looksLike("plan's question");
    await robot.press("n", "q");
    await robot.seesNot("Clean up");
    await robot.press("?");
    await robot.sees("Keys here");
    looksLike("help");
    await robot.press("esc", "/");
    await robot.type("shop-db");
    await robot.until(() => robot.held().includes("shop-db-1"), "shop-db-1");
    await robot.press("enter", "l");
    await robot.sees("LOG:");
    looksLike("log");
    await robot.press("esc", "5");
    await robot.sees(/Images +\d\S*B/);
    await robot.goTo("Images");
    await robot.sees("Enter open");
    looksLike("disk");
    await robot.press("enter");
    await robot.sees(/Clean up: 0 of \d+/);
    looksLike("images by size");
  });
}
