import { afterEach, beforeEach, expect, test } from "vitest";
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
  pageUp,
  readDown,
  readUp,
  textsOf,
  write,
  writeLog,
} from "./reading.ts";

afterEach(closeFeeds);

const total = 30_000;
const began = Date.parse("2026-11-20T10:00:00Z");

function* handmade(): Generator<[string, number]> {
  let at = began;
  for (let number = 1; number <= total; number += 1) {
    if (number % (1 + (Math.floor(number / 1_000) % 9)) === 0) at += 20;
    yield [`${number}`, at];
  }
}

describeEngine("a log of 30,000 lines, many of one moment", () => {
  beforeEach(async () => {
    await runContainer(sharedEngine(), "long");
    await writeLog("long", handmade());
  });
  afterEach(() => removeAll(sharedEngine()));

  test.each([1_200, 2_500, 9_999])(
    "is read up to its first line and down again while %d lines are kept",
    async (lines) => {
      const feed = await openFeed("long", { lines, bytes: 1e9 });
      await until(feed, () => lastOf(feed) === `${total}`);
      const check = () => expectRow(textsOf(feed));
      await readUp(feed, check);
      expect(textsOf(feed)).toEqual(numbers(1, lines));
      await write("long", "seq 30001 30020");
      await readDown(feed, check);
      expect(lastOf(feed)).toBe("30020");
      await write("long", "seq 30021 30040");
      await until(feed, () => lastOf(feed) === "30040");
      check();
      expect(textsOf(feed)).toEqual((await dockerLogs("long")).slice(-lines));
    },
  );

  test("is read from its first line down to its end, to which new lines are joined", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    await feed.places.seek("start");
    expect([textsOf(feed)[0], feed.get().older]).toEqual(["1", "none"]);
    await readDown(feed, () => expectRow(textsOf(feed)));
    await write("long", "seq 30001 30040");
    await until(feed, () => lastOf(feed) === "30040");
    expect(textsOf(feed)).toEqual(await dockerLogs("long"));
  });

  test.each([
    ["near its end", 29_990],
    ["in its midst", 15_000],
    ["near its beginning", 10],
  ])("is gone to at a moment %s, and read on in both directions", async (_, number) => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    const all = [...handmade()];
    const at = all[number - 1]?.[1] ?? 0;
    const first = all.findIndex(([, moment]) => moment >= at) + 1;
    await feed.places.seek({ at });
    expect(textsOf(feed)[0]).toBe(`${first}`);
    await feed.places.seek({ at: at - 1 });
    expect(textsOf(feed)[0]).toBe(`${first}`);
    await readUp(feed, () => expectRow(textsOf(feed)));
    await readDown(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)).toEqual(numbers(1, total));
  });

  test("begins with its first line at a moment before that", async () => {
    const feed = await openFeed("long");
    await feed.places.seek({ at: began - 60_000 });
    expect(textsOf(feed)[0]).toBe("1");
    await pageUp(feed);
    expect([textsOf(feed)[0], feed.get().older]).toEqual(["1", "none"]);
  });

  test("stays where it is when it has no line of a moment or later", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    const late = feed.places.seek({ at: Date.now() + 60_000 });
    await expect(late).rejects.toThrow("The log has no line so late.");
    await write("long", "seq 30001 30002");
    await until(feed, () => lastOf(feed) === "30002");
    await readUp(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)).toEqual(await dockerLogs("long"));
  });

  test("narrowed to a moment holds what is since then, and is followed", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    const { stamp, text } = keptLines(feed).at(-300) ?? { stamp: "", text: "" };
    feed.places.narrow(Date.parse(stamp));
    await until(feed, ({ status }) => status === "following" && lastOf(feed) === `${total}`);
    const first = [...handmade()].findIndex(([, at]) => at >= Date.parse(stamp)) + 1;
    expect(Number(text)).toBeGreaterThanOrEqual(first);
    expect(textsOf(feed)).toEqual(numbers(first, total));
    await write("long", "seq 30001 30040");
    await until(feed, () => lastOf(feed) === "30040");
    expect(textsOf(feed)).toEqual(await dockerLogs("long", "--since", stamp));
    feed.places.narrow(undefined);
    await until(feed, () => lastOf(feed) === "30040");
    await readUp(feed);
    expect(textsOf(feed)).toEqual(await dockerLogs("long"));
  });
});
