import fc from "fast-check";
import { expect, test } from "vitest";
import { logText, plainText } from "../../../src/format/ansi.ts";
import { plainLine } from "../../../src/format/log/plain-line.ts";
import { hostile, styled } from "../hostile.ts";

/** What it gives by the long way. */
const shown = (raw: string) => plainText(logText(raw));

test("a plain line is what is shown of it, whatever it is", () => {
  const line = fc.oneof(
    hostile,
    styled,
    fc.array(fc.oneof(styled, fc.constant("\t"))).map((it) => it.join("")),
  );
  fc.assert(
    fc.property(line, (raw) => {
      expect(plainLine(raw)).toBe(shown(raw));
    }),
    { numRuns: 10_000 },
  );
});

test("halves of a pair are not joined where a style between them goes", () => {
  expect(plainLine("\ud83d\x1b[31m\ude00")).toBe(shown("\ud83d\x1b[31m\ude00"));
});

test("every character, emoji too, is as it is shown, alone and behind a tab", () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x1fc00; code += code === 0xffff ? 0xf001 : 1) {
    const letter = String.fromCodePoint(code);
    for (const raw of [letter, `日\t${letter}b`]) if (plainLine(raw) !== shown(raw)) wrong.push(raw);
  }
  expect(wrong).toEqual([]);
});
