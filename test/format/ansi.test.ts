import fc from "fast-check";
import { expect, test } from "vitest";
import { highlight, logText, plainText, sliceColumns } from "../../src/format/ansi.ts";
import { width } from "../../src/format/width.ts";
import { expectLinear } from "../linear.ts";
import { hostile, styled } from "./hostile.ts";

// biome-ignore format: as the contract says it
const harmless = /^(?:[^\x00-\x1f\x7f-\x9f\u200b-\u200d\u202a-\u202e\u2066-\u2069\ufeff]|\x1b\[[0-9;:]*m)*$/u;

test.each([
  ["plain", "plain"],
  ["\x1b[31mred\x1b[0m plain\n", "\x1b[31mred\x1b[0m plain"],
  ["\x1b[31mopen", "\x1b[31mopen\x1b[0m"],
  ["\x1b[31m", ""],
  ["\x1b[1;5;8;6;33mx", "\x1b[1;33mx\x1b[0m"],
  ["\x1b[38;5;8mgrey", "\x1b[38;5;8mgrey\x1b[0m"],
  ["\x1b[48:2::1:2:3mx\x1b[49my", "\x1b[48;2;1;2;3mx\x1b[0my"],
  ["\x1b[38;5mx", "x"],
  [`\x1b[${"1;".repeat(100)}mx`, "x"],
  ["\x1b[?1mx\x1b[>4;2my", "xy"],
  ["\x1b[4:3mu\x1b[4:0mx", "\x1b[4mu\x1b[0mx"],
  ["\x1b[2J\x1b[Htop\x1b[K", "top"],
  ["\x1b]0;title\x07a\x1b]52;c;aGk=\x1b\\b\x1bPq#0\x1b\\c\x1b_x\x1b\\d", "abcd"],
  ["\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"],
  ["\x1b]0;never ends", "␛]0;never ends"],
  ["\x1b(B\x1b7\x1bcx\x1b", "x␛"],
  ["a\x07b\x00c\x7f", "a␇b␀c␡"],
  ["\x9b31mx", "\\x9b31mx"],
  ["10%\r50%\r100%\r\n", "100%"],
  ["\x1b[32m10%\r20%\x1b[0m", "\x1b[32m20%\x1b[0m"],
  ["done\r\x1b[K", "done"],
  ["_\bNAME", "NAME"],
  ["|\b/\b-\b", "-"],
  ["N\bNA\bA", "NA"],
  ["日\b本", "本"],
  ["a\tb\t日\tc", "a       b       日      c"],
  ["\x1b[31mab\x1b[0m\tc", "\x1b[31mab\x1b[0m      c"],
  ["x\u202ey\u200bz", "x\\u202eyz"],
])("logText shows %j as %j", (raw, text) => {
  expect(logText(raw)).toBe(text);
});

test("logText lets nothing through but printable characters and styles", () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const text = logText(raw);
      expect(text).toMatch(harmless);
      expect(logText(text)).toBe(text);
    }),
    { numRuns: 10_000 },
  );
});

test.each([
  ["letters", "x"],
  ["unfinished sequences", "\x1b["],
  ["unfinished titles", "\x1b]0;"],
  ["styles", "\x1b[3%m\x1b[31mx"],
  ["digits of one sequence", "1"],
  ["carriage returns", "\r"],
  ["backspaces", "a\b"],
  ["tabs", "é\t"],
  ["wide characters", "日本"],
  ["combining marks", "\u0301"],
])("logText takes linear time for a megabyte of %s", (_what, piece) => {
  expectLinear((size) => void logText(`\x1b[${piece.repeat(size / piece.length)}é`), 2 ** 20);
});

test.each([
  ["npm", "\x1b[1G\x1b[0K⠙ fetch\x1b[1G\x1b[0K⠹ fetch\x1b[1G\x1b[0Kdone"],
  ["yarn", "\x1b[2K\x1b[1G[1/4] a\x1b[2K\x1b[1Gdone"],
  ["ora", "\x1b[2K\x1b[G⠋ wait\x1b[2K\x1b[G⠙ wait\x1b[2K\x1b[Gdone"],
  ["erased at its end", "abc\b\b\b\x1b[Kdone"],
  ["ended by an erasure", "done\x1b[K"],
  ["erased last", "done\x1b[2K\x1b[1G"],
])("a line that is written over (%s) is what it became", (_what, raw) => {
  expect(logText(raw)).toBe("done");
});

test("plainText leaves the styles out", () => {
  expect(plainText("\x1b[1mbold\x1b[0m \x1b[38:5:1mx")).toBe("bold x");
});

test.each<[string, number, number, string]>([
  ["abcdef", 2, 3, "cde"],
  ["\x1b[31mabcdef\x1b[0mghi", 4, 4, "\x1b[31mef\x1b[0mgh"],
  ["\x1b[31mabc", 1, 9, "\x1b[31mbc\x1b[0m"],
  ["日本語", 2, 2, "本"],
  ["日本語", 1, 3, " 本"],
  ["日本語", 0, 3, "日"],
  ["abc", 5, 3, ""],
  ["abc", -2, 2, "ab"],
  ["é", 0, 0, ""],
])("sliceColumns of %j from %i for %i columns is %j", (text, from, columns, expected) => {
  expect(sliceColumns(text, from, columns)).toBe(expected);
});

test("slices of a text without wide characters make the whole text again", () => {
  const narrow = styled.map((text) => text.replace(/[\u3000-\uff00\u{1f000}-\u{1ffff}]/gu, "x"));
  fc.assert(
    fc.property(narrow, fc.integer({ min: 1, max: 20 }), (text, columns) => {
      let joined = "";
      for (let from = 0; from <= width(text); from += columns) joined += sliceColumns(text, from, columns);
      expect(plainText(joined)).toBe(plainText(text));
    }),
    { numRuns: 3000 },
  );
});

test("a slice is never wider than asked, and only a cut wide character makes it narrower", () => {
  fc.assert(
    fc.property(styled, fc.nat(30), fc.nat(20), (text, from, columns) => {
      const slice = sliceColumns(text, from, columns);
      const there = Math.max(0, Math.min(columns, width(text) - from));
      expect(width(slice)).toBeLessThanOrEqual(columns);
      expect(width(slice)).toBeGreaterThanOrEqual(there - 1);
    }),
    { numRuns: 5000 },
  );
});

const on = "\x1b[7m";
const off = "\x1b[27m";

test.each<[string, [number, number][], string]>([
  ["one two", [[4, 7]], `one ${on}two${off}`],
  ["one two", [], "one two"],
  ["one", [[2, 9]], `on${on}e${off}`],
  [
    "abcd",
    [
      [2, 3],
      [0, 1],
    ],
    `${on}a${off}b${on}c${off}d`,
  ],
  [
    "abcd",
    [
      [0, 3],
      [1, 2],
      [2, 4],
    ],
    `${on}abc${off}${on}d${off}`,
  ],
  ["\x1b[31mred\x1b[0m.", [[1, 2]], `\x1b[31mr${on}e${off}\x1b[31md\x1b[0m.`],
  ["\x1b[31mred\x1b[0mtail", [[2, 4]], `\x1b[31mre${on}d${off}\x1b[31m\x1b[0m${on}t${off}ail`],
  ["cafe\u0301 x", [[3, 4]], `caf${on}e\u0301${off} x`],
  ["cafe\u0301 x", [[4, 5]], `caf${on}e\u0301${off} x`],
  ["a👍🏽b", [[1, 3]], `a${on}👍🏽${off}b`],
])("highlight of %j at %j", (text, ranges, expected) => {
  expect(highlight(text, ranges, on, off)).toBe(expected);
});

test("highlighting changes no character", () => {
  const ranges = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 5 });
  fc.assert(
    fc.property(styled, ranges, (text, where) => {
      expect(plainText(highlight(text, where, on, off))).toBe(plainText(text));
    }),
  );
});
