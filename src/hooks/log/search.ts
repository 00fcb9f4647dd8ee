import type { LogSearch } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { beginBefore, reaches } from "./open-at.ts";
import { isEndOf, reachingBack, reachingOn } from "./places.ts";
import type { ReadLog } from "./reader.ts";

/** Where no lines before a stamp are wanted, `since` says so. */
type Search = LogSearch & { since?: string };

/** The nearest line that passes, of the log that `read` reads; undefined when there is none. Rejects as reading does. */
export async function searchLog(read: ReadLog, search: Search): Promise<LogLine | undefined> {
  const found = await (search.direction < 0 ? searchUp(read, search) : searchDown(read, search));
  search.signal.throwIfAborted();
  return found;
}

/** The engine counts from the end: further and further back it sends what is above the part before. */
async function searchUp(read: ReadLog, search: Search): Promise<LogLine | undefined> {
  const { from, signal, since } = search;
  let until = search.isOther ? from.stamp : reachingOn(from);
  let isAbove = search.isOther === true;
  for (const tail of reaches) {
    const range = {
      until,
      ...(since === undefined ? {} : { since }),
      ...(tail === undefined ? {} : { tail }),
    };
    const part = await lookThrough(read({ ...range, follow: false }, signal), search, isAbove);
    if (part.found) return part.found;
    // By stamps alone lines of one moment cannot be told from what is below.
    isAbove ||= part.isAbove && part.first !== undefined && part.first.stamp < from.stamp;
    if (isAbove) until = part.first?.stamp ?? until;
  }
  return undefined;
}

/** Looks through the lines of a part of the log that are above `from`: all, or those up to it. */
async function lookThrough(
  batches: AsyncIterable<readonly LogLine[]>,
  { from, passes, looked }: Search,
  isAbove: boolean,
): Promise<{ first: LogLine | undefined; found: LogLine | undefined; isAbove: boolean }> {
  let first: LogLine | undefined;
  let last: LogLine | undefined;
  let earlier: LogLine | undefined;
  for await (const lines of batches) {
    const end = isAbove ? -1 : lines.findIndex((line) => isEndOf(from, line));
    const above = end < 0 ? lines : lines.slice(0, end);
    first ??= above[0];
    looked(above.length);
    last = above.findLast(passes) ?? last;
    if (!isAbove) earlier = above.findLast((line) => line.stamp < from.stamp && passes(line)) ?? earlier;
    if (end >= 0) return { first, found: last, isAbove: true };
  }
  // Where it was not come across, only stamps tell what is above: the part may begin below it.
  return { first, found: isAbove ? last : earlier, isAbove };
}

async function searchDown(
  read: ReadLog,
  { from, passes, signal, looked, isOther }: Search,
): Promise<LogLine | undefined> {
  const since = reachingBack(from);
  const tail = await reachOf(read, since, signal);
  let isBehind = isOther === true;
  const range = { since, follow: false, ...(tail === undefined ? {} : { tail }) };
  for await (const lines of read(range, signal)) {
    const at: number = isBehind ? -1 : lines.findLastIndex((line) => isEndOf(from, line));
    isBehind ||= at >= 0 || lines.some(({ stamp }) => stamp > reachingOn(from));
    if (!isBehind) continue;
    const found = lines.slice(at + 1).find(passes);
    looked(lines.length);
    if (found) return found;
  }
  return undefined;
}

/** Among how many last lines those of a stamp are; undefined is all. */
async function reachOf(read: ReadLog, stamp: string, signal: AbortSignal): Promise<number | undefined> {
  for (const tail of reaches) if (await beginBefore(read, { tail, stamp }, signal)) return tail;
  return undefined;
}
