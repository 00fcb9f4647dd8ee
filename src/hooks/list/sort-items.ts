import type { ListScreen, Look } from "../../actions/list-screen.ts";
import { natural } from "../../format/natural.ts";

/** The column a list is sorted by, against its own direction or not. */
export type Sort = { column: string; reversed: boolean };

type Keyed<Item> = { item: Item; key: string | number | undefined; name: string };

/** The items by a column; those without a value come last either way, and equals keep to their names. */
export function sortItems<Item extends { id: string }>(
  items: readonly Item[],
  screen: Pick<ListScreen<Item>, "columns" | "name">,
  sort: Sort,
  look: Look,
  toNatural: (text: string) => string = natural,
): readonly Item[] {
  const column = screen.columns.find(({ id }) => id === sort.column);
  if (!column?.sort) return items;
  const sign = (column.descending ? -1 : 1) * (sort.reversed ? -1 : 1);
  const keyed = items.map((item): Keyed<Item> => {
    const key = column.sort?.(item, look);
    return { item, key: typeof key === "string" ? toNatural(key) : key, name: toNatural(screen.name(item)) };
  });
  keyed.sort((a, b) => compareKeys(a.key, b.key, sign) || compare(a.name, b.name));
  return keyed.map(({ item }) => item);
}

function compareKeys(a: Keyed<unknown>["key"], b: Keyed<unknown>["key"], sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return sign * compare(a, b);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
