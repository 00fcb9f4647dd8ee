import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogBuffer } from "../../../../src/docker/log-buffer.ts";
import type { LogLine } from "../../../../src/docker/logs.ts";
import { parsePattern } from "../../../../src/format/log/filter.ts";
import { createShown, nothingHidden } from "../../../../src/hooks/log/shown.ts";
import { mergeByTime } from "../../../../src/hooks/log/take/merge.ts";
import { createSieve, hidingWords } from "../../../../src/hooks/log/take/sieve.ts";

const patternOf = (text: string) => {
  const pattern = parsePattern(text);
  if (!("test" in pattern)) throw new Error(pattern.fault);
  return pattern;
};

const lineOf = fc.record({
  stamp: fc.integer({ min: 0, max: 20 }).map((at) => `2026-11-21T10:00:${String(at).padStart(2, "0")}Z`),
  stream: fc.constantFrom("out" as const, "err" as const),
  text: fc.constantFrom("hit", "miss", "hit miss", "\u001b[31mhi\u001b[0mt", ""),
  from: fc.constantFrom("web", "db"),
});

test("what is saved with the filters is what is shown, whatever they are and however the lines come", () => {
  fc.assert(
    fc.property(
      fc.array(lineOf, { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.record({
        streams: fc.constantFrom("both" as const, "out" as const, "err" as const),
        filters: fc.subarray(["hit", "!miss"]).map((all) => all.map(patternOf)),
        context: fc.integer({ min: 0, max: 3 }),
        muted: fc.subarray(["web"]).map((names) => new Set(names)),
      }),
      (lines, size, hiding) => {
        const buffer = createLogBuffer({ lines: 1000, bytes: 1e9 });
        buffer.append(lines);
        const plain = (line: LogLine) => line.text.replace(/\u001b\[\d+m/g, "");
        const shown = createShown(buffer, hiding, plain);
        const sieve = createSieve(hiding);
        const through: LogLine[] = [];
        for (let at = 0; at < lines.length; at += size) through.push(...sieve(lines.slice(at, at + size)));
        expect(through).toEqual(lines.filter((_, at) => shown.has(at)));
      },
    ),
    { numRuns: 1000 },
  );
});

test("what is hidden is said in words", () => {
  expect(hidingWords(nothingHidden)).toBe("");
  const filters = [patternOf("404"), patternOf("!health")];
  const muted = new Set(["db"]);
  expect(hidingWords({ streams: "err", filters, context: 2, muted })).toBe(
    "& 404 · & !health · ±2 · without db · stderr only",
  );
});

/** A log that comes in batches of that size. */
async function* comes(lines: readonly LogLine[], size: number): AsyncGenerator<readonly LogLine[]> {
  for (let at = 0; at < lines.length; at += size) yield lines.slice(at, at + size);
}

test("logs are merged by time as a stable sort would, however they come", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(lineOf, { maxLength: 12 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      async (logs, size) => {
        const sorted = logs.map((lines) => lines.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)));
        const merged: LogLine[] = [];
        for await (const batch of mergeByTime(sorted.map((lines) => comes(lines, size)))) {
          expect(batch.length).toBeGreaterThan(0);
          merged.push(...batch);
        }
        expect(merged).toEqual(
          sorted.flat().toSorted((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0)),
        );
      },
    ),
  );
});

test("of a log only as much is read as has its turn", async () => {
  let read = 0;
  const line = (at: number): LogLine => ({ stamp: `2026-11-21T10:00:${at}Z`, stream: "out", text: `${at}` });
  async function* endless(): AsyncGenerator<readonly LogLine[]> {
    for (let at = 10; ; at += 1) {
      read += 1;
      yield [line(at)];
    }
  }
  const merged = mergeByTime([endless(), comes([line(12)], 1)]);
  for (let lines = 0; lines < 4; lines += 1) await merged.next();
  expect(read).toBe(4); // one more, to know that its turn is over
  await merged.return(undefined);
});

test("one that fails makes all fail, and the others are closed", async () => {
  let closed = false;
  async function* open(): AsyncGenerator<readonly LogLine[]> {
    try {
      for (;;) yield [{ stamp: "2026-11-21T10:00:00Z", stream: "out", text: "x" }];
    } finally {
      closed = true;
    }
  }
  async function* fails(): AsyncGenerator<readonly LogLine[]> {
    yield [{ stamp: "2026-11-21T09:00:00Z", stream: "out", text: "first" }];
    throw new Error("gone");
  }
  const merged = mergeByTime([open(), fails()]);
  expect((await merged.next()).value).toMatchObject([{ text: "first" }]);
  await expect(merged.next()).rejects.toThrow("gone");
  expect(closed).toBe(true);
});
