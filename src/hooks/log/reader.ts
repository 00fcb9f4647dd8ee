import type { LogLine, LogRange } from "../../docker/logs.ts";

/** Reads a part of a log; the signal ends it. */
export type ReadLog = (range: LogRange, signal: AbortSignal) => AsyncIterable<readonly LogLine[]>;

/** A log that is read onwards from a place, as far as one asks: the engine waits meanwhile. */
export type LogReader = {
  /** So many more lines, fewer only where the log ends: then it is `done`. One call at a time. */
  next(count: number): Promise<{ lines: readonly LogLine[]; done: boolean }>;
  close(): void;
};

/** A reader of that part of a log. */
export function createLogReader(read: ReadLog, range: Omit<LogRange, "follow">): LogReader {
  const leaving = new AbortController();
  const batches = read({ ...range, follow: false }, leaving.signal)[Symbol.asyncIterator]();
  let rest: LogLine[] = [];
  let over = false;
  return {
    async next(count) {
      while (rest.length < count && !over) {
        const { value, done } = await batches.next();
        if (done) over = true;
        else rest = rest.length === 0 ? [...value] : [...rest, ...value];
      }
      const lines = rest.slice(0, count);
      rest = rest.slice(count);
      return { lines, done: over && rest.length === 0 };
    },
    close: () => leaving.abort(),
  };
}

/** The last `count` lines of a part of a log. */
export async function readLast(
  read: ReadLog,
  range: Omit<LogRange, "follow">,
  { count, signal }: { count: number; signal: AbortSignal },
): Promise<readonly LogLine[]> {
  let last: LogLine[] = [];
  for await (const lines of read({ ...range, follow: false }, signal)) {
    last.push(...lines);
    // Not at each line: cutting costs as much as what is kept.
    if (last.length > 4 * count + 4096) last = last.slice(-count);
  }
  return last.slice(-count);
}

/** The first line of a part of a log; undefined when it has none. */
export async function firstLine(
  read: ReadLog,
  range: Omit<LogRange, "follow">,
  signal: AbortSignal,
): Promise<LogLine | undefined> {
  const enough = new AbortController();
  try {
    for await (const [line] of read({ ...range, follow: false }, AbortSignal.any([signal, enough.signal])))
      if (line) return line;
    return undefined;
  } finally {
    enough.abort();
  }
}
