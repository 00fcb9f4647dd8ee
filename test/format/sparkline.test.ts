import fc from "fast-check";
import { expect, test } from "vitest";
import { bar, sparkline } from "../../src/format/sparkline.ts";
import { width } from "../../src/format/width.ts";

test.each<[number[], number, number | undefined, string]>([
  [[0, 1, 2, 3, 4, 5, 6, 7, 8], 9, 8, "▁▂▃▄▅▆▇██"],
  [[0, 50, 100], 5, 100, "  ▁▅█"],
  [[1, 2, 3, 4], 2, 4, "▇█"],
  [[9, 1, 2], 2, undefined, "▅█"],
  [[0, 0], 2, undefined, "▁▁"],
  [[Number.NaN, 1], 2, 1, " █"],
  [[200], 1, 100, "█"],
  [[], 3, undefined, "   "],
  [[1], 0, undefined, ""],
])("sparkline of %j in %i columns with max %s is %j", (values, columns, max, text) => {
  expect(sparkline(values, columns, { max })).toBe(text);
});

test.each([
  [0, 4, "░░░░"],
  [1, 4, "████"],
  [0.5, 4, "██░░"],
  [0.28125, 4, "█▏░░"],
  [2, 2, "██"],
  [-1, 2, "░░"],
  [Number.NaN, 2, "░░"],
  [0.5, 0, ""],
])("bar of %d in %i columns is %j", (fraction, columns, text) => {
  expect(bar(fraction, columns)).toBe(text);
});

test("sparkline and bar are exactly as wide as asked", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.double(), fc.nat(30), (values, fraction, columns) => {
      expect(width(sparkline(values, columns))).toBe(columns);
      expect(width(bar(fraction, columns))).toBe(columns);
    }),
  );
});
