import { chmod, link, lstat, lutimes, mkdir, symlink, utimes } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Header } from "tar-stream";
import { text } from "../raw.ts";
import { type Entry, isMangled, stepsOf } from "./entries.ts";
import type { CopyProgress, Skipped } from "./local.ts";
import { writeNew } from "./write.ts";

/** What an extraction has made. */
export type Extracted = {
  bytes: number;
  files: number;
  skipped: Skipped[];
  /** Folders do not have their permissions and times yet, see `finish`; the uppermost one comes first. */
  folders: readonly MadeFolder[];
};

type MadeFolder = { path: string; mode: number; modified: Date };

/** How a tar is extracted. */
export type ExtractOptions = {
  /** So many names are dropped from the front of each path: 1 for a tar of a single file. */
  strip: 0 | 1;
  total?: number | undefined;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
};

/** Writes one kind of entry; answers why not. */
type Maker = (path: string, entry: Entry) => Promise<string | undefined>;

/**
 * Writes the entries of a tar to `top`, which must not exist, in a folder that nobody else writes to. Trusts nothing in
 * them: an entry goes only into a folder that was made here, and opens no file that exists, so it passes no link. Names
 * what it leaves out.
 */
export async function extractTo(
  top: string,
  entries: AsyncIterable<Entry>,
  { strip, total, onProgress }: ExtractOptions,
): Promise<Extracted> {
  const folders = new Map<string, MadeFolder>();
  const skipped: Skipped[] = [];
  let bytes = 0;
  let files = 0;
  const tell = () => onProgress?.({ bytes, total, files });

  const makers: Partial<Record<NonNullable<Header["type"]>, Maker>> = {
    async directory(path, { header }) {
      if (!folders.has(path)) await mkdir(path, { mode: 0o700 });
      folders.set(path, {
        path,
        mode: modeOf(header) | ((header.mode ?? 0) & 0o1000),
        modified: timeOf(header),
      });
      return undefined;
    },
    async file(path, entry) {
      await writeNew(path, entry, count);
      await chmod(path, modeOf(entry.header));
      await utimes(path, timeOf(entry.header), timeOf(entry.header));
      return undefined;
    },
    async symlink(path, { header }) {
      const to = header.linkname ?? "";
      if (isMangled(to)) return "it leads to a name that is not UTF-8";
      // An absolute one leads to a place in the container, and nothing is written through it.
      if (path !== top && !isAbsolute(to) && isOutside(top, resolve(dirname(path), to)))
        return "it leads out of the folder";
      await symlink(to, path);
      await lutimes(path, timeOf(header), timeOf(header));
      return undefined;
    },
    async link(path, { header }) {
      const from = pathIn(top, header.linkname ?? "", strip);
      if (from === undefined || !folders.has(dirname(from)))
        return "it is the same file as one out of the folder";
      const same = await lstat(from).catch(() => undefined);
      if (!same || same.isDirectory()) return "the file that it is the same as is not there";
      await link(from, path);
      return undefined;
    },
  };

  for await (const entry of entries) {
    const { header } = entry;
    const path = pathIn(top, header.name, strip);
    const make = makers[header.type === "contiguous-file" ? "file" : (header.type ?? "fifo")];
    const reason = await reasonAgainst(path, entry, make);
    if (reason !== undefined) skipped.push({ path: text(header.name), reason });
    if (reason === undefined && isRaised(header)) skipped.push({ path: text(header.name), reason: lowered });
    if (reason === undefined && header.type !== "directory") files += 1;
    tell();
  }
  return { bytes, files, skipped, folders: [...folders.values()] };

  async function reasonAgainst(path: string | undefined, entry: Entry, make: Maker | undefined) {
    if (path === undefined) return "its name leads elsewhere";
    if (isMangled(entry.header.name)) return "its name is not UTF-8";
    if (path !== top && !folders.has(dirname(path))) return "its folder is not part of the copy";
    if (!make) return "it is neither a file, a folder nor a link";
    return make(path, entry).catch((error: NodeJS.ErrnoException) => {
      const reason = reasons[error.code ?? ""];
      if (reason === undefined) throw error;
      return reason;
    });
  }

  function count(length: number) {
    bytes += length;
    tell();
  }
}

/** What hinders one entry only. */
const reasons: Record<string, string> = {
  EEXIST: "there is another one of that name",
  ENAMETOOLONG: "its name is longer than a name may be here",
  EILSEQ: "its name cannot be written here",
};

/** Gives folders their permissions and times: after all is in them, the deepest ones first. */
export async function finish(folders: readonly MadeFolder[]): Promise<void> {
  for (const { path, mode, modified } of folders.toReversed()) {
    await utimes(path, modified, modified);
    await chmod(path, mode);
  }
}

function pathIn(top: string, name: string, strip: 0 | 1): string | undefined {
  const steps = stepsOf(name)?.slice(strip);
  return steps && join(top, ...steps);
}

function isOutside(top: string, path: string): boolean {
  const way = relative(top, path);
  return way === ".." || way.startsWith("../") || isAbsolute(way);
}

/** What is copied out belongs to who copies: with setuid it would run as them. */
const lowered = "it was copied without setuid and setgid, since it belongs to you now";

function isRaised({ type, mode = 0 }: Header): boolean {
  return type === "file" && (mode & 0o6000) !== 0;
}

function modeOf({ mode = 0o600 }: Header): number {
  return mode & 0o777;
}

function timeOf({ mtime }: Header): Date {
  return mtime ?? new Date(0);
}
