import type { Column, ListScreen, Look } from "../actions/list-screen.ts";
import { systemClock } from "../docker/clock.ts";
import type { Endpoint } from "../docker/endpoint.ts";
import { createEngine, type Engine } from "../docker/engine.ts";
import { createFinder } from "../format/find.ts";
import { fit } from "../format/fit.ts";
import { decimalSize } from "../format/size.ts";
import { width } from "../format/width.ts";
import { sortItems } from "../hooks/list/sort-items.ts";
import { containersScreen } from "../screens/containers.ts";
import { imagesScreen } from "../screens/images.ts";
import { networksScreen } from "../screens/networks.ts";
import { volumesScreen } from "../screens/volumes.ts";

/** Which list, narrowed to what, as text or JSON. */
export type ListRequest = {
  list: "ps" | "images" | "networks" | "volumes" | "df";
  query: string;
  json: boolean;
};

/** One of the lists as plain text without control sequences, or as a JSON array. Rejects when the engine does. */
export async function listAsText(endpoint: Endpoint, request: ListRequest): Promise<string> {
  const engine = createEngine(endpoint, { readOnly: true, now: systemClock.now });
  try {
    await engine.connect(new AbortController().signal);
    return await text(engine, request);
  } finally {
    engine.close();
  }
}

async function text(engine: Engine, request: ListRequest): Promise<string> {
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
      return diskText(await engine.diskUsage(), request);
  }
}

function diskText(lines: Awaited<ReturnType<Engine["diskUsage"]>>, { json }: ListRequest): string {
  if (json) return `${JSON.stringify(lines, undefined, 2)}\n`;
  const rows = lines.map(({ kind, count, active, size }) => [
    kind,
    `${count}`,
    `${active}`,
    decimalSize(size),
  ]);
  return table([["TYPE", "TOTAL", "ACTIVE", "SIZE"], ...rows]);
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

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, index) => fit(cell, widths[index] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
