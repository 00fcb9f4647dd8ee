import fc from "fast-check";
import fastStringWidth from "fast-string-width";
import { expect, test } from "vitest";
import { cleanLine } from "../../src/format/clean.ts";
import { type FitOptions, fit as fitColumns } from "../../src/format/fit.ts";
import { firstGrapheme, graphemes, isSimple, splitColumns, width } from "../../src/format/width.ts";
import { clean, hostile } from "./hostile.ts";

const options = fc.record<FitOptions>(
  { align: fc.constantFrom("left", "right"), cut: fc.constantFrom("end", "middle", "start") },
  { requiredKeys: [] },
);

const anyText = fc.oneof(clean, hostile, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));

test("fit is always exactly as wide as asked, for any text", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 40 }), options, (text, columns, how) => {
      expect(width(fitColumns(text, columns, how))).toBe(columns);
    }),
    { numRuns: 20_000 },
  );
});

test.each<[string, number, FitOptions, string]>([
  ["web", 5, {}, "web  "],
  ["web", 5, { align: "right" }, "  web"],
  ["container", 5, {}, "cont…"],
  ["container", 5, { cut: "start" }, "…iner"],
  ["container", 5, { cut: "middle" }, "co…er"],
  ["container", 4, { cut: "middle" }, "co…r"],
  ["日本語", 4, {}, "日… "],
  ["日本語", 4, { align: "right" }, " 日…"],
  ["日本語", 4, { cut: "start" }, "…語 "],
  ["日本語", 6, {}, "日本語"],
  ["e\u0301te\u0301", 3, {}, "e\u0301te\u0301"],
  ["e\u0301te\u0301s", 3, {}, "e\u0301t…"],
  ["日", 1, {}, "…"],
  ["", 2, {}, "  "],
  ["x", 0, {}, ""],
  ["x", -1, {}, ""],
])("fit puts %j into %i columns with %j as %j", (text, columns, how, expected) => {
  expect(fitColumns(text, columns, how)).toBe(expected);
});

test.each([
  ["abc", 3],
  ["\x1b[1;31mabc\x1b[0m", 3],
  ["\x1b[38:2::1:2:3m日本\x1b[m", 4],
  ["e\u0301", 1],
  ["ｱ", 1],
  ["😀", 2],
  ["🇩🇪", 2],
  ["…─│", 3],
  ["", 0],
])("width of %j is %i", (text, columns) => {
  expect(width(text)).toBe(columns);
});

test("what counts as simple is clean, one column wide and a grapheme of its own", () => {
  const simple = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(isSimple);
  expect(simple.length).toBeGreaterThan(800);
  expect(simple.map((char) => fastStringWidth(char))).toEqual(simple.map(() => 1));
  expect(cleanLine(`日${simple.join("")}`)).toBe(`日${simple.join("")}`);
  expect(graphemes(`日${simple.join("")}`)).toEqual(["日", ...simple]);
});

test("graphemes keeps a letter and its marks together", () => {
  expect(graphemes("ae\u0301🇩🇪日")).toEqual(["a", "e\u0301", "🇩🇪", "日"]);
  expect(graphemes("abc")).toEqual(["a", "b", "c"]);
});

test("firstGrapheme equals the first of graphemes, also when it is very long", () => {
  const long = `e${"\u0301".repeat(500)}`;
  expect(firstGrapheme(`${long}x`)).toBe(long);
  expect(firstGrapheme("")).toBe("");
});

test("splitColumns cuts nothing away and its head fits", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 40 }), (text, columns) => {
      const { head, columns: used, rest } = splitColumns(text, columns);
      expect(head + rest).toBe(text);
      expect(used).toBeLessThanOrEqual(columns);
      expect(rest === "" || used + width(firstGrapheme(rest)) > columns).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
