import type { Readable } from "node:stream";
import type { Header } from "tar-stream";
import { ProblemError } from "../errors.ts";
import type { FileKind } from "./stat.ts";

const kinds: Partial<Record<NonNullable<Header["type"]>, FileKind>> = {
  file: "file",
  "contiguous-file": "file",
  link: "file",
  directory: "folder",
  symlink: "link",
};

/** An entry of a tar, and its contents. */
export type Entry = AsyncIterable<Buffer> & { header: Header };

/** What a tar entry stands for; a hard link is a file. */
export function kindOfEntry({ type }: Header): FileKind {
  return (type && kinds[type]) || "other";
}

/**
 * The names on the way to an entry, as raw as the tar has them: `./a/b/` and `/a/b` are a, b. Undefined for a name that
 * leads elsewhere: one with `..` in it, or with a zero byte.
 */
export function stepsOf(name: string): string[] | undefined {
  const steps = name.split("/").filter((step) => step !== "" && step !== ".");
  return steps.includes("..") || name.includes("\0") ? undefined : steps;
}

/** Whether a name of the tar was not UTF-8: it cannot be asked for again, nor written as it is. */
export function isMangled(name: string): boolean {
  return name.includes("\ufffd");
}

/** The entries of a tar as they arrive; what is not read of an entry is passed over. Ends the source when left. */
export async function* tarEntries(source: Readable, signal: AbortSignal): AsyncGenerator<Entry> {
  let broken: Error | undefined;
  source.on("error", (error) => {
    broken = error;
  });
  /** A broken stream says no more than "aborted" or "destroyed", and says it to whoever reads at that moment. */
  const told = (error: unknown) => (signal.aborted ? signal.reason : (broken ?? torn(error)));
  const { extract } = await import("tar-stream"); // the bundle evaluates it here, not at every start
  const reader = extract();
  try {
    source.once("error", (error) => reader.destroy(error));
    if (broken) throw broken;
    source.pipe(reader);
    for await (const entry of reader) {
      yield {
        header: entry.header,
        [Symbol.asyncIterator]: () => failing(entry as AsyncIterable<Buffer>, told),
      };
      entry.resume();
    }
  } catch (error) {
    throw told(error);
  } finally {
    source.destroy();
    reader.destroy();
  }
}

/** The pieces of an entry, its errors in other words. By hand: a generator in between costs a fifth of the speed. */
function failing(pieces: AsyncIterable<Buffer>, told: (error: unknown) => unknown): AsyncIterator<Buffer> {
  const iterator = pieces[Symbol.asyncIterator]();
  const fail = (error: unknown) => Promise.reject(told(error));
  return {
    next: () => iterator.next().catch(fail),
    return: async () => (await iterator.return?.()) ?? { value: undefined, done: true },
  };
}

/** The engine has no other way to tell that it could not read on: the tar just ends. */
function torn(error: unknown): unknown {
  const said = error instanceof Error ? error.message : "";
  if (!/^(Unexpected end of data|Stream was destroyed|Invalid tar header)/.test(said)) return error;
  return new ProblemError({
    kind: "lost",
    message: "The engine broke off in the midst of the files.",
    hint: "Was the container removed, or a file of it changed? Try again.",
  });
}
