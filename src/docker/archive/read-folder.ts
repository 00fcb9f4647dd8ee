import { posix } from "node:path";
import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { inParallel } from "../in-parallel.ts";
import { tarEntries } from "./entries.ts";
import { createFolderTally, type FolderReading } from "./folder-tally.ts";
import { absolute, followed, inside, noSuchPath, peek } from "./stat.ts";

/** How a folder is read. */
export type FolderOptions = {
  signal: AbortSignal;
  /** Paths that probably lie in the folder, such as the targets of mounts: shown before the stream reaches them. */
  known?: readonly string[] | undefined;
  /** So many bytes of files are read, then the reading is "partial". */
  budget?: number | undefined;
  now: () => number;
};

const defaultBudget = 256 << 20;

/** What lies in the root of most containers: looked for before all of it is read. */
const rootNames =
  "app bin boot data dev etc home lib lib32 lib64 media mnt opt proc root run sbin srv sys tmp usr var".split(
    " ",
  );

/** Deeper entries that a reading keeps, so that a folder in it opens at once: some 20 MB. */
const keptEntries = 50_000;

/** How often a reading tells what is known so far. */
const tellMs = 80;

const largeFile = 4 << 20;

/**
 * What lies in a folder, first what can be told at once, then more and more; the last reading is "whole" or "partial".
 * The engine knows no listing: it sends the whole tree with all contents, and an inspect or exec of the container
 * waits until that is over. So a reading never pauses; to read on, ask again with a larger budget.
 */
export async function* readFolder(
  gate: Gate,
  id: string,
  path: string,
  options: FolderOptions,
): AsyncGenerator<FolderReading> {
  const { signal, now, budget = defaultBudget } = options;
  const folder = absolute(path);
  await checkFolder(gate, id, folder, signal);
  const tally = createFolderTally(folder, keptEntries);
  if (await probe(gate, id, folder, options, tally)) yield tally.reading();

  const query = { path: inside(folder) };
  const source = await gate.open(`/containers/${id}/archive`, query, signal);
  let toldAt = now();
  let read = 0;
  for await (const { header } of tarEntries(source, signal)) {
    tally.add(header);
    read += header.size ?? 0;
    if (read > budget) {
      tally.end("partial");
      yield tally.reading();
      return;
    }
    // What comes before a large file would else be told only after it.
    if (now() - toldAt < tellMs && (header.size ?? 0) < largeFile) continue;
    yield tally.reading();
    toldAt = now();
  }
  tally.end("whole");
  yield tally.reading();
}

async function checkFolder(gate: Gate, id: string, path: string, signal: AbortSignal) {
  const { info } = await followed(gate, id, path, signal);
  if (!info) throw noSuchPath(path);
  if (info.kind !== "folder")
    throw new ProblemError({ kind: "other", message: `${info.name} is not a folder.` });
}

/** Asks for the names that are probably there. Before the stream, since the engine answers nothing else meanwhile. */
async function probe(
  gate: Gate,
  id: string,
  folder: string,
  { known = [], signal }: FolderOptions,
  tally: ReturnType<typeof createFolderTally>,
): Promise<boolean> {
  const direct = known.map(absolute).flatMap((path) => firstStep(folder, path));
  const steps = [...new Set([...(folder === "/" ? rootNames : []), ...direct])];
  let found = false;
  await inParallel(steps, 8, async (step) => {
    const info = await peek(gate, id, posix.join(folder, step), signal);
    if (!info) return;
    tally.probe(step, info);
    found = true;
  });
  return found;
}

/** The name in the folder that leads to the path. */
function firstStep(folder: string, path: string): string[] {
  const before = folder === "/" ? "/" : `${folder}/`;
  if (!path.startsWith(before)) return [];
  return path.slice(before.length).split("/").slice(0, 1).filter(Boolean);
}
