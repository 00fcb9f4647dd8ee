import { join, posix } from "node:path";
import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { tarEntries } from "./entries.ts";
import { type Extracted, extractTo, finish } from "./extract.ts";
import {
  type Copied,
  type CopyProgress,
  type Landing,
  refuseExisting,
  type Skipped,
  settle,
  withLanding,
} from "./local.ts";
import { absolute, type FileInfo, fileInfo, inside, noSuchPath } from "./stat.ts";

/** How something is copied or exported to this machine. */
export type CopyOptions = {
  signal: AbortSignal;
  /** What stands there already: refused unless it is to be replaced, a folder file by file. */
  existing?: "refuse" | "replace" | undefined;
  /** Called for every piece that has come. */
  onProgress?: ((progress: CopyProgress) => void) | undefined;
};

/**
 * Copies a file or a folder of a container to this machine, as `docker cp` does: into an existing folder, else under
 * the given name; it belongs to who copies. Nothing stands under the final name before it is complete.
 */
export async function copyOut(
  gate: Gate,
  id: string,
  path: string,
  target: string,
  options: CopyOptions,
): Promise<Copied> {
  const from = absolute(path);
  const info = await fileInfo(gate, id, from, options.signal);
  if (!info) throw noSuchPath(from);
  if (info.kind === "other")
    throw new ProblemError({
      kind: "other",
      message: `${info.name} is neither a file, a folder nor a link.`,
    });
  const overwrite = options.existing === "replace";
  return withLanding(target, { name: posix.basename(from), overwrite }, async (landing) => {
    const made = await fetchTo(join(landing.work, "whole"), gate, id, { from, info, options });
    options.signal.throwIfAborted();
    if (!overwrite) await refuseExisting(landing.final);
    const skipped = [...made.skipped, ...(await land(landing, made))];
    return { path: landing.final, bytes: made.bytes, files: made.files, skipped };
  });
}

async function fetchTo(
  top: string,
  gate: Gate,
  id: string,
  { from, info, options: { signal, onProgress } }: { from: string; info: FileInfo; options: CopyOptions },
): Promise<Extracted> {
  const isFolder = info.kind === "folder";
  const query = { path: isFolder ? inside(from) : from };
  const source = await gate.open(`/containers/${id}/archive`, query, signal);
  const made = await extractTo(top, tarEntries(source, signal), {
    strip: isFolder ? 0 : 1,
    total: info.kind === "file" ? info.size : undefined,
    onProgress,
  });
  if (isFolder ? made.folders.length === 0 : made.files === 0) throw noSuchPath(from);
  return made;
}

/** The uppermost folder gets its permissions last: one that may not be written to could not be moved. */
async function land({ work, final }: Landing, { folders: [top, ...deeper] }: Extracted): Promise<Skipped[]> {
  await finish(deeper);
  const left = await settle(join(work, "whole"), final);
  if (top && left.length === 0) await finish([{ ...top, path: final }]);
  return left;
}
