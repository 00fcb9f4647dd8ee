import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDemux } from "../../src/docker/demux.ts";
import { openEvents } from "../../src/docker/events.ts";
import type { Gate } from "../../src/docker/gate.ts";
import { createLineReader, type LogLine } from "../../src/docker/logs.ts";
import { jsonLines } from "../../src/docker/ndjson.ts";
import { createFakeClock } from "../fake-clock.ts";

/** Cuts bytes at random places. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
};
const places = fc.array(fc.nat(), { maxLength: 20 });

function frame(stream: number, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

const frames = fc.array(fc.tuple(fc.constantFrom(0, 1, 2, 3), fc.string({ unit: "binary", maxLength: 20 })));

test("demux gives the same frames however the stream is cut", () => {
  fc.assert(
    fc.property(frames, places, (sent, cuts) => {
      const got: [string, string][] = [];
      const write = createDemux((stream, bytes) => got.push([stream, bytes.toString()]));
      for (const chunk of cut(Buffer.concat(sent.map(([stream, text]) => frame(stream, text))), cuts))
        write(chunk);
      const whole = (text: string) => Buffer.from(text).toString();
      expect(got).toEqual(sent.map(([stream, text]) => [stream <= 1 ? "out" : "err", whole(text)]));
    }),
  );
});

test("demux takes ten thousand frames in one chunk", () => {
  let count = 0;
  createDemux(() => count++)(Buffer.concat(Array.from({ length: 10_000 }, () => frame(1, "x\n"))));
  expect(count).toBe(10_000);
});

test("a length that cannot be means the stream is out of step", () => {
  const write = createDemux(() => {});
  expect(() => write(Buffer.from("HTTP/1.1 500 Internal"))).toThrow("out of step");
});

const stamp = "2026-11-21T02:06:42.227052550Z";
const words = fc.stringMatching(/^[a-z \u00e9\u65e5]{0,12}$/);
const lines = fc.array(fc.tuple(fc.constantFrom("out" as const, "err" as const), words), { maxLength: 12 });

function readAll(tty: boolean, chunks: readonly Buffer[]): LogLine[] {
  const read: LogLine[] = [];
  const reader = createLineReader(tty, (line) => read.push(line));
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return read;
}

test("the lines of a log are the same however its stream is cut", () => {
  fc.assert(
    fc.property(lines, fc.boolean(), places, (sent, tty, cuts) => {
      const bytes = sent.map(([stream, text]) =>
        tty ? Buffer.from(`${stamp} ${text}\r\n`) : frame(stream === "out" ? 1 : 2, `${stamp} ${text}\n`),
      );
      const expected = sent.map(([stream, text]) => ({ stamp, stream: tty ? "out" : stream, text }));
      expect(readAll(tty, cut(Buffer.concat(bytes), cuts))).toEqual(expected);
    }),
  );
});

test("a long line that the engine stamped piece by piece is one line, whatever the other stream says between", () => {
  const read = readAll(false, [
    frame(1, `${stamp} first `),
    frame(2, `${stamp} error\n`),
    frame(1, `${stamp} second\n`),
  ]);
  expect(read).toEqual([
    { stamp, stream: "err", text: "error" },
    { stamp, stream: "out", text: "first second" },
  ]);
});

test("a last line without a newline is a line", () => {
  expect(readAll(false, [frame(2, `${stamp} bye`)])).toEqual([{ stamp, stream: "err", text: "bye" }]);
});

test("a line that never ends comes in pieces", () => {
  const piece = frame(1, `${stamp} ${"x".repeat(16_000)}`);
  const read = readAll(
    false,
    Array.from({ length: 200 }, () => piece),
  );
  expect(read.length).toBeGreaterThan(1);
  expect(Math.max(...read.map(({ text }) => text.length))).toBeLessThan(1.1 * 2 ** 20);
  expect(read.reduce((sum, { text }) => sum + text.length, 0)).toBe(200 * 16_000);
});

/** The answer to /events: a stream with headers. */
function answerOf(text: string) {
  return Object.assign(Readable.from([Buffer.from(text)]), { headers: {} });
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

test("JSON lines are the same however the stream is cut, and a broken line spoils no other", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 8 }), places, async (values, cuts) => {
      const text = values.map((value) => `${JSON.stringify(value)}\r\n{"broken\n\n`).join("");
      const read = await collect(jsonLines(streamOf(cut(Buffer.from(text), cuts))));
      expect(JSON.stringify(read)).toBe(JSON.stringify(values));
    }),
    { numRuns: 50 },
  );
});

test("events tell kind, id and action, and of nothing else", async () => {
  const asked: unknown[] = [];
  const sent = [
    { Type: "container", Action: "die", Actor: { ID: "abc" } },
    { Type: "daemon", Action: "reload", Actor: { ID: "x" } },
    { Type: "volume", Action: "create", Actor: { ID: "data" } },
    null,
  ];
  const gate = {
    async open(path: string, { since, filters }: { since: number; filters: string }) {
      asked.push(path, JSON.parse(filters), since);
      return answerOf(sent.map((event) => JSON.stringify(event)).join("\n"));
    },
  } as unknown as Gate;
  expect(
    await collect(
      await openEvents(gate, {
        since: 1_000_000_500,
        clock: createFakeClock(),
        signal: new AbortController().signal,
      }),
    ),
  ).toEqual([
    { kind: "container", id: "abc", action: "die" },
    { kind: "volume", id: "data", action: "create" },
  ]);
  const [path, filters, since] = asked as [string, { event: string[] }, number];
  expect([path, since <= 1_000_000]).toEqual(["/events", true]);
  expect(filters.event.filter((event) => /^(exec|top|attach|archive)/.test(event))).toEqual([]);
});

test("a TTY's lines over 16 KiB are the same wherever their bytes are cut", () => {
  const stamp = (second: number) => `2026-11-21T02:06:0${second}.227052550Z `;
  const bytes = Buffer.from(
    `${stamp(1)}short\r\n${stamp(2)}${"x".repeat(16_384)}${stamp(2)}${"y".repeat(40)}\r\n${stamp(3)}z\r\n${stamp(4)}end`,
  );
  const linesCutAt = (...cuts: number[]) => {
    const lines: string[] = [];
    const reader = createLineReader(true, ({ text }) => lines.push(text));
    for (const [index, cut] of [0, ...cuts].entries())
      reader.write(bytes.subarray(cut, cuts[index] ?? bytes.length));
    reader.end();
    return lines;
  };
  const whole = linesCutAt();
  expect(whole).toEqual(["short", `${"x".repeat(16_384)}${"y".repeat(40)}`, "z", "end"]);
  const interesting = [
    ...Array(60).keys(),
    ...Array.from({ length: 180 }, (_, at) => bytes.length - 180 + at),
  ];
  for (const cut of interesting) expect(linesCutAt(cut)).toEqual(whole);
  for (const cut of interesting) expect(linesCutAt(100, cut < 100 ? 200 : cut)).toEqual(whole);
});
