import type { LogBuffer, LogPlace } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { behind, firstTies, lastOf, type Position } from "./position.ts";
import { createLogReader, hasLine, type LogReader, type ReadLog, readLast } from "./reader.ts";

/** Lines fetched at a time. */
export const pageLines = 1_000;

/**
 * The stretch of a log that a buffer keeps, and how it grows. `live`: it reaches to the end, and new lines join it. Else
 * more follows below; how much is known only where the stretch once reached to the end.
 */
export type Stretch = {
  isLive(): boolean;
  /** New lines at the end of the log: they join it, or count as what follows below. */
  arrive(lines: readonly LogLine[]): void;
  /** It is not known any more what follows. */
  lose(): void;
  /** Fetches a page above the first line kept; resolves with whether there may be more. */
  older(signal: AbortSignal): Promise<boolean>;
  /** Fetches a page below the last line kept; resolves with the end's position when that is reached. */
  newer(): Promise<Position | undefined>;
  /** What is kept reaches to the end of the log: new lines join it again. */
  join(): void;
  /** Begins anew at a place; resolves when its first lines are there, with whether there may be older ones. */
  begin(place: Exclude<LogPlace, "end">, signal: AbortSignal): Promise<boolean>;
  /** Begins anew at the end: empty, and what comes joins it. */
  beginLive(): void;
};

/** A stretch of the log that `read` reads. */
export function createStretch(buffer: LogBuffer, read: ReadLog): Stretch {
  let live = true;
  /** Lines that follow below, where that is known; and so many at most from the first line kept to the end. */
  let below: number | undefined = 0;
  let within: number | undefined;
  let reader: LogReader | undefined;

  const count = () => buffer.end() - buffer.first();
  const detach = () => {
    reader?.close();
    reader = undefined;
  };
  const add = (lines: number) => {
    if (below !== undefined) below += lines;
    if (within !== undefined) within += lines;
  };

  /** Where older lines are among: the engine counts from the end, and without a count reads from the beginning. */
  function tailAbove(): { tail?: number } {
    const newer = below === undefined ? within : count() + below;
    return newer === undefined ? {} : { tail: newer + pageLines };
  }

  function openBelow(): LogReader {
    const { stamp, count: ties } = lastOf(buffer);
    const tail = below === undefined ? within : below + ties + slack;
    return createLogReader(read, { since: stamp, ...(tail === undefined ? {} : { tail }) });
  }

  return {
    isLive: () => live,
    arrive(lines) {
      if (live) buffer.append(lines);
      else add(lines.length);
    },
    lose() {
      below = live ? 0 : undefined;
      within = undefined;
    },
    async older(signal) {
      const until = buffer.get(buffer.first())?.stamp;
      if (until === undefined) return false;
      const ties = firstTies(buffer);
      const found = await readLast(read, { until, ...tailAbove() }, { count: pageLines + ties, signal });
      if (buffer.get(buffer.first())?.stamp !== until || firstTies(buffer) !== ties) return true;
      const page = found.slice(0, found.length - ties);
      const gone = buffer.prepend(page);
      if (gone > 0) {
        if (live) below = 0;
        live = false;
        if (below !== undefined) below += gone;
        detach();
      }
      if (within !== undefined) within += page.length;
      return page.length > 0;
    },
    async newer() {
      const from = lastOf(buffer);
      const isNew = reader ? () => true : behind(from);
      reader ??= openBelow();
      const mine = reader;
      const { lines, done } = await mine.next(pageLines);
      if (reader !== mine) return undefined;
      const fresh = lines.filter(isNew);
      buffer.append(fresh);
      if (below !== undefined) below = Math.max(0, below - fresh.length);
      if (!done) return undefined;
      detach();
      return lastOf(buffer);
    },
    join() {
      live = true;
      below = 0;
      within = undefined;
    },
    async begin(place, signal) {
      detach();
      live = false;
      below = undefined;
      within = place === "start" ? undefined : await reachOf(read, place.at, signal);
      const range =
        place === "start" ? {} : { since: stampOf(place.at), ...(within ? { tail: within } : {}) };
      const mine = createLogReader(read, range);
      reader = mine;
      const { lines } = await mine.next(pageLines);
      if (reader !== mine) return false;
      buffer.clear();
      buffer.append(lines);
      return place !== "start";
    },
    beginLive() {
      detach();
      live = true;
      below = 0;
      within = undefined;
      buffer.clear();
    },
  };
}

/** So many lines more are asked for than are known to follow. */
const slack = 100;

/** The engine finds the last so many lines at once, and a moment only by reading up to it. */
const reaches = [1_000, 8_000, 64_000, 512_000];

/** How many lines from the end reach back to a moment; undefined when it is further away than pays. */
async function reachOf(read: ReadLog, at: number, signal: AbortSignal): Promise<number | undefined> {
  for (const tail of reaches) if (await hasLine(read, { tail, until: stampOf(at - 1) }, signal)) return tail;
  return undefined;
}

/** A moment (unix ms) as a log's lines have it. */
export function stampOf(moment: number): string {
  return new Date(moment).toISOString();
}
