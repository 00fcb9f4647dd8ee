import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { searchLog } from "../../../src/hooks/log/search.ts";

const stampOfMs = (ms: number) => `${new Date(1_800_000_000_000 + ms).toISOString().slice(0, -1)}000000Z`;

/** Reads as the engine does: `tail` first, then from `since` on, and up to the first line behind `until`. */
function readerOf(lines: readonly LogLine[]) {
  return async function* read({ tail, since, until }: LogRange): AsyncGenerator<readonly LogLine[]> {
    const last = tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail));
    let batch: LogLine[] = [];
    for (const line of last) {
      if (since !== undefined && line.stamp < since) continue;
      if (until !== undefined && line.stamp > until) break;
      batch.push(line);
      if (batch.length === 7) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  };
}

const search = (lines: readonly LogLine[], from: LogLine, direction: 1 | -1, wanted: string) =>
  searchLog(readerOf(lines), {
    ...{ direction, from, signal: new AbortController().signal, looked: () => {} },
    passes: ({ text }) => text.includes(wanted),
  });

/** Few of the lines are wanted. */
const marks = ["x", ...Array.from({ length: 400 }, () => "")];

test("the nearest line above or below is found, whatever the log, also among lines of one moment", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...marks)), { minLength: 1, maxLength: 3_000 }),
        // Thousands of one moment, and few lines.
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...marks)), { minLength: 1_000, maxLength: 3_000 }),
        fc.array(fc.tuple(fc.nat(60), fc.constantFrom("x", "")), { minLength: 1, maxLength: 9 }),
      ),
      fc.nat(),
      fc.constantFrom<1 | -1>(1, -1),
      async (entries, place, direction) => {
        const lines = entries
          .toSorted(([a], [b]) => a - b)
          .map(([ms, mark], at): LogLine => ({ stamp: stampOfMs(ms), stream: "out", text: `${at}${mark}` }));
        const at = place % lines.length;
        const from = lines[at] as LogLine;
        const expected =
          direction < 0
            ? lines.slice(0, at).findLast(({ text }) => text.includes("x"))
            : lines.slice(at + 1).find(({ text }) => text.includes("x"));
        expect((await search(lines, from, direction, "x"))?.text).toBe(expected?.text);
      },
    ),
    { numRuns: 300 },
  );
});

test("a line with a later stamp that stands above is found, as the engine writes two outputs", async () => {
  const line = (ms: number, text: string): LogLine => ({ stamp: stampOfMs(ms), stream: "out", text });
  const lines = [line(0, "a"), line(40, "wanted"), line(20, "from"), line(30, "b")];
  expect((await search(lines, lines[2] as LogLine, -1, "wanted"))?.text).toBe("wanted");
  const others = [line(0, "a"), line(40, "from"), line(20, "wanted"), line(50, "b")];
  expect((await search(others, others[1] as LogLine, 1, "wanted"))?.text).toBe("wanted");
});

test("it says how many lines it looked through, and far ones are looked through once", async () => {
  const lines = Array.from(
    { length: 200_000 },
    (_, at): LogLine => ({ stamp: stampOfMs(at * 10), stream: "out", text: `${at}` }),
  );
  let looked = 0;
  const found = await searchLog(readerOf(lines), {
    ...{ direction: -1, from: lines.at(-500) as LogLine, signal: new AbortController().signal },
    looked: (count) => {
      looked += count;
    },
    passes: ({ text }) => text === "150000",
  });
  expect(found?.text).toBe("150000");
  expect(looked).toBeLessThan(200_100);
});
