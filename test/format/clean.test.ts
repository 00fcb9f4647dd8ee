import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanLine, cleanText, expandTabs } from "../../src/format/clean.ts";
import { hostile } from "./hostile.ts";

const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

test.each([
  ["plain text", "plain text"],
  ["\x1b[2J\x1b]0;PWNED\x07", "␛[2J␛]0;PWNED␇"],
  ["a\r\n\tb\x7f\0", "a␍␊␉b␡␀"],
  ["\x9b31m\x85", "\\x9b31m\\x85"],
  ["file\u202egnp.exe", "file\\u202egnp.exe"],
  ["a\u2066b\u2028c\u00add\u061c", "a\\u2066b\\u2028c\\u00add\\u061c"],
  ["\u{1d173}", "\\u{1d173}"],
  ["👩\u200d💻 ❤\ufe0f \ufeffx\u200by\u{e0041}", "👩💻 ❤ xy"],
  ["\ud800a\udc00", "\ufffda\ufffd"],
  ["\ud83d\u200d\ude00", "\ufffd\ufffd"],
  ["\u0301a", "◌\u0301a"],
  ["größe 日本 …", "größe 日本 …"],
])("cleanLine shows %j as %j", (raw, cleaned) => {
  expect(cleanLine(raw)).toBe(cleaned);
});

test("cleanLine leaves nothing invisible and cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const cleaned = cleanLine(raw);
      expect(cleaned).not.toMatch(harmful);
      expect(cleanLine(cleaned)).toBe(cleaned);
    }),
    { numRuns: 3000 },
  );
});

test("cleanText keeps lines, reads CRLF as one line end and expands tabs", () => {
  expect(cleanText("a\tb\r\n日\tc\n\x1b[0m\rx")).toBe("a       b\n日      c\n␛[0m␍x");
});

test("cleanText leaves nothing invisible but line ends and cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const cleaned = cleanText(raw);
      expect(cleaned.replaceAll("\n", "")).not.toMatch(harmful);
      expect(cleanText(cleaned)).toBe(cleaned);
    }),
    { numRuns: 3000 },
  );
});

test("expandTabs counts from the given column", () => {
  expect(expandTabs("\tx", 6)).toBe("  x");
  expect(expandTabs("12345678\tx")).toBe("12345678        x");
});
