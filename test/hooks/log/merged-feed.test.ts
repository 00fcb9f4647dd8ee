import fc from "fast-check";
import { expect, test } from "vitest";
import { usualConfig } from "../../../src/actions/config.ts";
import type { Session } from "../../../src/actions/session.ts";
import type { Container } from "../../../src/docker/containers.ts";
import type { LogFeed, LogLimits } from "../../../src/docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { createStore } from "../../../src/docker/store.ts";
import { createMatches } from "../../../src/hooks/log/matches.ts";
import { createMergedFeed } from "../../../src/hooks/log/merged-feed.ts";
import { createFakeClock, rest } from "../../fake-clock.ts";
import { containerOf } from "../../fake-session.ts";

const stamp = (ms: number) => `${new Date(1_800_000_000_000 + ms).toISOString().slice(0, -1)}000000Z`;

/** Logs as an engine has them: `tail` before `until`, and following ones to which lines can be added. */
function engineOf(logs: Record<string, LogLine[]>, failing: readonly string[] = []) {
  const followers = new Map<string, (line: LogLine) => void>();
  async function* log(
    { id }: { id: string },
    { tail, since, until, follow }: LogRange,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[]> {
    const name = id.replace(/0+$/, "");
    if (failing.includes(name))
      throw Object.assign(new Error("x"), { statusCode: 501, json: { message: "no reading" } });
    const all = logs[name] ?? [];
    const last = tail === undefined ? all : all.slice(Math.max(0, all.length - tail));
    yield last.filter(
      (line) => (until === undefined || line.stamp <= until) && (since === undefined || line.stamp >= since),
    );
    if (!follow) return;
    const queue: LogLine[] = [];
    let wake = () => {};
    followers.set(name, (line) => {
      all.push(line);
      queue.push(line);
      wake();
    });
    signal.addEventListener("abort", () => wake());
    while (!signal.aborted) {
      if (queue.length > 0) yield queue.splice(0);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { log, write: (name: string, line: LogLine) => followers.get(name)?.(line) };
}

async function open(logs: Record<string, LogLine[]>, failing?: readonly string[], limits?: LogLimits) {
  const engine = engineOf(logs, failing);
  const containers: Container[] = Object.keys(logs).map((name) => containerOf({ name }));
  const clock = createFakeClock();
  const session = {
    clock,
    config: usualConfig,
    engine: {
      log: engine.log,
      endpoint: { label: "x" },
      detail: async () => ({ tty: false, logDriver: "json-file" }),
    },
    connection: createStore({ kind: "live" }),
    sources: { containers: createStore({ items: containers, loading: false }) },
  } as unknown as Session;
  const feed = createMergedFeed(session, containers, limits);
  const leaving = new AbortController();
  void feed.run(leaving.signal);
  const settle = async () => {
    for (let turn = 0; turn < 4; turn++) {
      await rest();
      await clock.wind(200);
    }
  };
  await settle();
  return { feed, settle, write: engine.write, leave: () => leaving.abort() };
}

function lines({ buffer }: LogFeed): LogLine[] {
  return Array.from({ length: buffer.end() - buffer.first() }, (_, at) =>
    buffer.get(buffer.first() + at),
  ).flatMap((line) => line ?? []);
}

const line = (ms: number, text: string): LogLine => ({ stamp: stamp(ms), stream: "out", text });

test("several logs are one, by time, each line with its owner", async () => {
  const { feed } = await open({ web: [line(1, "a"), line(4, "d")], db: [line(2, "b"), line(3, "c")] });
  expect(lines(feed).map(({ from, text }) => `${from} ${text}`)).toEqual(["web a", "db b", "db c", "web d"]);
});

test("new lines come in the order of their time, although they arrive otherwise", async () => {
  const { feed, write, settle } = await open({ web: [line(1, "a")], db: [line(2, "b")] });
  write("web", line(12, "later"));
  await rest();
  write("db", line(11, "sooner"));
  await settle();
  expect(lines(feed).map(({ text }) => text)).toEqual(["a", "b", "sooner", "later"]);
});

test("a log that cannot be had says why, once, and the others go on", async () => {
  const { feed, write, settle } = await open({ web: [line(1, "a")], mute: [] }, ["mute"]);
  write("web", line(2, "b"));
  await settle();
  expect(lines(feed).map(({ text }) => text)).toEqual(
    expect.arrayContaining(["a", "b", "dockui: the log driver is json-file: no reading"]),
  );
  expect(lines(feed)).toHaveLength(3);
});

test("no line is missing between those shown: it begins where all logs are known, and reaches back when asked", async () => {
  const long = Array.from({ length: 2_000 }, (_, at) => line(at * 10, `busy ${at}`));
  const { feed, settle } = await open({ busy: long, calm: [line(5, "calm 0"), line(19_995, "calm 1")] });
  const known = lines(feed);
  expect(known.map(({ text }) => text)).not.toContain("calm 0");
  expect(known.filter(({ from }) => from === "busy")).toHaveLength(500);
  for (let turn = 0; turn < 3; turn++) {
    feed.loadOlder();
    await settle();
  }
  const all = lines(feed);
  expect(all).toHaveLength(2_002);
  expect(all.map(({ stamp }) => stamp)).toEqual(all.map(({ stamp }) => stamp).toSorted());
  expect(feed.get().older).toBe("none");
});

test("whatever the logs: all lines, each once, in the order of time", async () => {
  const log = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(log, log, log), async (times) => {
      const names = ["a", "b", "c"];
      const logs = Object.fromEntries(
        times.map((all, at) => [
          names[at],
          all.toSorted((a, b) => a - b).map((ms, n) => line(ms, `${at}.${n}`)),
        ]),
      );
      const { feed, leave } = await open(logs as Record<string, LogLine[]>);
      const found = lines(feed);
      leave();
      expect(found.map(({ text }) => text).toSorted()).toEqual(
        (Object.values(logs) as LogLine[][])
          .flat()
          .map(({ text }) => text)
          .toSorted(),
      );
      expect(found.map(({ stamp }) => stamp)).toEqual(found.map(({ stamp }) => stamp).toSorted());
    }),
    { numRuns: 30 },
  );
});

test("read up to the first line and down to the end it is one log without gaps or doubles, whatever is kept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5_000), { minLength: 0, maxLength: 1_800 }),
      fc.array(fc.nat(5_000), { minLength: 1, maxLength: 2_600 }),
      fc.constantFrom(1_500, 2_500, 50_000),
      async (one, other, kept) => {
        const logOf = (name: string, times: readonly number[]) =>
          times.toSorted((a, b) => a - b).map((ms, at) => line(ms, `${name}${at}`));
        const logs = { web: logOf("w", one), db: logOf("d", other) };
        const total = logs.web.length + logs.db.length;
        const { feed, settle, write } = await open(logs, [], { lines: kept, bytes: 1e9 });
        const seen = () => lines(feed).map(({ text }) => text);
        const isStretch = () => {
          const all = lines(feed);
          expect(all.every((each, at) => at === 0 || each.stamp >= (all[at - 1]?.stamp ?? ""))).toBe(true);
          for (const letter of ["w", "d"]) {
            const numbers = seen().flatMap((text) => (text[0] === letter ? [Number(text.slice(1))] : []));
            expect(numbers.every((n, at) => at === 0 || n === (numbers[at - 1] ?? 0) + 1)).toBe(true);
          }
        };
        for (let page = 0; page < 20 && feed.get().older === "more"; page += 1) {
          feed.loadOlder();
          await settle();
          isStretch();
        }
        expect(feed.get().older).toBe("none");
        expect(
          seen()
            .slice(0, Math.min(total, kept))
            .includes(logs.db[0]?.text ?? ""),
        ).toBe(true);
        write("db", line(6_000, `d${logs.db.length - 0}`));
        await settle();
        for (let page = 0; page < 40 && feed.get().newer !== "live"; page += 1) {
          feed.loadNewer();
          await settle();
          isStretch();
        }
        expect([feed.get().newer, seen().at(-1)]).toEqual(["live", `d${logs.db.length - 1}`]);
        await feed.places.seek("start");
        isStretch();
        const first = [...logs.web, ...logs.db].toSorted((a, b) =>
          a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0,
        );
        expect(lines(feed)[0]?.stamp).toBe(first[0]?.stamp);
      },
    ),
    { numRuns: 25 },
  );
});

test("lines that went for new ones come again when one reads up, and none goes while it is held", async () => {
  const logs = { web: [line(1, "w0")], db: [line(2, "d0")] };
  const { feed, settle, write } = await open(logs, [], { lines: 1_500, bytes: 1e9 });
  const writeTo = async (from: number, to: number) => {
    // Three lines of each moment, of both logs: some of them go, some stay.
    for (let n = from; n < to; n += 1)
      write(n % 3 === 2 ? "db" : "web", line(100 + Math.floor(n / 3), `n${n}`));
    await settle();
  };
  const numbers = () => lines(feed).flatMap(({ text }) => (text[0] === "n" ? [Number(text.slice(1))] : []));
  const isRow = () => {
    const all = lines(feed);
    expect(all.every((each, at) => at === 0 || each.stamp >= (all[at - 1]?.stamp ?? ""))).toBe(true);
    // Each third line is of the other log.
    for (const rests of [[0, 1], [2]]) {
      const own = numbers().filter((n) => rests.includes(n % 3));
      const follows = (n: number, before = n) =>
        rests.length === 1 ? before + 3 : before % 3 === 0 ? before + 1 : before + 2;
      expect(own.filter((n, at) => at > 0 && n !== follows(n, own[at - 1]))).toEqual([]);
    }
  };
  for (let n = 0; n < 4_000; n += 400) await writeTo(n, n + 400);
  expect(lines(feed)).toHaveLength(1_500);
  isRow();
  feed.places.hold(true);
  const kept = numbers();
  await writeTo(4_000, 4_100);
  expect([numbers(), feed.get().newer]).toEqual([kept, "more"]);
  for (let page = 0; page < 20 && feed.get().older === "more"; page += 1) {
    feed.loadOlder();
    await settle();
    isRow();
  }
  expect([lines(feed)[0]?.text, feed.get().older]).toEqual(["w0", "none"]);
  for (let page = 0; page < 40 && feed.get().newer !== "live"; page += 1) {
    feed.loadNewer();
    await settle();
    isRow();
  }
  expect([feed.get().newer, numbers().at(-1), feed.get().older]).toEqual(["live", 4_099, "more"]);
});

test("one goes to a moment that some of the logs do not reach, and reads on in both directions", async () => {
  const web = Array.from({ length: 3_000 }, (_, at) => line(at * 10, `w${at}`));
  const db = Array.from({ length: 700 }, (_, at) => line(at * 10 + 5, `d${at}`));
  const { feed, settle } = await open({ web, db, empty: [] });
  await feed.places.seek({ at: 1_800_000_015_000 });
  await settle();
  expect(lines(feed)[0]?.text).toBe("w1500");
  for (let page = 0; page < 20 && feed.get().older === "more"; page += 1) {
    feed.loadOlder();
    await settle();
  }
  for (let page = 0; page < 20 && feed.get().newer !== "live"; page += 1) {
    feed.loadNewer();
    await settle();
  }
  const byStamp = [...web, ...db].toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1));
  expect(lines(feed).map(({ text }) => text)).toEqual(byStamp.map(({ text }) => text));
  await expect(feed.places.seek({ at: 1_900_000_000_000 })).rejects.toThrow("no line so late");
});

test("lines that come much later than those of others are put between them, wherever matches are counted", async () => {
  const { feed, write, settle } = await open({ web: [line(1, "a")], db: [line(2, "b")], late: [] });
  const matches = createMatches(feed.buffer, (number) => /[xy]/.test(feed.buffer.get(number)?.text ?? ""));
  write("web", line(20, "x20"));
  write("web", line(30, "30"));
  await settle();
  const texts = () => lines(feed).map(({ text }) => text);
  const matching = () => matches.all().map((number) => feed.buffer.get(number)?.text);
  expect([texts(), matching()]).toEqual([["a", "b", "x20", "30"], ["x20"]]);
  write("db", line(25, "y25"));
  await settle();
  expect([texts(), matching()]).toEqual([
    ["a", "b", "x20", "y25", "30"],
    ["x20", "y25"],
  ]);
  write("late", line(22, "y22"));
  await settle();
  expect([texts(), matching()]).toEqual([
    ["a", "b", "x20", "y22", "y25", "30"],
    ["x20", "y22", "y25"],
  ]);
});
