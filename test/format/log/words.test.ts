import fc from "fast-check";
import { expect, test } from "vitest";
import { wordNear, wordsOf } from "../../../src/format/log/words.ts";

const words = (text: string) => wordsOf(text).map(([from, to]) => text.slice(from, to));

test.each([
  [
    "GET /api/v1/orders?id=42&all=yes 200 3.5ms",
    ["GET", "/api/v1/orders", "id", "42", "all", "yes", "200", "3.5ms"],
  ],
  ["peer=10.0.0.1:8080 [::1]:80 fe80::1%eth0.", ["peer", "10.0.0.1:8080", "::1", "80", "fe80::1%eth0"]],
  ['{"level":"error","n":-5,"id":"a1b2-c3_d4"}', ["level", "error", "n", "-5", "id", "a1b2-c3_d4"]],
  [
    "2026-11-21T10:00:00.123Z ERROR: can't open ./conf.d/x~ (done).",
    ["2026-11-21T10:00:00.123Z", "ERROR", "can't", "open", "./conf.d/x~", "done"],
  ],
  [
    "image shop/web:1@sha256:0abc user=ada@example.com",
    ["image", "shop/web:1@sha256:0abc", "user", "ada@example.com"],
  ],
  [
    "msg='it is' -- ... :: - --force $HOME 50% 💥 日本語",
    ["msg", "it", "is", "--force", "$HOME", "50%", "💥", "日本語"],
  ],
  ["", []],
  ["----- === ,", []],
])("the words of %j", (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test("words lie one behind the other, without blanks, and are found by where they begin", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      let end = 0;
      for (const word of wordsOf(text)) {
        const [from, to] = word;
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        expect(text.slice(from, to)).not.toMatch(/\s/);
        expect(wordNear(text, from)).toEqual(word);
        end = to;
      }
    }),
  );
});

test("near a place is the word in it or before it, else the first", () => {
  const near = (text: string, at: number) => {
    const word = wordNear(text, at);
    return word && text.slice(...word);
  };
  expect([0, 2, 4, 5, 99].map((at) => near("  ab cd", at))).toEqual(["ab", "ab", "ab", "cd", "cd"]);
  expect(near(" - ", 1)).toBeUndefined();
});
