/** A row of a list: an object, or the heading of those that belong together. */
export type Row<Item> = ItemRow<Item> | GroupRow<Item>;

/** An object's row; `level` counts the groups it stands under. */
export type ItemRow<Item> = { kind: "item"; id: string; level: number; item: Item };

/** A heading: the objects under it that are shown at all, folded away or not. */
export type GroupRow<Item> = {
  kind: "group";
  id: string;
  level: number;
  /** What the group is called, and the names of those around it. */
  path: readonly string[];
  items: readonly Item[];
  folded: boolean;
};

/** One row for each object. */
export function plainRows<Item extends { id: string }>(items: readonly Item[]): Row<Item>[] {
  return items.map((item) => ({ kind: "item", id: item.id, level: 0, item }));
}

/** How objects are put under headings: the names of an object's groups, outermost first, and what is folded. */
export type Grouping<Item> = {
  path(item: Item): readonly string[];
  /** Ids of group rows. */
  folded: ReadonlySet<string>;
  /** The names of outermost groups in the order they stand in; absent: as they come. */
  order?: readonly string[] | undefined;
};

/**
 * Rows with headings: a group stands where its first object would, with all of its objects under it. An inner group
 * has a heading only where it holds more than one object; what belongs to no group stands by itself.
 */
export function groupedRows<Item extends { id: string }>(
  items: readonly Item[],
  grouping: Grouping<Item>,
): Row<Item>[] {
  return rowsUnder(items, [], grouping);
}

/** The id of a group's row. */
export function groupId(path: readonly string[]): string {
  return `group:${JSON.stringify(path)}`; // a name may hold anything
}

function rowsUnder<Item extends { id: string }>(
  items: readonly Item[],
  above: readonly string[],
  grouping: Grouping<Item>,
): Row<Item>[] {
  const level = above.length;
  const groups = new Map<string, Item[]>();
  const places: (string | Item)[] = [];
  for (const item of items) {
    const name = grouping.path(item)[level];
    const members = name === undefined ? undefined : groups.get(name);
    if (name === undefined) places.push(item);
    else if (members) members.push(item);
    else {
      groups.set(name, [item]);
      places.push(name);
    }
  }
  const { order } = grouping;
  const rank = (place: string | Item) => (typeof place === "string" ? (order?.indexOf(place) ?? 0) : 0);
  if (order && level === 0) places.sort((a, b) => rank(a) - rank(b));
  return places.flatMap((place): Row<Item>[] => {
    if (typeof place !== "string") return [{ kind: "item", id: place.id, level, item: place }];
    const members = groups.get(place) ?? [];
    const [only] = members;
    if (level > 0 && only && members.length === 1) return [{ kind: "item", id: only.id, level, item: only }];
    const path = [...above, place];
    const id = groupId(path);
    const folded = grouping.folded.has(id);
    const below = folded ? [] : rowsUnder(members, path, grouping);
    return [{ kind: "group", id, level, path, items: members, folded }, ...below];
  });
}
