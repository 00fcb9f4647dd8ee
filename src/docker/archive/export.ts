import { join } from "node:path";
import type { Readable } from "node:stream";
import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { list, number, record } from "../raw.ts";
import type { CopyOptions } from "./copy-out.ts";
import { type Copied, refuseExisting, settle, withLanding } from "./local.ts";
import { writeNew } from "./write.ts";

/**
 * Writes all files of a container, without its volumes, to a tar on this machine that only its owner may read. The file
 * gets its name when it is complete. The total is the engine's estimate, and known after a while only.
 */
export async function exportTo(
  gate: Gate,
  container: { id: string; name: string },
  target: string,
  { signal, existing, onProgress }: CopyOptions,
): Promise<Copied> {
  const overwrite = existing === "replace";
  return withLanding(target, { name: `${container.name}.tar`, overwrite }, async ({ work, final }) => {
    const estimate = estimateSize(gate, container.id, signal);
    const tar = join(work, "whole");
    const bytes = await writeTar(await gate.open(`/containers/${container.id}/export`, {}, signal), tar, {
      signal,
      tell: (done) => onProgress?.({ bytes: done, total: estimate.total(), files: 0 }),
    });
    if (!overwrite) await refuseExisting(final);
    const [left] = await settle(tar, final);
    if (left) throw new ProblemError({ kind: "conflict", message: `${final}: ${left.reason}.` });
    return { path: final, bytes, files: 1, skipped: [] };
  });
}

async function writeTar(
  source: Readable,
  path: string,
  { signal, tell }: { signal: AbortSignal; tell: (bytes: number) => void },
): Promise<number> {
  let bytes = 0;
  let tail: Buffer = Buffer.alloc(0);
  const watched = async function* () {
    for await (const piece of source as AsyncIterable<Buffer>) {
      tail =
        piece.length < endOfTar
          ? Buffer.concat([tail, piece]).subarray(-endOfTar)
          : piece.subarray(-endOfTar);
      yield piece;
    }
  };
  try {
    await writeNew(path, watched(), (length) => {
      bytes += length;
      tell(bytes);
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    source.destroy();
  }
  // The engine has no other way to tell that it could not go on than to stop.
  if (tail.length === endOfTar && tail.every((byte) => byte === 0)) return bytes;
  throw new ProblemError({ kind: "lost", message: "The engine broke off before the end of the export." });
}

/** Two blocks of zeros. */
const endOfTar = 1024;

/** Asks for the size of a container's files meanwhile, since the engine walks them all; nothing waits for the answer. */
function estimateSize(gate: Gate, id: string, signal: AbortSignal) {
  let total: number | undefined;
  const query = { all: 1, size: 1, filters: JSON.stringify({ id: [id] }) };
  gate.call("GET", "/containers/json", query, signal).then(
    (rows) => {
      total = number(record(list(rows)[0]).SizeRootFs) || undefined;
    },
    () => undefined,
  );
  return { total: () => total };
}
