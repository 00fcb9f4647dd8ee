import { ProblemError } from "../../docker/errors.ts";
import type { LogBuffer, LogPlace } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createPages, type Pages, pageAbove, pageLines } from "./pages.ts";
import { headOf, stampOf } from "./places.ts";
import { createLogReader, firstLine, type LogReader, type ReadLog } from "./reader.ts";

/**
 * The stretch of a log that a buffer keeps, and how it grows. `live`: it reaches to the end, and new lines join it. Else
 * more follows below; how much is known only where the stretch once reached to the end.
 */
export type Stretch = {
  isLive(): boolean;
  /** New lines at the end of the log: they join it, or count as what follows below. */
  arrive(lines: readonly LogLine[]): void;
  /** Lines of the log are missing here, as that line says. */
  lose(remark: LogLine): void;
  /** Fetches a page above the first line kept, none older than a stamp; resolves with whether there may be more. */
  older(since: string, signal: AbortSignal): Promise<boolean>;
  /** Fetches a page below the last line kept; resolves with whether the end of the log, as it was then, is reached. */
  newer(): Promise<boolean>;
  /** With these lines what is kept reaches to the end of the log: new lines join it again. */
  join(lines: readonly LogLine[]): void;
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
  let pages: Pages | undefined;
  /** Counts the places that were gone to. */
  let turn = 0;

  const count = () => buffer.end() - buffer.first();
  const detach = () => {
    pages?.close();
    pages = undefined;
  };
  const add = (lines: number) => {
    if (below !== undefined) below += lines;
    if (within !== undefined) within += lines;
  };
  /** New lines do not join it any more: else the first ones went while one reads up. */
  const hold = () => {
    if (live) below = 0;
    live = false;
  };
  const toEnd = (isLive: boolean) => {
    detach();
    live = isLive;
    below = isLive ? 0 : undefined;
    within = undefined;
  };

  /** Among how many last lines older ones are: the engine counts from the end, else it reads from the beginning. */
  function tailAbove(): number | undefined {
    const newer = below === undefined ? within : count() + below;
    return newer === undefined ? undefined : newer + pageLines;
  }

  /** What is kept was found among so many last lines: more came than arrived here yet. */
  function reaches(tail: number | undefined): void {
    if (!live) below = undefined;
    within = tail;
  }

  function prepend(page: readonly LogLine[]): void {
    const gone = buffer.prepend(page);
    if (within !== undefined) within += page.length;
    if (gone === 0) return;
    hold();
    if (below !== undefined) below += gone;
    detach();
  }

  return {
    isLive: () => live,
    arrive(lines) {
      if (live) buffer.append(lines);
      else add(lines.length);
    },
    lose(remark) {
      if (live) buffer.append([remark]);
      below = live ? 0 : undefined;
      within = undefined;
    },
    async older(since, signal) {
      const here = turn;
      for (let tries = 0; tries < 3; tries += 1) {
        const head = headOf(buffer);
        if (!head) return false;
        const expected = tailAbove();
        const above = await pageAbove(read, head, { tail: expected, signal });
        if (here !== turn) return true;
        if (headOf(buffer)?.[0] !== head[0]) {
          hold();
          continue;
        }
        if (above.whole) buffer.replace(head[0], above.whole);
        if (above.tail !== expected) reaches(above.tail);
        const page = above.lines.filter(({ stamp }) => stamp >= since);
        prepend(page);
        return page.length > 0 && page.length === above.lines.length;
      }
      return true;
    },
    async newer() {
      pages ??= createPages(read, buffer, below ?? within);
      const mine = pages;
      const { lines, done } = await mine.next().catch((error: unknown) => {
        if (pages !== mine) return nothing;
        detach();
        throw error;
      });
      if (pages !== mine) return false;
      buffer.append(lines);
      if (below !== undefined) below = Math.max(0, below - lines.length);
      if (done) detach();
      return done;
    },
    join(lines) {
      buffer.append(lines);
      toEnd(true);
    },
    async begin(place, signal) {
      turn += 1;
      const here = turn;
      const { reader, lines, tail } = await openAt(read, place, signal);
      if (here !== turn) {
        reader.close();
        return true;
      }
      toEnd(false);
      within = tail;
      pages = { next: () => reader.next(pageLines), close: reader.close };
      buffer.clear();
      buffer.append(lines);
      return place !== "start";
    },
    beginLive() {
      turn += 1;
      toEnd(true);
      buffer.clear();
    },
  };
}

const nothing = { lines: [], done: false };

/** The engine finds the last so many lines at once, and a moment only by reading up to it. */
const reaches = [1_000, 8_000, 64_000, 512_000, undefined];

/** Behind every stamp. */
const never = "~";

/** Reads from a place on; `tail`: so many lines at most lie between it and the end of the log. */
async function openAt(
  read: ReadLog,
  place: Exclude<LogPlace, "end">,
  signal: AbortSignal,
): Promise<{ reader: LogReader; lines: readonly LogLine[]; tail: number | undefined }> {
  if (place === "start") {
    const reader = createLogReader(read, {});
    return { reader, lines: (await reader.next(pageLines)).lines, tail: undefined };
  }
  const until = stampOf(place.at - 1);
  for (const tail of reaches) {
    const range = tail === undefined ? {} : { tail };
    // By the first of the last lines: asked for those until a moment, journald counts back from there.
    const isFar = async () =>
      tail === undefined || ((await firstLine(read, { tail }, signal))?.stamp ?? never) <= until;
    if (!(await isFar())) continue;
    const reader = createLogReader(read, { ...range, since: stampOf(place.at) });
    const { lines } = await reader.next(pageLines);
    if (lines.length === 0)
      throw new ProblemError({ kind: "other", message: "The log has no line so late." });
    // Lines that were written meanwhile move that reach on: it was far enough if it still is.
    if (await isFar()) return { reader, lines, tail };
    reader.close();
  }
  throw new Error("unreachable");
}
