import { sizeText } from "../actions/clean-up/words.ts";
import { rootText } from "../actions/disk/root-text.ts";
import { type DiskUsage, diskUsageOf } from "../actions/disk/usage.ts";
import type { Engine } from "../docker/engine.ts";
import { createFinder } from "../format/find.ts";
import { decimalSize } from "../format/size.ts";
import { wrapWords } from "../format/wrap.ts";
import { diskScreen } from "../screens/disk/disk-screen.ts";
import type { Output } from "./output.ts";
import { table } from "./table.ts";
import { measureWorld } from "./world.ts";

/** What fills the disk of an engine, and where that is, as text or as a JSON object. Rejects when the engine does. */
export async function diskText(
  engine: Engine,
  { query, json }: { query: string; json: boolean },
  { progress, columns }: Pick<Output, "progress" | "columns">,
): Promise<string> {
  try {
    const world = await measureWorld(engine, { tell: (step) => progress(`Measuring: ${step}`) });
    const usage = createFinder<DiskUsage>(diskScreen.search).find(diskUsageOf(world), query);
    const { at, root } = world.figures;
    if (json) return `${JSON.stringify({ usage, root, at }, undefined, 2)}\n`;
    const end = wrapWords(rootText(root), columns ?? Number.POSITIVE_INFINITY).map((line) => `${line}\n`);
    return [table([headings, ...usage.map(cells)], columns), ...end].join("");
  } finally {
    progress(undefined);
  }
}

const headings = ["KIND", "COUNT", "NEEDED", "SIZE", "CAN GO", ""];

function cells({
  id,
  title,
  count,
  active,
  size,
  reclaimable,
  atMost,
  about,
  note = "",
}: DiskUsage): string[] {
  return [
    title,
    `${count}`,
    id === "log" ? "" : `${active}`,
    size === undefined ? "?" : decimalSize(size),
    reclaimable === undefined ? "" : sizeText({ size: reclaimable, atMost, about }),
    note,
  ];
}
