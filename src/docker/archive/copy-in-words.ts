import { ProblemError } from "../errors.ts";
import { text } from "../raw.ts";

/** What the engine says when it cannot unpack, and what that means. */
const meanings: readonly [pattern: RegExp, sentence: (path: string) => string][] = [
  [/marked read-only|read-only file system/i, (path) => `${path} is on a filesystem that can only be read.`],
  [/no space left on device/i, (path) => `There is no space left in the container for ${path}.`],
  [/disk quota exceeded/i, (path) => `The disk quota does not allow ${path}.`],
  [/cannot overwrite/i, (path) => `In ${path} a file and a folder have the same name.`],
  [/device or resource busy/i, (path) => `${path} is mounted by itself, and cannot be replaced.`],
  [
    /^.*\blink\b.*(not permitted|not supported|cross-device)/i,
    (path) => `The filesystem of ${path} has no hard links, so nothing can be copied to it safely.`,
  ],
  [/size mismatch/i, () => "A file became smaller while it was copied. Nothing was copied; try again."],
];

/** An error of an upload to that path in words, where the engine's own say little. */
export function inWords(error: unknown, path: string): unknown {
  const { message = "", json } = error as { message?: string; json?: { message?: unknown } };
  const said = `${message} ${typeof json?.message === "string" ? json.message : ""}`;
  const sentence = meanings.find(([pattern]) => pattern.test(said))?.[1](text(path));
  return sentence === undefined ? error : new ProblemError({ kind: "other", message: sentence });
}
