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
async function searchUp(
  read: ReadLog,
  { from, passes, signal, looked, since }: Search,
): Promise<LogLine | undefined> {
  const earliest = since === undefined ? {} : { since };
  let until = reachingOn(from);
  for (const tail of reaches) {
    let first: LogLine | undefined;
    let found: LogLine | undefined;
    const range = { ...earliest, until, follow: false, ...(tail === undefined ? {} : { tail }) };
    for await (const lines of read(range, signal)) {
      first ??= lines[0];
      const end = lines.findIndex((line) => isEndOf(from, line));
      const above = end < 0 ? lines : lines.slice(0, end);
      found = above.findLast(passes) ?? found;
      looked(above.length);
      if (end >= 0) break;
    }
    if (found) return found;
    until = first?.stamp ?? until;
  }
  return undefined;
}

async function searchDown(
  read: ReadLog,
  { from, passes, signal, looked }: Search,
): Promise<LogLine | undefined> {
  const since = reachingBack(from);
  const tail = await reachOf(read, since, signal);
  let isBehind = false;
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
