import fc from "fast-check";
import { expect, test } from "vitest";
import { byName, createNatural, natural } from "../../src/format/natural.ts";

test("names are ordered as people count, upper and lower case alike", () => {
  const names = ["web-10", "Web-2", "web-1", "api", "web-2b"].map((name) => ({ name }));
  expect(names.toSorted(byName).map(({ name }) => name)).toEqual([
    "api",
    "web-1",
    "Web-2",
    "web-2b",
    "web-10",
  ]);
});

test("what is remembered of a text is what it was", () => {
  const remembered = createNatural();
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect([remembered(text), remembered(text)]).toEqual([natural(text), natural(text)]);
    }),
  );
});
