import type { Stats } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, normalize } from "node:path";
import { ProblemError } from "../errors.ts";
import type { LogPlace } from "./log-place.ts";

/** A file of a log; `size` is the room it takes on the disk, in bytes. */
export type LogPart = { path: string; size: number };

/** What must be known of a log to find its files. */
export type LogPath = Pick<LogPlace, "id" | "root"> & { path: string };

/**
 * The files of a log that exist: the one that is written to, then the rotated ones from the newest on. Rejects with a
 * problem when the path does not belong to the container, leads through a link, or is no regular file.
 */
export async function logParts(log: LogPath): Promise<readonly LogPart[]> {
  const folder = await checkedFolder(log);
  const name = basename(log.path);
  const turns = (await readdir(folder)).flatMap((file) => {
    const turn = turnOf(file, name);
    return turn === undefined ? [] : [{ file, turn }];
  });
  const sorted = turns.sort((a, b) => a.turn - b.turn).map(({ file }) => join(folder, file));
  const found = await Promise.all(sorted.map(async (path) => ({ path, stats: await statsOf(path) })));
  return found.flatMap(({ path, stats }) => (stats ? [{ path, size: checkedSize(path, stats) }] : []));
}

/** What a path itself is, links not followed; undefined when it was rotated away meanwhile. */
async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
}

/** Its place in the row of a log's files: 0 for the one that is written to, 2 for `x.2.gz`; undefined for others. */
function turnOf(file: string, name: string): number | undefined {
  if (!file.startsWith(name)) return undefined;
  const rest = /^(?:\.([1-9]\d*)(?:\.gz)?)?$/.exec(file.slice(name.length));
  return rest ? Number(rest[1] ?? 0) : undefined;
}

/** The folder of a log, proven to be the container's own, below the engine's folder, and reached through no link. */
async function checkedFolder({ id, root, path }: LogPath): Promise<string> {
  const folder = dirname(path);
  const own = id !== "" && folder.includes(id) && normalize(path) === path && folder.startsWith(`${root}/`);
  if (!own) throw refusal(`${path} does not belong to the container: it is left alone.`);
  const realRoot = await realpath(root);
  if ((await realpath(folder)) !== realRoot + folder.slice(root.length))
    throw refusal(`${folder} is reached through a link: it is left alone.`);
  return folder;
}

/** The bytes of a regular file on the disk: what comes back without it, not what a hole in it makes of its length. */
function checkedSize(path: string, stats: Stats): number {
  if (stats.isFile()) return stats.blocks * 512;
  throw refusal(`${path} is ${stats.isSymbolicLink() ? "a link" : "no regular file"}: it is left alone.`);
}

/** What is not touched, and why. */
export function refusal(message: string): ProblemError {
  return new ProblemError({ kind: "unsupported", message });
}

/** The code of what the system refused: "ENOENT"; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
