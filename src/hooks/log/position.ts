import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";

/** A line of a log by its moment: it is the `count`-th of those with that stamp. None at all has no stamp. */
export type Position = { stamp: string; count: number };

/** Before the first line. */
export const nowhere: Position = { stamp: "", count: 0 };

/** The position after those lines came behind it. */
export function passed({ stamp, count }: Position, lines: readonly LogLine[]): Position {
  let at = { stamp, count };
  for (const line of lines)
    at = line.stamp === at.stamp ? { stamp: at.stamp, count: at.count + 1 } : { stamp: line.stamp, count: 1 };
  return at;
}

/** The position of the last line kept. */
export function lastOf(buffer: LogBuffer): Position {
  const stamp = buffer.get(buffer.end() - 1)?.stamp ?? "";
  let count = 0;
  while (stamp !== "" && buffer.get(buffer.end() - 1 - count)?.stamp === stamp) count += 1;
  return { stamp, count };
}

/** How many of the oldest kept lines carry the stamp of the first. */
export function firstTies(buffer: LogBuffer): number {
  const stamp = buffer.get(buffer.first())?.stamp;
  let count = 0;
  while (stamp !== undefined && buffer.get(buffer.first() + count)?.stamp === stamp) count += 1;
  return count;
}

/** Tells the lines behind a position: what is older is not, nor as many of its own moment as there were. */
export function behind({ stamp, count }: Position): (line: LogLine) => boolean {
  let known = count;
  return (line) => {
    if (count === 0 || line.stamp > stamp) return true;
    if (line.stamp < stamp) return false;
    known -= 1;
    return known < 0;
  };
}
