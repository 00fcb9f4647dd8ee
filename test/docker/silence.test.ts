import { afterEach, expect, test } from "vitest";
import type { Clock } from "../../src/docker/clock.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { limitOf } from "../../src/docker/limits.ts";
import { createPulse } from "../../src/docker/pulse.ts";
import { createFakeClock, rest } from "../fake-clock.ts";
import { type Answer, closeRawEngines, http, openRawEngine, pong } from "./raw-engine.ts";

afterEach(closeRawEngines);

const signal = new AbortController().signal;

/** An engine whose answers are given by the test, also those to pings. */
async function open(answer: (line: string) => Answer) {
  const raw = await openRawEngine(answer);
  const clock = createFakeClock();
  const engine = createEngine(raw.endpoint, { readOnly: false, now: clock.now, clock });
  await engine.connect(signal);
  /** Winds until the engine was asked that, or until so many ms are over. */
  const windTo = async (line: string, ms: number) => {
    for (let at = 0; at < ms && !raw.requests.includes(line); at += 1_000) await turn(clock, 1_000);
  };
  return { raw, clock, engine, windTo };
}

/** Real sockets need turns of their own beside the clock's. */
async function turn(clock: Clock & { wind(ms: number): Promise<void> }, ms: number): Promise<void> {
  await clock.wind(ms);
  for (let count = 0; count < 5; count++) await rest();
}

const outcome = (asked: Promise<unknown>) => {
  const so = { kind: "pending" as string };
  asked.then(
    () => (so.kind = "done"),
    (error) => (so.kind = explain(error).kind),
  );
  return so;
};

const calls: readonly [string, (engine: Engine, signal: AbortSignal) => Promise<unknown>][] = [
  ["a list", (engine, own) => engine.containers({}, own)],
  ["a stop with a long grace time", (engine, own) => engine.stop("c", 3_600, own)],
  ["a stop that waits for ever", (engine, own) => engine.stop("c", -1, own)],
  ["measuring the disk", (engine, own) => engine.df(own)],
  ["a removal", (engine, own) => engine.remove("c", {}, own)],
  ["a wait", (engine, own) => engine.wait("c", own)],
  ["an exec", (engine, own) => engine.execute("c", { command: ["a"] }, own)],
  [
    "the first answer of a log",
    (engine, own) => engine.log({ id: "c", tty: true }, { follow: true }, own)[Symbol.asyncIterator]().next(),
  ],
];

test.each(calls)(
  "%s ends within 15 s when the engine falls silent, with a signal of its own too",
  async (_, ask) => {
    const { raw, clock, engine } = await open(() => "silence");
    raw.answer = () => "silence";
    const so = outcome(ask(engine, new AbortController().signal));
    for (let at = 0; at < 15; at++) await turn(clock, 1_000);
    await expect.poll(() => so.kind).toBe("timeout");
    engine.close();
  },
);

test("what takes minutes on an engine that answers pings is waited for", async () => {
  const { raw, clock, engine } = await open(() => "silence");
  raw.answer = (line) => (line === "GET /_ping" ? pong : "silence");
  const so = outcome(engine.df(signal));
  const stop = outcome(engine.stop("c", -1));
  const pings = () => raw.requests.filter((line) => line === "GET /_ping").length;
  for (let asked = pings(); asked < 30; ) {
    await clock.wind(4_000);
    asked += 1;
    await expect.poll(pings).toBe(asked);
    await expect.poll(() => clock.due()).toContain(4_000); // its answer has come
  }
  expect([so.kind, stop.kind]).toEqual(["pending", "pending"]);
  engine.close();
});

test("an event stream that fell silent is opened anew, from where the last one was", async () => {
  const date = "Fri, 27 Nov 2026 10:00:00 GMT";
  const { raw, clock, engine, windTo } = await open(() => (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nDate: ${date}\r\n\r\n`);
    const event = { Type: "container", Action: "start", Actor: { ID: `c${raw.requests.length}` } };
    socket.write(`${JSON.stringify({ ...event, time: Date.parse(date) / 1000 })}\n`);
  });
  const leaving = new AbortController();
  const heard: string[] = [];
  const reading = (async () => {
    for await (const { id } of await engine.events(leaving.signal)) heard.push(id);
  })();
  await expect.poll(() => heard).toEqual(["c2"]);
  const again = (line: string) => new URL(`http://d${line.replace("GET ", "")}`).searchParams.get("since");
  await windTo("never", 10_000);
  await expect.poll(() => heard.length).toBe(2);
  const opened = raw.requests.filter((line) => line.includes("/events")).map(again);
  expect(opened[1]).toBe(`${Date.parse(date) / 1000}`);
  expect(clock.due()).not.toEqual([]);
  leaving.abort();
  await reading.catch(() => {});
  await expect.poll(() => clock.due()).toEqual([]);
  engine.close();
});

test("a terminal may be silent for as long as it likes", async () => {
  const up = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
  const { raw, clock, engine } = await open((line) => {
    if (line.endsWith("/start")) return (socket) => void socket.write(up);
    return line.endsWith("/exec") ? http(201, '{"Id":"e"}') : http(200);
  });
  const size = { columns: 80, rows: 24 };
  const shell = await engine.openShell("c", { command: ["sh"], term: "xterm", size });
  raw.answer = () => "silence";
  for (let at = 0; at < 60; at++) await turn(clock, 1_000);
  expect(shell.stream.destroyed).toBe(false);
  expect(clock.due()).toEqual([]);
  shell.stream.destroy();
  engine.close();
});

function pending(fillsLine = false) {
  const one = { moved: 0, failed: [] as string[] };
  return {
    one,
    bytes: () => one.moved,
    fillsLine,
    fail: (error: Error) => void one.failed.push(error.message),
  };
}

test("only what said nothing meanwhile is given up, and a file on its way in fills the line for a while", async () => {
  const clock = createFakeClock();
  const limits: number[] = [];
  let refuse = (_: Error) => {};
  const pulse = createPulse(clock, (limitMs) => {
    limits.push(limitMs);
    return new Promise((_, reject) => (refuse = reject));
  });
  const [quiet, busy] = [pending(), pending()];
  pulse.watch(quiet);
  const leave = pulse.watch(busy);
  for (const ms of [4_000, 2_000, 2_000, 2_000]) {
    busy.one.moved += 1;
    await clock.wind(ms);
  }
  expect(limits).toEqual([]); // what one hears speaks for all
  await clock.wind(2_000);
  busy.one.moved += 1;
  refuse(new Error("silent"));
  await rest();
  expect([quiet.one.failed, busy.one.failed]).toEqual([["silent"], []]);
  leave();
  pulse.watch(pending(true));
  await clock.wind(10_000);
  expect(limits).toEqual([8_000, 60_000]);
});

test("nobody is asked while nothing is under way", async () => {
  const clock = createFakeClock();
  let asked = 0;
  const pulse = createPulse(clock, async () => (asked += 1));
  pulse.watch(pending())();
  expect(clock.due()).toEqual([]);
  pulse.watch(pending());
  await clock.wind(4_000);
  expect([asked, clock.due()]).toEqual([1, [4_000]]);
});

test.each([
  ["GET", "/containers/json", { all: 1 }, false, 30_000],
  ["GET", "/containers/json", { all: 1, size: 1 }, false, 600_000],
  ["GET", "/system/df", {}, false, 600_000],
  ["DELETE", "/images/sha256:1", {}, false, 600_000],
  ["DELETE", "/networks/n", {}, false, 30_000],
  ["POST", "/containers/c/stop", { t: 10 }, false, 40_000],
  ["POST", "/containers/c/restart", { t: 0 }, false, 30_000],
  ["POST", "/containers/c/stop", { t: -1 }, false, undefined],
  ["POST", "/containers/c/stop", { t: 2_160_000 }, false, 2_160_030_000],
  ["POST", "/containers/c/wait", {}, false, undefined],
  ["PUT", "/containers/c/archive", {}, false, undefined],
  ["HEAD", "/containers/c/archive", {}, true, 30_000],
  ["GET", "/events", {}, true, 600_000],
] as const)("%s %s with %j may take its time", (method, path, query, isStream, ms) => {
  expect(limitOf({ method, path, query, isStream })).toBe(ms);
});

test("silence is told of within 15 s, wherever between two looks it begins", async () => {
  for (const begins of [1, 3_999, 4_001, 5_999, 6_001, 11_999]) {
    const clock = createFakeClock();
    const pulse = createPulse(
      clock,
      (limitMs) => new Promise((_, reject) => void clock.after(limitMs, () => reject(new Error("late")))),
    );
    const one = pending();
    pulse.watch(one);
    for (let at = 0; at < begins; at += 1_000) {
      await clock.wind(Math.min(1_000, begins - at));
      one.one.moved += 1;
    }
    await clock.wind(15_000);
    expect(one.one.failed, `after ${begins} ms`).toEqual(["late"]);
  }
});
