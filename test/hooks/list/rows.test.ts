import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupedRows, groupId, plainRows, type Row } from "../../../src/hooks/list/rows.ts";

type Thing = { id: string; path: readonly string[] };
const thing = (id: string, ...path: string[]): Thing => ({ id, path });
const path = ({ path }: Thing) => path;
const none: ReadonlySet<string> = new Set();

/** Rows as an outline: headings in brackets, folded ones with a +. */
function outline(rows: readonly Row<Thing>[]): string[] {
  return rows.map((row) => {
    const name =
      row.kind === "item" ? row.item.id : `[${row.path.at(-1)}${row.folded ? "+" : ""} ${row.items.length}]`;
    return "  ".repeat(row.level) + name;
  });
}

const shop = [
  thing("db-1", "shop", "db"),
  thing("alone"),
  thing("web", "shop", "web"),
  thing("db-2", "shop", "db"),
  thing("blog", "blog", "app"),
];

describe("rows under headings", () => {
  test("a group stands where its first object would, an inner one only where it holds several", () => {
    expect(outline(groupedRows(shop, { path, folded: none }))).toEqual([
      "[shop 3]",
      "  [db 2]",
      "    db-1",
      "    db-2",
      "  web",
      "alone",
      "[blog 1]",
      "  blog",
    ]);
  });

  test("what is folded hides what is under it, at any level", () => {
    expect(
      outline(groupedRows(shop, { path, folded: new Set([groupId(["shop", "db"]), groupId(["blog"])]) })),
    ).toEqual(["[shop 3]", "  [db+ 2]", "  web", "alone", "[blog+ 1]"]);
  });

  test("without groups every object has a row", () => {
    expect(outline(plainRows(shop))).toEqual(["db-1", "alone", "web", "db-2", "blog"]);
  });

  test("whatever the groups: every object is there once, every id is another, headings hold what is under them", () => {
    const name = fc.constantFrom("a", "b", "group:a", "");
    const things = fc
      .array(fc.array(name, { maxLength: 3 }), { maxLength: 30 })
      .map((paths) => paths.map((path, index) => ({ id: `${index}`, path })));
    fc.assert(
      fc.property(things, (all) => {
        const rows = groupedRows(all, { path, folded: none });
        const ids = rows.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const items = rows.flatMap((row) => (row.kind === "item" ? [row.item.id] : []));
        expect(items.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        for (const row of rows)
          if (row.kind === "group")
            expect(
              row.items.every((item) => row.path.every((name, level) => item.path[level] === name)),
            ).toBe(true);
      }),
    );
  });
});
