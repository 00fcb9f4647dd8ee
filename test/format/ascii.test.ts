import fc from "fast-check";
import { expect, test } from "vitest";
import { speaksUtf8, toAscii, writeAscii } from "../../src/format/ascii.ts";
import { width } from "../../src/format/width.ts";
import { clean } from "./hostile.ts";

test.each([
  ["● live  ○ lost  ◐ paused", "* live  o lost  % paused"],
  ["✓ Stopped web. ✗ 3 failed …", "+ Stopped web. x 3 failed ~"],
  ["━━ 8080→80 80×24", "== 8080>80 80x24"],
  ["\u001b[31mé日\u001b[39m", "\u001b[31me??\u001b[39m"],
])("%s in ASCII is %s", (text, ascii) => {
  expect(toAscii(text)).toBe(ascii);
});

test("whatever the text, ASCII is as wide and nothing else", () => {
  fc.assert(
    fc.property(clean, (text) => {
      expect(toAscii(text)).toMatch(/^[\x20-\x7e]*$/);
      expect(width(toAscii(text))).toBe(width(text));
    }),
  );
});

test.each([
  [{ LANG: "C" }, false],
  [{}, false],
  [{ LANG: "de_DE.ISO-8859-1" }, false],
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "en_US.utf8" }, true],
  [{ LANG: "C.UTF-8", LC_ALL: "C" }, false],
  [{ LANG: "C", LC_CTYPE: "C.UTF-8" }, true],
  [{ LANG: "C.UTF-8", LC_ALL: "" }, true],
])("with %j a terminal speaks UTF-8: %s", (env, speaks) => {
  expect(speaksUtf8(env)).toBe(speaks);
});

test("a terminal gets ASCII, bytes and pipes get what was written", () => {
  const written: unknown[] = [];
  const stream = (isTTY: boolean) => ({ isTTY, write: (chunk: unknown) => written.push(chunk) > 0 });
  const [terminal, pipe] = [stream(true), stream(false)];
  const bytes = Buffer.from("●");
  for (const each of [terminal, pipe]) {
    writeAscii(each);
    each.write("●");
    each.write(bytes);
  }
  expect(written).toEqual(["*", bytes, "●", bytes]);
});
