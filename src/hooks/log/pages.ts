import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createKnown, remembered } from "./known.ts";
import { type Head, isEndOf, placeIn, remark, tailOf } from "./places.ts";
import { createLogReader, firstLine, type ReadLog, readLast } from "./reader.ts";

/** Lines fetched at a time. */
export const pageLines = 1_000;

/** Lines that are written while one asks, and pieces of long lines, which the engine counts as lines. */
const slack = 100;

/** Asks for more of a log's last lines when they were too few; undefined is all, which the engine reads slowly. */
const further = (tail: number) => (tail < 4_000_000 ? 4 * tail : undefined);

/** What is above the first lines kept. */
export type Above = {
  lines: readonly LogLine[];
  /** The first line kept, where only its end is. */
  whole?: LogLine;
  /** Among how many last lines they were found. */
  tail: number | undefined;
};

/** The page of so many lines above the first lines kept. `tail`: among how many last lines it is expected. */
export async function pageAbove(
  read: ReadLog,
  head: Head,
  { tail, lines: page, signal }: { tail: number | undefined; lines: number; signal: AbortSignal },
): Promise<Above> {
  const until = head.reduce((last, { stamp }) => (stamp > last ? stamp : last), "");
  const count = page + head.length + slack;
  for (let among = tail; ; among = await reachOf(read, head[0], { tail: among ?? 0, signal })) {
    const range = { until, ...(among === undefined ? {} : { tail: among }) };
    const found = await readLast(read, range, { count, signal });
    const at = placeIn(found, head) ?? 0;
    const line = found[at];
    const whole = line && line.text !== head[0].text && isEndOf(head[0], line) ? { whole: line } : {};
    const lines = found.slice(Math.max(0, at - page), at);
    if (lines.length > 0 || among === undefined) return { lines, ...whole, tail: among };
    const first = await firstLine(read, { until }, signal);
    if (first === undefined || isEndOf(head[0], first)) return { lines: [], ...whole, tail: among };
  }
}

/** How many last lines reach back beyond a line, more than `tail`: told by the stamp of the first of so many. */
async function reachOf(
  read: ReadLog,
  line: LogLine,
  { tail, signal }: { tail: number; signal: AbortSignal },
): Promise<number | undefined> {
  const reaches = async (lines: number) =>
    ((await firstLine(read, { tail: lines }, signal))?.stamp ?? "") < line.stamp;
  let near = tail;
  let far = further(tail);
  while (far !== undefined && !(await reaches(far))) {
    near = far;
    far = further(far);
  }
  // All lines from there on are sent: a few more questions are less work.
  for (let halves = 0; far !== undefined && halves < 4 && far - near > 8 * pageLines; halves += 1) {
    const middle = Math.round((near + far) / 2);
    if (await reaches(middle)) far = middle;
    else near = middle;
  }
  return far;
}

/** Lines read one page after the other. */
export type Pages = {
  /** The next page; `done`: the log ended with it. */
  next(): Promise<{ lines: readonly LogLine[]; done: boolean }>;
  close(): void;
};

/** The pages below the last line kept. `below`: among how many last lines they are expected. */
export function createPages(read: ReadLog, buffer: LogBuffer, below: number | undefined): Pages {
  const kept = tailOf(buffer, remembered);
  let open = openAmong(below);

  function openAmong(lines: number | undefined) {
    const known = createKnown();
    known.replace(kept, undefined);
    const since = known.again();
    const again = kept.filter(({ stamp }) => since !== undefined && stamp >= since).length;
    const tail = lines === undefined || since === undefined ? undefined : lines + again + slack;
    const range = { ...(since === undefined ? {} : { since }), ...(tail === undefined ? {} : { tail }) };
    return { known, tail, reader: createLogReader(read, range) };
  }

  async function next(): Promise<{ lines: readonly LogLine[]; done: boolean }> {
    const { known, reader, tail } = open;
    const wasLost = known.lost();
    const { lines, done } = await reader.next(pageLines);
    const fresh = known.fresh(lines);
    const isLost = known.lost() && !wasLost;
    if (isLost && tail !== undefined) {
      reader.close();
      open = openAmong(further(tail));
      return next();
    }
    if (fresh.length === 0 && !done) return next();
    return { lines: isLost ? [goneBehind(kept), ...fresh] : fresh, done };
  }
  return { next, close: () => open.reader.close() };
}

function goneBehind(kept: readonly LogLine[]): LogLine {
  return remark(kept.at(-1)?.stamp ?? "", "lines that came here are gone: the engine keeps them no longer");
}
