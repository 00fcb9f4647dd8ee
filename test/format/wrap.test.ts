import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "../../src/format/ansi.ts";
import { width } from "../../src/format/width.ts";
import { wrapColumns } from "../../src/format/wrap.ts";
import { expectLinear } from "../linear.ts";
import { styled } from "./hostile.ts";

test.each<[string, number, string[]]>([
  ["", 5, [""]],
  ["abcde", 5, ["abcde"]],
  ["abcdef", 5, ["abcde", "f"]],
  ["abc", 0, [""]],
  ["日本語", 5, ["日本", "語"]],
  ["日a", 1, ["…", "a"]],
  ["\x1b[31mabcd\x1b[0mef", 3, ["\x1b[31mabc\x1b[0m", "\x1b[31md\x1b[0mef"]],
  ["\x1b[1mabc\x1b[0m", 3, ["\x1b[1mabc\x1b[0m"]],
])("wrapColumns breaks %j at %i columns", (text, columns, rows) => {
  expect(wrapColumns(text, columns)).toEqual(rows);
});

test("rows are never too wide and together are the text", () => {
  fc.assert(
    fc.property(styled, fc.integer({ min: 2, max: 20 }), (text, columns) => {
      const rows = wrapColumns(text, columns);
      for (const row of rows) expect(width(row)).toBeLessThanOrEqual(columns);
      expect(rows.map(plainText).join("")).toBe(plainText(text));
    }),
    { numRuns: 5000 },
  );
});

test("rows of one column are never too wide", () => {
  fc.assert(
    fc.property(styled, (text) => {
      for (const row of wrapColumns(text, 1)) expect(width(row)).toBeLessThanOrEqual(1);
    }),
  );
});

test.each(["x", "é", "日", "\x1b[31mx\x1b[0m", "\u0301"])(
  "a megabyte of %j wraps in linear time",
  (piece) => {
    const text = (size: number) => piece.repeat(size / piece.length);
    expectLinear((size) => void wrapColumns(text(size), 40), 2 ** 20);
    expectLinear((size) => void wrapColumns(text(size), 1), 2 ** 16);
  },
);
