import fc from "fast-check";
import { expect, test } from "vitest";
import { GraphemeSegmenter } from "../../src/format/segmenter.ts";

const real = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string());

test("takes any text apart as Intl.Segmenter does", () => {
  const ours = new GraphemeSegmenter();
  const plain = (segments: Iterable<{ segment: string; index: number }>) =>
    Array.from(segments, ({ segment, index }) => ({ segment, index }));
  fc.assert(
    fc.property(text, (any) => {
      expect(plain(ours.segment(any))).toEqual(plain(real.segment(any)));
    }),
    { numRuns: 2_000 },
  );
});

test("knows the character that holds a code unit", () => {
  const ours = new GraphemeSegmenter();
  expect(ours.segment("├─ web").containing(3)).toMatchObject({ segment: "w", index: 3 });
  expect(ours.segment("a👨‍👩‍👧b").containing(4)).toMatchObject({ segment: "👨‍👩‍👧", index: 1 });
  expect(ours.segment("abc").containing(9)).toBeUndefined();
});
