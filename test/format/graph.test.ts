import fc from "fast-check";
import { expect, test } from "vitest";
import { areaGraph, roundTop, toColumns } from "../../src/format/graph.ts";
import { width } from "../../src/format/width.ts";

const values = fc.array(fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined }));

test.each<[(number | undefined)[], number, number, string[]]>([
  [[1, 2, 3, 4, 5, 6, 7, 8], 1, 8, ["▁▂▃▄▅▆▇█"]],
  [[1, 4, 8, 12, 16], 2, 16, ["   ▄█", "▁▄███"]],
  [[0, undefined, 16], 2, 16, ["  █", "▁ █"]],
  [[0.01, 200], 1, 100, ["▁█"]],
  [[5, Number.NaN], 1, 0, ["▁▁"]],
  [[], 2, 1, ["", ""]],
  [[1], 0, 1, []],
])("the area under %j in %i rows up to %d is %j", (all, rows, max, lines) => {
  expect(areaGraph(all, { rows, max })).toEqual(lines);
});

test("an area is exactly as wide as its values, and what is higher is never painted lower", () => {
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 1, max: 1e12 }),
      (all, rows, max) => {
        const lines = areaGraph(all, { rows, max });
        expect(lines.map(width)).toEqual(lines.map(() => all.length));
        const heights = all.map((_, column) =>
          lines.reduce((sum, line) => sum + " ▁▂▃▄▅▆▇█".indexOf(line.charAt(column)), 0),
        );
        expect(heights.map((height) => height === 0)).toEqual(all.map((value) => value === undefined));
        const known = all.map((value, index) => [value ?? -1, heights[index] ?? 0] as const);
        for (const [value, height] of known)
          for (const [other, otherHeight] of known)
            if (value > other) expect(height).toBeGreaterThanOrEqual(otherHeight);
      },
    ),
  );
});

const span = (end: number, columns: number, stepMs = 1000) => ({ end, columns, stepMs });
const points = (...all: [at: number, value: number | undefined][]) =>
  all.map(([at, value]) => ({ at, value }));
const none = undefined;

test("a column holds the largest of its values", () => {
  const all = points([1000, 1], [2000, 5], [3000, 2], [4000, 3], [5000, 4]);
  expect(toColumns(all, span(5000, 3, 2000), 2500)).toEqual([1, 5, 4]);
});

test("samples that come unevenly leave no hole, an interruption does", () => {
  const uneven = points([1050, 1], [1990, 2], [3010, 3], [4000, 4]);
  expect(toColumns(uneven, span(4500, 5), 2500)).toEqual([none, 2, 3, 3, 4]);
  const broken = points([1000, 1], [2000, 2], [6000, 3], [7000, 4]);
  expect(toColumns(broken, span(7000, 7), 2500)).toEqual([1, 2, none, none, none, 3, 4]);
});

test("a value that is not known is a hole, and what is out of the span is left out", () => {
  const all = points([1000, 9], [2000, 2], [3000, none], [4000, 4], [9000, 9]);
  expect(toColumns(all, span(5000, 4), 500)).toEqual([2, none, 4, none]);
});

test("columns are as many as asked, and hold nothing that no point says", () => {
  const anyPoints = fc
    .array(fc.record({ at: fc.integer({ min: 0, max: 1e6 }), value: fc.option(fc.nat(), { nil: none }) }))
    .map((all) => all.toSorted((a, b) => a.at - b.at));
  fc.assert(
    fc.property(
      anyPoints,
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 200 }),
      (all, end, columns) => {
        const found = toColumns(all, span(end, columns, 5000), 2500);
        expect(found).toHaveLength(columns);
        const said = new Set(all.map(({ value }) => value));
        expect(found.every((value) => value === none || said.has(value))).toBe(true);
        const largest = Math.max(
          -1,
          ...all
            .filter(({ at }) => at <= end && at > end - 5000 * (columns - 1))
            .map(({ value }) => value ?? -1),
        );
        if (columns > 0)
          expect(Math.max(-1, ...found.map((value) => value ?? -1))).toBeGreaterThanOrEqual(largest);
      },
    ),
  );
});

test("a round number of binary units is one", () => {
  expect(roundTop(5.1 * 1024 ** 2, 1, 1024)).toBe(10 * 1024 ** 2);
  expect(roundTop(1000 * 1024, 1, 1024)).toBe(1000 * 1024);
  expect(roundTop(1024 ** 2, 1, 1024)).toBe(1024 ** 2);
});

test.each([
  [0, 1, 1],
  [1.2, 1, 2],
  [2.3, 1, 2.5],
  [3, 1, 5],
  [99, 1, 100],
  [100, 1, 100],
  [1234567, 1000, 2000000],
  [Number.NEGATIVE_INFINITY, 5, 5],
  [Number.NaN, 5, 5],
])("the round number above %d, %d at least, is %d", (value, least, top) => {
  expect(roundTop(value, least)).toBeCloseTo(top, 6);
});
