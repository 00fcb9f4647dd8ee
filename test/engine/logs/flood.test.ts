import { afterEach, expect, test } from "vitest";
import { stampOf } from "../../../src/hooks/log/places.ts";
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
  readDown,
  readUp,
  textsOf,
} from "./reading.ts";

afterEach(closeFeeds);

describeEngine("a log that is written as fast as it can be", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("of 100,000 lines at once stays bounded and leaves the keys alone", async () => {
    const script = "until [ -e /go ]; do sleep 0.05; done; exec seq 100000";
    await runContainer(sharedEngine(), "flood", { command: ["sh", "-c", script] });
    const feed = await openFeed("flood");
    await until(feed, ({ status }) => status === "following");
    const turns = longestTurn();
    await sharedEngine().docker("exec", "flood", "touch", "/go");
    await until(feed, () => lastOf(feed) === "100000");
    const turnMs = turns.stop();
    const shown = textsOf(feed);
    expect(shown).toEqual(numbers(100_001 - shown.length, 100_000));
    expect(shown.length).toBeLessThanOrEqual(50_000);
    expect(shown.length + feed.buffer.dropped()).toBe(100_000);
    expect(turnMs).toBeLessThan(500);
  });

  test("has older lines again where they went because of the limits", async () => {
    const script = "seq 10; until [ -e /go ]; do sleep 0.05; done; seq 11 8000; exec sleep 100000";
    await runContainer(sharedEngine(), "grows", { command: ["sh", "-c", script] });
    const feed = await openFeed("grows", { lines: 2_000, bytes: 1e9 });
    await until(feed, () => lastOf(feed) === "10");
    await readUp(feed);
    await sharedEngine().docker("exec", "grows", "touch", "/go");
    await until(feed, () => lastOf(feed) === "8000");
    await readUp(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)[0]).toBe("1");
  });

  test("is read from its first line down to its end meanwhile", async () => {
    // Slower than it is read, so that its end can be reached.
    const script =
      "n=1; until [ -e /end ]; do seq $n $((n + 99)); n=$((n + 100)); sleep 0.02; done; exec sleep 100000";
    await runContainer(sharedEngine(), "written", { command: ["sh", "-c", script] });
    const feed = await openFeed("written");
    await until(feed, () => Number(lastOf(feed)) > 3_000);
    await feed.places.seek("start");
    await readDown(feed, () => expectRow(textsOf(feed)));
    await sharedEngine().docker("exec", "written", "touch", "/end");
    const all = await dockerLogs("written");
    await until(feed, () => lastOf(feed) === all.at(-1));
    expect(textsOf(feed)).toEqual(all);
  });

  const endless = "n=1; while :; do seq $n $((n + 999)); n=$((n + 1000)); sleep 0.03; done";

  test("is read up and down meanwhile, faster than what is kept lasts", async () => {
    await runContainer(sharedEngine(), "endless", { command: ["sh", "-c", endless] });
    const feed = await openFeed("endless", { lines: 3_000, bytes: 1e9 });
    await until(feed, () => Number(lastOf(feed)) > 12_000);
    const from = Number(textsOf(feed)[0]);
    for (let page = 0; page < 4; page += 1) {
      await pageUp(feed);
      expectRow(textsOf(feed));
    }
    expect(Number(textsOf(feed)[0])).toBeLessThan(from);
    expect(feed.get().newer).toBe("more");
    for (let page = 1; page <= 4; page += 1) {
      const last = Number(lastOf(feed));
      await pageDown(feed);
      expectRow(textsOf(feed));
      expect(Number(lastOf(feed))).toBeGreaterThan(last);
    }
  });

  test("keeps what one reads in it, and goes on below", async () => {
    await runContainer(sharedEngine(), "endless", { command: ["sh", "-c", endless] });
    const feed = await openFeed("endless", { lines: 3_000, bytes: 1e9 });
    await until(feed, () => Number(lastOf(feed)) > 12_000);
    feed.places.hold(true);
    await until(feed, ({ newer }) => newer === "more");
    const kept = textsOf(feed);
    const rate = feed.rate();
    await until(feed, () => feed.rate() !== rate);
    expect(textsOf(feed)).toEqual(kept);
    await pageDown(feed);
    expectRow(textsOf(feed));
    expect(Number(lastOf(feed))).toBeGreaterThan(Number(kept.at(-1)));
  });

  test("is gone to at a moment near its end meanwhile", async () => {
    await runContainer(sharedEngine(), "endless", { command: ["sh", "-c", endless] });
    const feed = await openFeed("endless", { lines: 3_000, bytes: 1e9 });
    await until(feed, () => Number(lastOf(feed)) > 12_000);
    for (const back of [50, 100, 200, 400]) {
      const at = Date.now() - back;
      await feed.places.seek({ at });
      const [first] = keptLines(feed);
      expect(Date.parse(first?.stamp ?? "")).toBeGreaterThanOrEqual(at);
      expectRow(textsOf(feed));
      await pageUp(feed);
      expectRow(textsOf(feed));
      const before = keptLines(feed).findLast(({ stamp }) => stamp < stampOf(at));
      expect(Number(before?.text)).toBe(Number(first?.text) - 1);
    }
  });
});

/** The most processor time in ms that this process took without looking for keys, until it is stopped. */
function longestTurn() {
  let last = process.cpuUsage();
  let longest = 0;
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
  }, 5);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
