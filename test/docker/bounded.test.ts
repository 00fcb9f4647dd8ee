import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextCut, cutMark } from "../../src/docker/bounded.ts";

function cutAt(places: readonly number[], bytes: Buffer, limit: number): string {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const cut = createTextCut(limit);
  return Buffer.concat(edges.slice(1).map((end, at) => cut(bytes.subarray(edges[at], end)))).toString();
}

/** Every text is whole, or as long as it may be and marked; all else is the same. */
function compare(read: unknown, written: unknown, limit: number): void {
  if (typeof written === "string") return compareText(String(read), written, limit);
  if (typeof written !== "object" || written === null) return expect(read).toBe(written);
  const [found, wanted] = [Object.entries(read as object), Object.entries(written)];
  expect(found.length).toBe(wanted.length);
  for (const [at, [key, value]] of wanted.entries()) {
    compare(found[at]?.[0], key, limit);
    compare(found[at]?.[1], value, limit);
  }
}

/** An escape, the longest of which takes six bytes, is not torn. */
const escaped = 6;

function compareText(read: string, written: string, limit: number): void {
  const bytes = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;
  if (bytes(written) <= limit) expect(read).toBe(written);
  if (bytes(written) > limit + escaped) expect(read.endsWith(cutMark)).toBe(true);
  if (read === written) return;
  const kept = read.slice(0, -cutMark.length).replace(/[\ud800-\udbff]$/, "");
  expect(written.startsWith(kept)).toBe(true);
  expect(bytes(kept)).toBeLessThanOrEqual(limit + escaped);
}

const texts = fc.string({ unit: "binary", maxLength: 30 }).filter((text) => !/^\d+$/.test(text));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(texts, tie("value")), { maxLength: 4, selector: ([key]) => key.slice(0, 3) })
      .map(Object.fromEntries),
  ),
})).value;

test("long texts are cut, all else stays, however the bytes come", () => {
  fc.assert(
    fc.property(
      values,
      fc.array(fc.nat(), { maxLength: 10 }),
      fc.integer({ min: 12, max: 40 }),
      (value, places, limit) => {
        const written = JSON.stringify(value);
        const read = JSON.parse(cutAt(places, Buffer.from(written), limit));
        compare(read, JSON.parse(written), limit);
      },
    ),
    { numRuns: 300 },
  );
});

test("a line that is broken within a text spoils no other", () => {
  const lines = `{"a":"${"x".repeat(50)}\n{"b":"fine"}\n`;
  expect(cutAt([], Buffer.from(lines), 10).split("\n")[1]).toBe('{"b":"fine"}');
});
