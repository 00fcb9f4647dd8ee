import { expect, test } from "vitest";
import { type Pattern, parsePattern } from "../../../src/format/log/filter.ts";

/** The pattern of a text that has no fault. */
function pattern(text: string): Pattern {
  const parsed = parsePattern(text);
  if ("fault" in parsed) throw new Error(parsed.fault);
  return parsed;
}

/** What is found in a text, as pieces of it. */
const found = (text: string, within: string) =>
  pattern(text)
    .find(within)
    .map(([from, to]) => within.slice(from, to));

test.each<[string, string, string[]]>([
  ["error", "Error and ERROR", ["Error", "ERROR"]],
  ["Error", "Error and ERROR", ["Error"]],
  ["aa", "aaaaa", ["aa", "aa"]],
  ["two words", "two words", ["two words"]],
  [" x", "a x", [" x"]],
  ["a.c", "abc a.c", ["a.c"]],
  ["über", "ÜBER", ["ÜBER"]],
  ["istanbul", "\u0130STANBUL \u0130stanbul", ["\u0130STANBUL", "\u0130stanbul"]],
  ["日本", "in 日本", ["日本"]],
  ["/api/users/", "GET /api/users/7", ["/api/users/"]],
  ["/etc", "/etc/hosts", ["/etc"]],
  ["/x/y", "a/x/y", ["/x/y"]],
  ["/api/v", "x/api/v1", ["/api/v"]],
  ["\\/a.c/", "/abc/ /a.c/", ["/a.c/"]],
  ["\\!", "ready!", ["!"]],
  ["\\d", "a\\d 1", ["\\d"]],
  ["/", "a/b", ["/"]],
  ["//", "http://x", ["//"]],
  ["/err|warn/", "ERR, Warn", ["ERR", "Warn"]],
  ["/Err|warn/", "ERR, Err, warn", ["Err", "warn"]],
  ["/Err/i", "ERR", ["ERR"]],
  ["/err/c", "ERR err", ["err"]],
  ["/\\S\\D/", "AB", ["AB"]],
  ["/\\p{L}+/", "Äb1", ["Äb"]],
  ["/a\\/b/", "a/b", ["a/b"]],
  ["re:/a/b", "x/a/b", ["/a/b"]],
  ["re:^GET (\\w+)", "GET users", ["GET users"]],
  ["re:a{2,3}", "aaaaa a", ["aaa", "aa"]],
  ["re:a.*?b", "a1b a2b", ["a1b", "a2b"]],
  ["re:x*", "axxb", ["xx"]],
  ["re:(?<year>\\d{4})-(?:\\d\\d)", "in 2026-11", ["2026-11"]],
  ["re:\\bcat\\b", "cat concat cat", ["cat", "cat"]],
  ["re:a{,3}", "a{,3}", ["a{,3}"]],
  ["re:[]]", "]", []],
  ["re:[^\\]]+", "ab]c", ["ab", "c"]],
  ["re:.", "a😀", ["a", "😀"]],
  ["re:[😀-😂]", "x😁", ["😁"]],
  ["re:\\u00e9\\x41\\u{1F600}", "éA😀", ["éA😀"]],
  ["re:a\\-b", "a-b", ["a-b"]],
  ["!error", "error", []],
])("%j finds in %j %j", (text, within, pieces) => {
  expect(found(text, within)).toEqual(pieces);
  expect(pattern(text).test(within)).toBe(pieces.length > 0);
});

test.each<[string, string, boolean]>([
  ["!error", "all is well", true],
  ["!/err|warn/", "Warning", false],
  ["!re:^$", "", false],
  ["!re:^$", "x", true],
  ["!!x", "a!x", false],
])("%j lets %j stay: %s", (text, line, stays) => {
  expect(pattern(text).negated).toBe(true);
  expect(pattern(text).test(line)).toBe(stays);
});

test.each([
  ["", "Type what to look for."],
  ["!", "Type what to look for."],
  ["re:", "Type a regular expression behind re:"],
  ["/(/", "This is no regular expression: Unterminated group."],
  ["re:[b-a]", "This is no regular expression: Range out of order in character class."],
  ["re:*", "This is no regular expression: Nothing to repeat."],
  ["re:(?=a)", "Look-around and back references do not work here. Filter twice instead."],
  ["re:(?<!a)b", "Look-around and back references do not work here. Filter twice instead."],
  ["re:(a)\\1", "Look-around and back references do not work here. Filter twice instead."],
  ["re:(?<x>a)\\k<x>", "Look-around and back references do not work here. Filter twice instead."],
  ["re:((a{99}){99}){99}", "This expression repeats too much. Use smaller numbers in { }."],
  [`re:${"a".repeat(1001)}`, "This expression is too long."],
])("%j is refused: %s", (text, fault) => {
  expect(parsePattern(text)).toEqual({ fault });
});

test("a pattern knows what was typed", () => {
  expect(pattern("!/a/i").source).toBe("!/a/i");
});

test("a line is marked at a thousand places at most", () => {
  expect(pattern("a").find("a".repeat(5000))).toHaveLength(1000);
  expect(pattern("re:a").find("a".repeat(5000))).toHaveLength(1000);
});

/** With the runtime's own expressions each of these would go on for longer than there is time. */
test.each([
  ["re:(a+)+$", `${"a".repeat(100_000)}b`],
  ["re:(a|aa)+$", `${"a".repeat(100_000)}b`],
  ["re:(.*)*x", "a".repeat(100_000)],
  ["re:(\\w+\\s?)+!", "words and words ".repeat(5000)],
  ["re:.*.*.*.*.*x", "a".repeat(100_000)],
  ["re:^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(100_000)],
  ["re:a.*b|c", "a".repeat(100_000)],
  ["re:(){9999}(()*){99}x", "a".repeat(100_000)],
  ["re:[ab]*a[ab]{200}c", "ab".repeat(5000)],
])("%s cannot run away", (text, line) => {
  expect(pattern(text).test(line)).toBe(false);
  expect(pattern(text).find(line)).toEqual([]);
});

test("looking for a match from each place to the end is given up after a while", () => {
  const places = pattern("re:a.*b|a").find("a".repeat(100_000));
  expect(places.length).toBeGreaterThan(10);
  expect(places.length).toBeLessThan(1000);
});

test("the end of a huge line is found as well", () => {
  expect(pattern("re:(a|aa)+b$").test(`${"a".repeat(100_000)}b`)).toBe(true);
});
