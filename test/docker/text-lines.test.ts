import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextLines } from "../../src/docker/text-lines.ts";

function linesOf(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const reader = createTextLines((line) => lines.push(line));
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return lines;
}

test("a last line without a newline is a line, an empty end is none", () => {
  expect(linesOf([Buffer.from("a\nb")])).toEqual(["a", "b"]);
  expect(linesOf([Buffer.from("a\n\nb\n")])).toEqual(["a", "", "b"]);
});

test("of a line that is written over again what stands there last counts", () => {
  expect(linesOf([Buffer.from("10%\r50%\r100%\r\nnext\r\n")])).toEqual(["100%", "next"]);
});

test("however the bytes are cut, the lines are the same", () => {
  const text = fc
    .array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", "\r", " "), { maxLength: 40 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 7 })), (all, sizes) => {
      const bytes = Buffer.from(all);
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const size of sizes) {
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      chunks.push(bytes.subarray(at));
      expect(linesOf(chunks)).toEqual(linesOf([bytes]));
    }),
  );
});

test("a line without end comes in pieces", () => {
  const lines = linesOf(Array.from({ length: 40 }, () => Buffer.alloc(65_536, "x")));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("")).toHaveLength(40 * 65_536);
});
