import type { LogBuffer, LogPlace, LogSieve } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { openAt } from "./open-at.ts";
import { createPages, type Pages, pageAbove, pageLines } from "./pages.ts";
import { type Head, headOf, keptFrom } from "./places.ts";
import type { ReadLog } from "./reader.ts";
import { createSifted, type Sifted } from "./sieve.ts";

/** Most of what a sieve looks through does not stay: more is fetched at a time. */
const sievedLines = 32_000;

/**
 * The stretch of a log that a buffer keeps, and how it grows. `live`: it reaches to the end, and new lines join it. Else
 * more follows below; how much is known only where the stretch once reached to the end.
 */
export type Stretch = {
  isLive(): boolean;
  /** While it is held, no line that is kept goes for a new one: it reaches to the end no more where there is no room. */
  hold(isHeld: boolean): void;
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
  /** Lets go of all that is kept; new lines at the end of the log join it. */
  clear(): void;
  /** Begins anew at the end: empty, and what comes joins it; of that only what the sieve leaves. */
  beginLive(sieve?: LogSieve): void;
  /** Nothing of the log arrived yet, or since it began anew: there is no line that older ones are above. */
  isEmpty(): boolean;
  /** How many lines the sieve looked through; undefined without one. */
  looked(): number | undefined;
};

const nothing = { lines: [], done: false };

/** A stretch of the log that `read` reads. */
export function createStretch(buffer: LogBuffer, read: ReadLog): Stretch {
  let live = true;
  /** Lines that follow below, where that is known; and so many at most from the first line kept to the end. */
  let below: number | undefined = 0;
  let within: number | undefined;
  let pages: Pages | undefined;
  /** Counts the places that were gone to. */
  let turn = 0;
  let isHeld = false;
  let sifted: Sifted | undefined;
  /** The first lines that were looked through, where not all are kept. */
  let top: Head | undefined;
  /** Pages above that are being fetched: they are looked for above the lines that are kept now. */
  let reading = 0;

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
  const leaveEnd = () => {
    if (live && !sifted) below = 0;
    live = false;
  };
  const toEnd = (isLive: boolean) => {
    detach();
    live = isLive;
    below = isLive && !sifted ? 0 : undefined;
    within = isLive && sifted ? sifted.looked() : undefined;
  };
  const appendBelow = (lines: readonly LogLine[]) => {
    if (sifted && !top) top = headOf(lines);
    buffer.append(sifted ? sifted.below(lines) : lines);
  };
  const head = () => (sifted ? top : headOf(keptFrom(buffer)));

  /** Among how many last lines older ones are: the engine counts from the end, else it reads from the beginning. */
  function tailAbove(lines: number): number | undefined {
    const newer = below === undefined ? within : count() + below;
    return newer === undefined ? undefined : newer + lines;
  }

  /** What is kept was found among so many last lines: more came than arrived here yet. */
  function reaches(tail: number | undefined): void {
    if (!live) below = undefined;
    within = tail;
  }

  function prepend(page: readonly LogLine[]): void {
    const gone = buffer.prepend(sifted ? sifted.above(page) : page);
    if (sifted) top = headOf(page) ?? top;
    if (within !== undefined) within += page.length;
    if (gone === 0) return;
    leaveEnd();
    if (below !== undefined) below += gone;
    detach();
  }

  return {
    isLive: () => live,
    hold(held) {
      isHeld = held;
    },
    arrive(lines) {
      if ((isHeld || reading > 0) && !buffer.fits(lines)) leaveEnd();
      if (live) appendBelow(lines);
      if (!live || sifted) add(lines.length);
    },
    lose(remark) {
      if (live) buffer.append([remark]);
      below = live && !sifted ? 0 : undefined;
      within = undefined;
    },
    async older(since, signal) {
      const here = turn;
      reading += 1;
      try {
        const first = head();
        if (!first) return false;
        const lines = sifted ? sievedLines : pageLines;
        const expected = tailAbove(lines);
        const above = await pageAbove(read, first, { tail: expected, lines, signal });
        if (here !== turn || head()?.[0] !== first[0]) return true;
        if (above.whole) buffer.replace(first[0], above.whole);
        if (above.tail !== expected) reaches(above.tail);
        const page = above.lines.filter(({ stamp }) => stamp >= since);
        prepend(page);
        return page.length > 0 && page.length === above.lines.length;
      } finally {
        reading -= 1;
      }
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
      appendBelow(lines);
      if (below !== undefined) below = Math.max(0, below - lines.length);
      if (done) detach();
      return done;
    },
    join(lines) {
      appendBelow(lines);
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
      sifted = undefined;
      buffer.clear();
      buffer.append(lines);
      return place !== "start";
    },
    clear() {
      turn += 1;
      toEnd(true);
      buffer.clear();
    },
    beginLive(sieve) {
      turn += 1;
      sifted = sieve && createSifted(sieve);
      top = undefined;
      toEnd(true);
      buffer.clear();
    },
    isEmpty: () => (sifted ? top === undefined : count() === 0),
    looked: () => sifted?.looked(),
  };
}
