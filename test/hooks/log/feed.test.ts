import { expect, test } from "vitest";
import { usualConfig } from "../../../src/actions/config.ts";
import type { Session } from "../../../src/actions/session.ts";
import type { LogLimits } from "../../../src/docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { createStore } from "../../../src/docker/store.ts";
import { createLogFeed } from "../../../src/hooks/log/feed.ts";
import { stampOf } from "../../../src/hooks/log/places.ts";
import { createFakeClock, rest } from "../../fake-clock.ts";
import { containerOf } from "../../fake-session.ts";

type Stream = {
  range: LogRange;
  send(...lines: LogLine[]): Promise<void>;
  end(error?: unknown): Promise<void>;
};

const web = containerOf({ name: "web" });
const at = (second: number, text: string): LogLine => ({
  ...{ stamp: `2026-11-21T02:06:${String(second).padStart(2, "0")}.000000000Z`, stream: "out", text },
});

/** A feed whose streams the test sends itself. */
async function openFeed() {
  const streams: Stream[] = [];
  async function* log(_: unknown, range: LogRange): AsyncGenerator<readonly LogLine[]> {
    const queue: (readonly LogLine[] | { error: unknown } | undefined)[] = [];
    let wake = () => {};
    const put = (item: (typeof queue)[number]) => {
      queue.push(item);
      wake();
      return rest();
    };
    const end = (error?: unknown) => put(error === undefined ? undefined : { error });
    streams.push({ range, send: (...lines) => put(lines), end });
    for (;;) {
      while (queue.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const item = queue.shift();
      if (item === undefined) return;
      if ("error" in item) throw item.error;
      yield item;
    }
  }
  const containers = createStore({ items: [web], loading: false });
  const session = {
    clock: createFakeClock(),
    config: usualConfig,
    engine: { log, endpoint: { label: "x" }, detail: async () => ({ tty: false, logDriver: "json-file" }) },
    connection: createStore({ kind: "live" }),
    sources: { containers },
  } as unknown as Session;
  const feed = createLogFeed(session, web);
  const leaving = new AbortController();
  const ended = feed.run(leaving.signal);
  await rest();
  const texts = () => {
    const all: string[] = [];
    for (let n = feed.buffer.first(); n < feed.buffer.end(); n++) all.push(feed.buffer.get(n)?.text ?? "");
    return all;
  };
  const reloaded = async () => {
    containers.set({ items: [web], loading: false });
    await rest();
  };
  const last = () => streams.at(-1) as Stream;
  return { feed, streams, last, texts, reloaded, leave: () => leaving.abort(), ended };
}

test("a log begins with its last lines and is followed", async () => {
  const { last, feed, texts } = await openFeed();
  expect(last().range).toEqual({ tail: 500, follow: true });
  await last().send(at(1, "a"), at(2, "b"));
  await last().send(at(3, "c"));
  expect([texts(), feed.get().status]).toEqual([["a", "b", "c"], "following"]);
});

test("after an interruption it goes on without losing or doubling a line, equal stamps included", async () => {
  const { last, texts, reloaded, streams } = await openFeed();
  await last().send(at(1, "a"), at(2, "b"), at(2, "c"));
  await last().end({ code: "ECONNRESET" });
  expect(streams.length).toBe(1);
  await reloaded();
  expect(last().range).toMatchObject({ since: "2026-11-21T02:06:01.950000000Z", follow: true });
  await last().send(at(2, "b"));
  await last().send(at(2, "c"), at(2, "d"), at(3, "e"));
  expect(texts()).toEqual(["a", "b", "c", "d", "e"]);
});

test("a container that ends says so, and its next run is followed", async () => {
  const { last, feed, reloaded, streams } = await openFeed();
  await last().end();
  expect(feed.get()).toMatchObject({ status: "ended", reason: "the container does not run" });
  await reloaded();
  expect([streams.length, feed.get().status]).toEqual([2, "following"]);
});

test("a log that cannot be read names its driver and is not tried again", async () => {
  const { last, feed, reloaded, streams, ended } = await openFeed();
  await last().end({ statusCode: 501, message: "configured logging driver does not support reading" });
  expect(feed.get()).toMatchObject({ status: "failed" });
  expect(feed.get().reason).toContain("json-file");
  await ended;
  feed.places.narrow(undefined);
  expect(feed.get().status).toBe("failed");
  await reloaded();
  expect(streams.length).toBe(1);
});

test("older lines come before the first, without those that are there", async () => {
  const { last, feed, texts, streams } = await openFeed();
  await last().send(at(5, "e"), at(5, "f"));
  feed.loadOlder();
  await rest();
  expect(last().range).toEqual({ until: at(5, "").stamp, tail: 1002, follow: false });
  feed.loadOlder();
  expect([feed.get().older, streams.length]).toEqual(["loading", 2]);
  await last().send(at(4, "c"), at(5, "d"), at(5, "e"), at(5, "f"));
  await last().end();
  expect([texts(), feed.get().older]).toEqual([["c", "d", "e", "f"], "more"]);
  feed.loadOlder();
  await rest();
  await last().send(at(4, "c"));
  await last().end();
  // It asks once more, for the first line of all.
  expect(last().range).toEqual({ until: at(4, "").stamp, follow: false });
  await last().send(at(4, "c"));
  expect([texts().length, feed.get().older]).toEqual([4, "none"]);
});

test("leaving ends it, also while it waits for the container", async () => {
  const { last, leave, ended } = await openFeed();
  await last().end();
  leave();
  await ended;
});

/** A feed over a log of numbered lines, several of them of one moment, that reads as the engine does. */
async function openNumbered(count: number, limits: LogLimits) {
  const lines = Array.from({ length: count }, (_, number) =>
    at(Math.floor(number / 3) % 60, `${number}`),
  ).map((line, number): LogLine => ({ ...line, stamp: stampOf(Math.floor(number / 3) * 10) }));
  const asked: LogRange[] = [];
  let send: (lines: readonly LogLine[]) => void = () => {};
  async function* log(_: unknown, range: LogRange, signal: AbortSignal): AsyncGenerator<readonly LogLine[]> {
    asked.push(range);
    const { tail = lines.length, since = "", until = "~" } = range;
    const tailed = lines.slice(Math.max(0, lines.length - tail));
    const found = tailed.filter(({ stamp }) => stamp >= since && stamp <= until);
    for (let from = 0; from < found.length; from += 7) {
      if (signal.aborted) return;
      yield found.slice(from, from + 7);
    }
    if (!range.follow) return;
    const waiting: (readonly LogLine[])[] = [];
    let wake = () => {};
    send = (more) => {
      lines.push(...more);
      waiting.push(more);
      wake();
    };
    signal.addEventListener("abort", () => wake());
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  const session = {
    clock: createFakeClock(),
    engine: { log, endpoint: { label: "x" }, detail: async () => ({ tty: false, logDriver: "json-file" }) },
    connection: createStore({ kind: "live" }),
    sources: { containers: createStore({ items: [web], loading: false }) },
  } as unknown as Session;
  const feed = createLogFeed(session, web, limits);
  void feed.run(new AbortController().signal);
  await settled();
  const numbers = () => {
    const { buffer } = feed;
    return Array.from({ length: buffer.end() - buffer.first() }, (_, index) =>
      Number(buffer.get(buffer.first() + index)?.text),
    );
  };
  const write = async (more: number) => {
    const from = lines.length;
    send(
      Array.from({ length: more }, (_, index): LogLine => {
        const number = from + index;
        return {
          stamp: stampOf(Math.floor(number / 3) * 10),
          stream: "out",
          text: `${number}`,
        };
      }),
    );
    await settled();
  };
  return { feed, numbers, write, asked, total: () => lines.length };
}

/** Enough turns for pages to come. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await rest();
}

const contiguous = (numbers: readonly number[]) =>
  numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1);

test("the first line is gone to at once, and what follows is read as one goes down, to the end", async () => {
  const { feed, numbers, asked, total } = await openNumbered(6_000, { lines: 50_000, bytes: 1e9 });
  await feed.places.seek("start");
  expect(asked.at(-1)).toEqual({ follow: false });
  expect([numbers()[0], numbers().length, feed.get().older, feed.get().newer]).toEqual([
    0,
    1_000,
    "none",
    "more",
  ]);
  for (let page = 0; page < 10 && feed.get().newer !== "live"; page += 1) {
    feed.loadNewer();
    await settled();
  }
  expect([numbers().length, feed.get().newer, contiguous(numbers())]).toEqual([total(), "live", true]);
});

test("a log longer than may be kept is read up to its first line and down again, without gaps or doubles", async () => {
  const { feed, numbers, write, total } = await openNumbered(9_000, { lines: 2_500, bytes: 1e9 });
  for (let page = 0; page < 12 && feed.get().older === "more"; page += 1) {
    feed.loadOlder();
    await settled();
    expect(contiguous(numbers())).toBe(true);
  }
  expect([numbers()[0], numbers().length, feed.get().newer]).toEqual([0, 2_500, "more"]);
  await write(30); // they do not join what is kept, which ends far above them
  expect(numbers().at(-1)).toBe(2_499);
  for (let page = 0; page < 12 && feed.get().newer === "more"; page += 1) {
    feed.loadNewer();
    await settled();
    expect(contiguous(numbers())).toBe(true);
  }
  expect([numbers().at(-1), feed.get().newer]).toEqual([total() - 1, "live"]);
  await write(5);
  expect([numbers().at(-1), contiguous(numbers())]).toEqual([total() - 1, true]);
});

test.each([0, 1, 2, 3, 4, 5, 7, 100, 1_000])(
  "lines written while one reads down to the end come once: %d of them",
  async (more) => {
    const { feed, numbers, write, total } = await openNumbered(2_000, { lines: 50_000, bytes: 1e9 });
    await feed.places.seek("start");
    feed.loadNewer();
    await write(more);
    for (let page = 0; page < 12 && feed.get().newer !== "live"; page += 1) {
      feed.loadNewer();
      await settled();
    }
    await write(4);
    expect([numbers().length, contiguous(numbers())]).toEqual([total(), true]);
  },
);

test("a moment is gone to with a bound on what the engine must read, and one reads on in both directions", async () => {
  const { feed, numbers, asked, total } = await openNumbered(9_000, { lines: 50_000, bytes: 1e9 });
  await feed.places.seek({ at: 20_000 });
  expect(numbers()[0]).toBe(6_000);
  expect(asked.at(-2)).toMatchObject({ since: "1970-01-01T00:00:20.000000000Z", tail: 8_000 });
  feed.loadOlder();
  await settled();
  expect([numbers()[0], contiguous(numbers())]).toEqual([5_000, true]);
  for (let page = 0; page < 12 && feed.get().newer !== "live"; page += 1) {
    feed.loadNewer();
    await settled();
  }
  expect([numbers().at(-1), contiguous(numbers())]).toEqual([total() - 1, true]);
  await feed.places.seek("end");
  await settled();
  expect([numbers().length, feed.get().newer]).toEqual([500, "live"]);
});

test("a moment before the first line is the beginning", async () => {
  const { feed, numbers } = await openNumbered(3_000, { lines: 50_000, bytes: 1e9 });
  await feed.places.seek({ at: -5 });
  expect(numbers()[0]).toBe(0);
  feed.loadOlder();
  await settled();
  expect([numbers()[0], feed.get().older]).toEqual([0, "none"]);
});

test("narrowed to a moment it holds nothing older, and is followed", async () => {
  const { feed, numbers, write, total } = await openNumbered(3_000, { lines: 50_000, bytes: 1e9 });
  feed.places.narrow(9_500);
  await settled();
  expect([numbers()[0], numbers().at(-1)]).toEqual([2_850, 2_999]);
  feed.loadOlder();
  await settled();
  expect([numbers()[0], feed.get().older]).toEqual([2_850, "none"]);
  await write(3);
  expect(numbers().at(-1)).toBe(total() - 1);
  feed.places.narrow(undefined);
  await settled();
  expect([numbers().length, feed.get().older]).toEqual([500, "more"]);
});

test("cleared while one reads far up it is at its end again, and only new lines come", async () => {
  const { feed, numbers, write, total } = await openNumbered(6_000, { lines: 1_500, bytes: 1e9 });
  feed.loadOlder();
  await settled();
  feed.loadOlder();
  await settled();
  expect(feed.get().newer).toBe("more");
  feed.places.clear();
  expect([numbers(), feed.get().newer]).toEqual([[], "live"]);
  await write(3);
  expect(numbers()).toEqual([total() - 3, total() - 2, total() - 1]);
  feed.loadOlder();
  await settled();
  expect([numbers().length, numbers().at(-1)]).toEqual([1_003, total() - 1]);
});

test("with a sieve all of it is read, also where nothing passes at first", async () => {
  const { feed, numbers, write } = await openNumbered(90_000, { lines: 50_000, bytes: 1e9 });
  feed.places.sieve({ passes: ({ text }) => text === "7" || text === "90001", context: 1 });
  for (let turn = 0; turn < 20 && feed.get().older !== "none"; turn += 1) await settled();
  expect([numbers(), feed.get().looked]).toEqual([[6, 7, 8], 90_000]);
  await write(3);
  expect(numbers()).toEqual([6, 7, 8, 90_000, 90_001, 90_002]);
});

test("older lines that are asked for before a sieve has its first ones do not end the search", async () => {
  const { feed, numbers } = await openNumbered(3_000, { lines: 50_000, bytes: 1e9 });
  feed.places.sieve({ passes: ({ text }) => text === "7", context: 0 });
  feed.loadOlder();
  for (let turn = 0; turn < 20 && feed.get().older !== "none"; turn += 1) await settled();
  expect([numbers(), feed.get().looked]).toEqual([[7], 3_000]);
});
