import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  closeFeeds,
  dockerLogs,
  expectRow,
  keptLines,
  lastOf,
  numbers,
  openFeed,
  pageDown,
  pageUp,
  textsOf,
} from "./reading.ts";

afterEach(closeFeeds);

const total = 1_000_000;

describeEngine("a log of a million lines", () => {
  beforeAll(async () => {
    await runContainer(sharedEngine(), "million", {
      command: ["sh", "-c", `seq ${total}; exec sleep 100000`],
    });
    while ((await dockerLogs("million", "--tail", "1"))[0] !== `${total}`);
  });
  afterAll(() => removeAll(sharedEngine()));

  test("begins with its last lines, and is read up from there", async () => {
    const feed = await openFeed("million");
    await until(feed, () => lastOf(feed) === `${total}`);
    expect(textsOf(feed)).toEqual(numbers(total - 499, total));
    for (let page = 0; page < 20; page += 1) await pageUp(feed);
    expect(textsOf(feed)).toEqual(numbers(total - 20_499, total));
  });

  test("is gone to at its first line, and read down from there", async () => {
    const feed = await openFeed("million");
    await feed.places.seek("start");
    for (let page = 0; page < 20; page += 1) await pageDown(feed);
    expect([textsOf(feed)[0], feed.get().older]).toEqual(["1", "none"]);
    expectRow(textsOf(feed));
    expect(textsOf(feed).length).toBeGreaterThan(20_000);
  });

  test("is gone to at a moment in its midst, and read on in both directions", async () => {
    const feed = await openFeed("million");
    await feed.places.seek("start");
    const first = Date.parse(keptLines(feed)[0]?.stamp ?? "");
    await feed.places.seek("end");
    await until(feed, () => lastOf(feed) === `${total}`);
    const last = Date.parse(keptLines(feed).at(-1)?.stamp ?? "");
    const at = Math.round((first + last) / 2);
    await feed.places.seek({ at });
    const [line] = keptLines(feed);
    expect(Date.parse(line?.stamp ?? "")).toBeGreaterThanOrEqual(at);
    const from = Number(line?.text);
    for (let page = 0; page < 3; page += 1) await pageUp(feed);
    for (let page = 0; page < 3; page += 1) await pageDown(feed);
    expectRow(textsOf(feed));
    expect(Number(textsOf(feed)[0])).toBe(from - 3_000);
    expect(Number(lastOf(feed))).toBeGreaterThan(from + 3_000);
    const before = keptLines(feed).findLast(({ text }) => Number(text) === from - 1);
    expect(Date.parse(before?.stamp ?? "")).toBeLessThan(at);
  });
});
