import { createLogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { isSame, reachingBack } from "./places.ts";

/** So many of the last lines are remembered. */
export const remembered = 4_000;
const rememberedBytes = 8 * 1024 * 1024;

/**
 * The last lines that came of a log, which tell those that come again: when a stream is opened anew a little before its
 * end, and when the engine follows a log whose file is rotated, of which it sends lines twice.
 */
export type Known = {
  last(): LogLine | undefined;
  /** The lines that came behind that one; undefined when it is not known. */
  behind(line: LogLine): LogLine[] | undefined;
  /** A stream begins a little before the last line: answers at which stamp, undefined where nothing is known. */
  again(): string | undefined;
  /** Those of the next lines that never came, which are known now. */
  fresh(lines: readonly LogLine[]): LogLine[];
  /** Whether the stream that was opened began behind the last line: what lay between is not known. */
  lost(): boolean;
  /** Knows these lines instead, of which those behind `line` are still to come from the stream. */
  replace(lines: readonly LogLine[], line: LogLine | undefined): void;
};

/** Knows nothing yet. */
export function createKnown(): Known {
  const lines = createLogBuffer({ lines: remembered, bytes: rememberedBytes });
  /** The number of the line that comes next if lines come again. */
  let next: number | undefined;
  /** Nothing known came from the stream yet, which began before the last line. */
  let opening = false;
  let lost = false;

  const last = () => lines.get(lines.end() - 1);
  const behind = (number: number) => (number + 1 < lines.end() ? number + 1 : undefined);
  const find = (line: LogLine) => {
    for (let at = lines.end() - 1; at >= lines.first(); at -= 1) if (isSame(lines.get(at), line)) return at;
    return undefined;
  };

  function comesAgain(line: LogLine): boolean {
    if (next !== undefined && isSame(lines.get(next), line)) {
      next = behind(next);
      return true;
    }
    const isDoubtful = opening || next !== undefined || mayComeAgain(line, last());
    const at = isDoubtful ? find(line) : undefined;
    next = at === undefined ? undefined : behind(at);
    return at !== undefined;
  }

  function isFresh(line: LogLine): boolean {
    if (comesAgain(line)) {
      opening = false;
      return false;
    }
    if (!opening) return true;
    if (line.stamp <= (last()?.stamp ?? "")) return false;
    opening = false;
    lost = true;
    return true;
  }

  return {
    last,
    behind(line) {
      const at = find(line);
      if (at === undefined) return undefined;
      return Array.from({ length: lines.end() - at - 1 }, (_, index) => lines.get(at + 1 + index)).flatMap(
        (each) => each ?? [],
      );
    },
    again() {
      lost = false;
      next = undefined;
      const end = last();
      opening = end !== undefined;
      if (!end) return undefined;
      const stamp = reachingBack(end);
      next = lines.first();
      while ((lines.get(next)?.stamp ?? stamp) < stamp) next += 1;
      return stamp;
    },
    fresh(more) {
      const found: LogLine[] = [];
      for (const line of more) {
        if (!isFresh(line)) continue;
        lines.append([line]);
        found.push(line);
      }
      return found;
    },
    lost: () => lost,
    replace(instead, line) {
      lines.clear();
      lines.append(instead);
      const at = line && find(line);
      next = at === undefined ? undefined : behind(at);
      opening = line === undefined && lines.end() > lines.first();
    },
  };
}

/** No two lines of an exact clock have the same stamp; those of a coarse one may well be the same. */
function mayComeAgain(line: LogLine, last: LogLine | undefined): boolean {
  if (!last || line.stamp > last.stamp) return false;
  return line.stamp < last.stamp || !/(000|:\d\d)Z$/.test(line.stamp);
}
