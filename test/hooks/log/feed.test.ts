import { expect, test } from "vitest";
import type { Session } from "../../../src/actions/session.ts";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { createStore } from "../../../src/docker/store.ts";
import { createLogFeed } from "../../../src/hooks/log/feed.ts";
import { rest } from "../../fake-clock.ts";
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
  expect(last().range).toMatchObject({ since: at(2, "").stamp, follow: true });
  await last().send(at(1, "a"), at(2, "b"));
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
  expect([texts().length, feed.get().older]).toEqual([4, "none"]);
});

test("leaving ends it, also while it waits for the container", async () => {
  const { last, leave, ended } = await openFeed();
  await last().end();
  leave();
  await ended;
});
