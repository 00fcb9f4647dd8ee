import fc from "fast-check";
import { expect, test } from "vitest";
import { type ColumnSize, placeColumns } from "../../src/format/columns.ts";

const column = (id: string, change: Partial<ColumnSize> = {}): ColumnSize => ({
  ...{ id, min: 5, max: 20, wanted: 10, rank: 0 },
  ...change,
});
const placed = (columns: readonly ColumnSize[], total: number) =>
  placeColumns(columns, total, 1)
    .map(({ id, width }) => `${id}${width}`)
    .join(" ");

test.each([
  ["each gets what it wants", [column("a"), column("b", { rank: 1 })], 40, "a10 b10"],
  ["no more than its most", [column("a", { wanted: 99 })], 40, "a20"],
  ["no less than its least", [column("a", { wanted: 1 })], 40, "a5"],
  ["the last that fits in part gets the rest", [column("a"), column("b", { rank: 1 })], 17, "a10 b6"],
  ["one without room for its least goes", [column("a"), column("b", { rank: 1 })], 15, "a10"],
  ["the lowest rank is served first, the order stays", [column("a", { rank: 1 }), column("b")], 17, "a6 b10"],
  ["the first is always there", [column("a")], 3, "a3"],
  ["whatever the room", [column("a")], 0, "a1"],
  ["no columns", [], 40, ""],
])("%s", (_, columns, total, expected) => {
  expect(placed(columns, total)).toBe(expected);
});

const size = fc
  .record({ min: fc.integer({ min: 1, max: 12 }), more: fc.nat(30), wanted: fc.nat(60), rank: fc.nat(9) })
  .map(({ min, more, wanted, rank }) => ({ min, max: min + more, wanted, rank }));

test("columns never take more than there is, are never below their least, and keep their order", () => {
  fc.assert(
    fc.property(
      fc.array(size, { maxLength: 10 }),
      fc.integer({ min: 12, max: 200 }),
      fc.nat(2),
      (sizes, total, gap) => {
        const columns = sizes.map((one, index) => ({ ...one, id: `${index}` }));
        const answer = placeColumns(columns, total, gap);
        const used = answer.reduce((sum, { width }) => sum + width, 0) + gap * Math.max(0, answer.length - 1);
        expect(used).toBeLessThanOrEqual(total);
        const ids = answer.map(({ id }) => id);
        expect(ids).toEqual(columns.map(({ id }) => id).filter((id) => ids.includes(id)));
        for (const { id, width } of answer) {
          const { min, max } = columns[Number(id)] as ColumnSize;
          expect(width >= min && width <= max).toBe(true);
        }
      },
    ),
  );
});

test("more room never hides a column", () => {
  fc.assert(
    fc.property(fc.array(size, { maxLength: 10 }), fc.integer({ min: 12, max: 200 }), (sizes, total) => {
      const columns = sizes.map((one, index) => ({ ...one, id: `${index}`, rank: index }));
      const shown = (room: number) => placeColumns(columns, room, 1).map(({ id }) => id);
      expect(shown(total + 1)).toEqual(expect.arrayContaining(shown(total)));
    }),
  );
});
