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

const total = 1_000_000;

describeEngine("a log of a million lines", () => {
  beforeAll(async () => {
    await runContainer(sharedEngine(), "million", {
      command: ["sh", "-c", `seq ${total}; exec sleep 100000`],
    });
    while ((await dockerLogs("million", "--tail", "1"))[0] !== `${total}`);
  }, 60_000);
  afterEach(closeFeeds);
  afterAll(() => removeAll(sharedEngine()));

  test("begins with its last lines, which are those of docker logs", async () => {
    const feed = await openFeed("million");
    await until(feed, () => lastOf(feed) === `${total}`);
    const texts = textsOf(feed);
    expect(texts).toEqual(await dockerLogs("million", "--tail", String(texts.length)));
    await pageUp(feed);
    expect(textsOf(feed).length).toBeGreaterThan(texts.length);
    expectRow(textsOf(feed));
  });

  test("is read from its true first line on, without a gap", async () => {
    const feed = await openFeed("million");
    await feed.places.seek("start");
    expect([textsOf(feed)[0], feed.get().older, feed.get().newer]).toEqual(["1", "none", "more"]);
    for (let page = 1; page <= 5; page += 1) {
      const last = Number(lastOf(feed));
      await pageDown(feed);
      expect(Number(lastOf(feed))).toBeGreaterThan(last);
    }
    expect(textsOf(feed)).toEqual(numbers(1, Number(lastOf(feed))));
    await feed.places.seek("end");
    await until(feed, ({ newer }) => newer === "live" && lastOf(feed) === `${total}`);
    expectRow(textsOf(feed));
  });

  test("is read from a moment in its middle in both directions, without a gap", async () => {
    const feed = await openFeed("million");
    await until(feed, () => lastOf(feed) === `${total}`);
    const end = Date.parse(keptLines(feed).at(-1)?.stamp ?? "");
    await feed.places.seek("start");
    const at = Math.round((Date.parse(keptLines(feed)[0]?.stamp ?? "") + end) / 2);
    await feed.places.seek({ at });
    const first = Number(textsOf(feed)[0]);
    expect(first).toBeGreaterThan(1_000);
    expect(first).toBeLessThan(total - 1_000);
    for (let page = 1; page <= 2; page += 1) {
      const before = Number(textsOf(feed)[0]);
      await pageUp(feed);
      expect(Number(textsOf(feed)[0])).toBeLessThan(before);
      const last = Number(lastOf(feed));
      await pageDown(feed);
      expect(Number(lastOf(feed))).toBeGreaterThan(last);
      expectRow(textsOf(feed));
    }
    const late = keptLines(feed).filter(({ stamp }) => Date.parse(stamp) >= at);
    expect(late[0]?.text).toBe(`${first}`);
  }, 60_000);
});
