import { expect, test } from "vitest";
import { sortItems } from "../../../src/hooks/list/sort-items.ts";

test("rows without a value come last either way, equals keep to their names, numbers in names count", () => {
  const rows = ["web-10", "web-9", "b", "a"].map((name) => ({ id: name, name }));
  const value: Record<string, number | undefined> = { "web-10": 1, "web-9": 1, a: 5 };
  const screen = {
    columns: [{ id: "v", sort: ({ id }: { id: string }) => value[id] }],
    name: ({ id }: { id: string }) => id,
  } as unknown as Parameters<typeof sortItems>[1];
  const look = {} as Parameters<typeof sortItems>[3];
  const sorted = (reversed: boolean) =>
    sortItems(rows, screen, { column: "v", reversed }, look).map((row) => (row as { id: string }).id);
  expect(sorted(false)).toEqual(["web-9", "web-10", "a", "b"]);
  expect(sorted(true)).toEqual(["a", "web-9", "web-10", "b"]);
});
