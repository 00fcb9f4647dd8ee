import { lstat, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ProblemError } from "../errors.ts";
import { localPath } from "../local-path.ts";
import { text } from "../raw.ts";
import type { FileKind } from "./stat.ts";

/** How far a copy is. */
export type CopyProgress = {
  bytes: number;
  /** In bytes; undefined where nobody knows it before the end. */
  total: number | undefined;
  files: number;
};

/** What was left out of a copy, and why. */
export type Skipped = { path: string; reason: string };

/** What a copy has brought. */
export type Copied = {
  /** Where it stands now. */
  path: string;
  bytes: number;
  files: number;
  skipped: readonly Skipped[];
};

/** Where something from a container comes to stand on this machine. */
export type Landing = {
  /** Its path in the end. */
  final: string;
  /** A folder of our own beside it, on the same disk: what is written there gets its name when it is complete. */
  work: string;
};

/**
 * Makes a landing, hands it over, and clears it away whatever happens. Into an existing folder under `name`, else under
 * the given name itself. Throws a sentence when something stands there and may not be replaced.
 */
export async function withLanding<Value>(
  target: string,
  { name, overwrite }: { name: string; overwrite: boolean },
  use: (landing: Landing) => Promise<Value>,
): Promise<Value> {
  return locally(async () => {
    const final = await finalPath(localPath(target), name);
    if (!overwrite) await refuseExisting(final);
    const work = await mkdtemp(join(dirname(final), ".dockui-part-"));
    try {
      return await locally(() => use({ final, work }), text(final));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

async function finalPath(target: string, name: string): Promise<string> {
  if (await isFolder(target)) {
    if (name !== "") return join(target, name);
    throw new ProblemError({
      kind: "other",
      message: `${text(target)} exists, and the root of a container has no name of its own.`,
      hint: "Name a folder that does not exist yet.",
    });
  }
  if (await isFolder(dirname(target))) return target;
  throw new ProblemError({ kind: "other", message: `There is no folder ${text(dirname(target))} here.` });
}

/** Throws a sentence when anything stands there. */
export async function refuseExisting(path: string): Promise<void> {
  if ((await kindAt(path)) === undefined) return;
  throw new ProblemError({
    kind: "conflict",
    message: `${text(path)} exists already.`,
    hint: "Choose another name, or let it be replaced.",
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** What stands at a local path, a link not followed. */
export async function kindAt(path: string): Promise<FileKind | undefined> {
  const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (!stats) return undefined;
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "link";
  return stats.isFile() ? "file" : "other";
}

/**
 * Gives what is complete its final name. A file replaces a file; a folder goes into a folder file by file. Nothing is
 * written through a link, and what cannot be replaced is told of.
 */
export async function settle(from: string, to: string): Promise<Skipped[]> {
  const [kind, there] = [await kindAt(from), await kindAt(to)];
  if (there === undefined || (kind !== "folder" && there !== "folder")) {
    await rename(from, to);
    return [];
  }
  if (kind !== "folder") return [{ path: text(to), reason: "a folder stands there" }];
  if (there !== "folder") return [{ path: text(to), reason: `a ${there} stands there` }];
  const skipped: Skipped[] = [];
  for (const name of await readdir(from)) skipped.push(...(await settle(join(from, name), join(to, name))));
  return skipped;
}

const sentences: Record<string, (path: string) => string> = {
  ENOENT: (path) => `${path} is not there any more.`,
  EACCES: (path) => `You may not write to ${path}, or not read it.`,
  EPERM: (path) => `You may not change ${path}.`,
  EROFS: (path) => `${path} is on a disk that can only be read.`,
  ENOSPC: (path) => `There is no space left on the disk of ${path}.`,
  EDQUOT: (path) => `Your share of the disk of ${path} is used up.`,
  ENOTDIR: (path) => `${path} leads through something that is not a folder.`,
  EISDIR: (path) => `${path} is a folder.`,
  ENAMETOOLONG: (path) => `${path} is longer than a name may be here.`,
  EFBIG: (path) => `${path} becomes larger than a file may be here.`,
  ELOOP: (path) => `The links of ${path} lead in a circle.`,
  EMFILE: () => "Too many files are open.",
};

/**
 * Runs work on local files; an error of theirs becomes a sentence, since its code means something else of an engine.
 * One that names no path, as that of a full disk, is told of `place`.
 */
export async function locally<Value>(work: () => Promise<Value>, place = "the copy"): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const { code = "", syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const sentence = syscall === "connect" ? undefined : sentences[code];
    if (!sentence) throw error;
    const named = dest ?? path;
    const where = named === undefined ? place : text(named.replace(/\/\.dockui-part-[^/]*/, ""));
    throw new ProblemError({ kind: code === "EACCES" ? "permission" : "other", message: sentence(where) });
  }
}
