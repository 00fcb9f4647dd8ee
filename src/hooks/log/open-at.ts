import { ProblemError } from "../../docker/errors.ts";
import type { LogPlace } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { pageLines } from "./pages.ts";
import { stampOf } from "./places.ts";
import { createLogReader, firstLine, type LogReader, type ReadLog } from "./reader.ts";

/** The engine finds the last so many lines at once, and a moment only by reading up to it. */
export const reaches = [1_000, 8_000, 64_000, 512_000, undefined] as const;

/** Behind every stamp. */
const never = "~";

/**
 * Whether the last so many lines (undefined: all) begin before that stamp. By the first of them: asked for those until
 * a moment, the driver journald counts back from there.
 */
export async function beginBefore(
  read: ReadLog,
  { tail, stamp }: { tail: number | undefined; stamp: string },
  signal: AbortSignal,
): Promise<boolean> {
  return tail === undefined || ((await firstLine(read, { tail }, signal))?.stamp ?? never) < stamp;
}

/** Reads from a place on; `tail`: so many lines at most lie between it and the end of the log. */
export async function openAt(
  read: ReadLog,
  place: Exclude<LogPlace, "end">,
  signal: AbortSignal,
): Promise<{ reader: LogReader; lines: readonly LogLine[]; tail: number | undefined }> {
  if (place === "start") {
    const reader = createLogReader(read, {});
    return { reader, lines: (await reader.next(pageLines)).lines, tail: undefined };
  }
  const stamp = stampOf(place.at);
  for (const tail of reaches) {
    const range = tail === undefined ? {} : { tail };
    const isFar = () => beginBefore(read, { tail, stamp }, signal);
    if (!(await isFar())) continue;
    const reader = createLogReader(read, { ...range, since: stamp });
    const { lines } = await reader.next(pageLines);
    if (lines.length === 0)
      throw new ProblemError({ kind: "other", message: "The log has no line so late." });
    // Lines that were written meanwhile move that reach on: it was far enough if it still is.
    if (await isFar()) return { reader, lines, tail };
    reader.close();
  }
  throw new Error("unreachable");
}
