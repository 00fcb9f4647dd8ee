import { lstat, readdir, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { ProblemError } from "../errors.ts";
import { text } from "../raw.ts";
import { isMangled } from "./entries.ts";
import type { Skipped } from "./local.ts";

/** A local file, folder or link that is to be copied. */
export type LocalItem = {
  /** Where it is read. */
  from: string;
  /** Its path below the folder it is copied to, under the name it gets there. */
  to: string;
  kind: "file" | "folder" | "link";
  size: number;
  mode: number;
  uid: number;
  gid: number;
  modified: Date;
  /** Where a link leads. */
  target: string | undefined;
};

/** All that lies at a local path, folders before what is in them; and what cannot be copied. */
export async function walk(
  path: string,
  signal: AbortSignal,
): Promise<{ name: string; items: LocalItem[]; skipped: Skipped[] }> {
  const items: LocalItem[] = [];
  const skipped: Skipped[] = [];
  const visit = async (from: string, to: string): Promise<void> => {
    signal.throwIfAborted();
    if (isMangled(to)) return void skipped.push({ path: text(from), reason: "its name is not UTF-8" });
    const item = await itemAt(from, to);
    if (!item)
      return void skipped.push({ path: text(from), reason: "it is neither a file, a folder nor a link" });
    items.push(item);
    if (item.kind !== "folder") return;
    for (const name of (await readdir(from)).sort()) await visit(join(from, name), join(to, name));
  };
  await visit(path, "");
  if (items.length > 0) return { name: basename(path), items, skipped };
  throw new ProblemError({ kind: "other", message: `${text(path)} is neither a file, a folder nor a link.` });
}

async function itemAt(from: string, to: string): Promise<LocalItem | undefined> {
  const stats = await lstat(from);
  const kind = stats.isFile()
    ? "file"
    : stats.isDirectory()
      ? "folder"
      : stats.isSymbolicLink()
        ? "link"
        : undefined;
  if (!kind) return undefined;
  const { mode, uid, gid, mtime } = stats;
  const target = kind === "link" ? await readlink(from) : undefined;
  const size = kind === "file" ? stats.size : 0;
  return { from, to, kind, size, mode: mode & 0o7777, uid, gid, modified: mtime, target };
}
