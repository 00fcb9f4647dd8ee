import { openWriters } from "../logs/containers.ts";
import { flooded } from "../logs/flood.ts";
import { manyAsOne } from "../logs/many.ts";
import { millionLines } from "../logs/million.ts";
import { searching } from "../logs/search.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

/** Logs that are long, that are searched, that are written as fast as can be, and many read as one. */
export async function logs(stage: Stage): Promise<Row[]> {
  if (!stage.onDemo) return [];
  const rows: Row[] = [];
  for (const part of [millionLines, searching, flooded, manyAsOne]) {
    const writers = await openWriters(stage.engine);
    try {
      rows.push(...(await part(stage, writers)));
    } finally {
      await writers.remove();
    }
  }
  return rows;
}
