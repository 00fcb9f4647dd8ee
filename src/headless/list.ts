import type { Column, ListScreen, Look } from "../actions/list-screen.ts";
import { systemClock } from "../docker/clock.ts";
import type { Endpoint } from "../docker/endpoint.ts";
import { createEngine, type Engine } from "../docker/engine.ts";
import { createFinder } from "../format/find.ts";
import { sortItems } from "../hooks/list/sort-items.ts";
import { containersScreen } from "../screens/containers.ts";
import { imagesScreen } from "../screens/images.ts";
import { networksScreen } from "../screens/networks.ts";
import { volumesScreen } from "../screens/volumes.ts";
import { diskText } from "./disk.ts";
import type { Output } from "./output.ts";
import { table } from "./table.ts";

/** Which list, narrowed to what, as text or JSON. */
export type ListRequest = {
  list: "ps" | "images" | "networks" | "volumes" | "df";
  query: string;
  json: boolean;
};

/** What a list that takes its time is told of, and is fitted to. */
export type ListLook = Pick<Output, "progress" | "columns">;

/**
 * One of the lists as plain text without control sequences, or as JSON: an array, of `df` an object. Rejects when the
 * engine does.
 */
export async function listAsText(
  endpoint: Endpoint,
  request: ListRequest,
  look: ListLook = { progress() {} },
): Promise<string> {
  const engine = createEngine(endpoint, { readOnly: true, now: systemClock.now });
  try {
    await engine.connect(new AbortController().signal);
    return await text(engine, request, look);
  } finally {
    engine.close();
  }
}

async function text(engine: Engine, request: ListRequest, look: ListLook): Promise<string> {
  switch (request.list) {
    case "ps":
      return listText(containersScreen, await engine.containers(), request);
    case "images":
      return listText(imagesScreen, await engine.images(), request);
    case "networks":
      return listText(networksScreen, await engine.networks(), request);
    case "volumes":
      return listText(volumesScreen, await engine.volumes(), request);
    case "df":
      return diskText(engine, request, look);
  }
}

function listText<Item extends { id: string }>(
  screen: ListScreen<Item>,
  items: readonly Item[],
  { query, json }: ListRequest,
): string {
  const look: Look = {
    now: systemClock.now(),
    details: new Map(),
    loads: new Map(),
    sizes: new Map(),
    busy: new Map(),
  };
  const sorted = sortItems(items, screen, { column: screen.sortedBy, reversed: false }, look);
  const found = createFinder<Item>(screen.search).find(sorted, query);
  if (json) return `${JSON.stringify(found, undefined, 2)}\n`;
  const columns = screen.columns.filter(
    (column) => !column.sampled && !column.costly && has(column, found, look),
  );
  return table([
    columns.map(({ title }) => title),
    ...found.map((item) => columns.map((column) => column.text(item, look))),
  ]);
}

/** Columns that say nothing of any row are left out, but never the first. */
function has<Item>(column: Column<Item>, items: readonly Item[], look: Look): boolean {
  return column.rank === 0 || items.some((item) => column.text(item, look) !== "");
}
