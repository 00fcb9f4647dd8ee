import { join } from "node:path";
import { refuseExisting, settle, withLanding } from "./local.ts";
import { writeNew } from "./write.ts";

/** How a text is saved. */
export type SaveOptions = {
  /** Its name where the target is a folder. */
  name: string;
  signal?: AbortSignal;
  /** Told how many bytes each piece has. */
  onPiece?(bytes: number): void;
};

/**
 * Writes a text as it comes to a new file of this machine that only its owner may open: at that path, or in the folder
 * there. The file gets its name when it is complete, and nothing is left of one that is not. Rejects when there is one.
 */
export async function saveFile(
  target: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  { name, signal, onPiece }: SaveOptions,
): Promise<{ path: string; bytes: number }> {
  return withLanding(target, { name, overwrite: false }, async ({ work, final }) => {
    const whole = join(work, "whole");
    let bytes = 0;
    try {
      await writeNew(whole, asBytes(pieces, signal), (length) => {
        bytes += length;
        onPiece?.(length);
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
    signal?.throwIfAborted();
    await refuseExisting(final);
    await settle(whole, final);
    return { path: final, bytes };
  });
}

async function* asBytes(
  pieces: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield Buffer.from(piece);
  }
}
