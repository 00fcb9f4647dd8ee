import type { LogLine } from "./logs.ts";
import type { Readable } from "./store.ts";

/** How much of a log is kept; the oldest lines go first. */
export type LogLimits = { lines: number; bytes: number };

/** How much of a log is kept unless the person chose otherwise. */
export const usualLimits: LogLimits = { lines: 50_000, bytes: 64 * 1024 * 1024 };

/**
 * The kept part of a log. Lines are numbered in the order of the log: newer ones upwards from 0, older ones fetched
 * later below it, so that a number keeps its meaning while the buffer grows at both ends.
 */
export type LogBuffer = {
  /** The number of the oldest kept line, and one past the newest. */
  first(): number;
  end(): number;
  get(number: number): LogLine | undefined;
  append(lines: readonly LogLine[]): void;
  /** Puts older lines before the first. The newest ones make room for them: answers how many went. */
  prepend(lines: readonly LogLine[]): number;
  /** Puts a line in the place of one that is kept. */
  replace(line: LogLine, by: LogLine): void;
  /** Whether so many more can be kept without one going. */
  fits(lines: readonly LogLine[]): boolean;
  /** Lets go of the lines before that number. */
  forget(before: number): void;
  /** Lines at the beginning that went because of the limits, or were let go. */
  dropped(): number;
  clear(): void;
  /** Takes away the lines from that number on, and answers them. */
  cut(from: number): readonly LogLine[];
  /** How often it was cleared or cut: then the same numbers may be those of other lines. */
  clearings(): number;
};

/** Where a log stands: being opened, flowing, ended with its container, or not to be had. */
export type FeedState = {
  status: "opening" | "following" | "ended" | "failed";
  /** Why it ended or failed, for a person. */
  reason?: string;
  older: "more" | "loading" | "none";
  /** Whether what is kept reaches to the end of the log, or more follows below it. */
  newer: "live" | "more" | "loading";
  /** How many lines were looked through where only those are kept that pass a sieve. */
  looked?: number | undefined;
  /** Changes with every line. */
  version: number;
};

/** A place in a log: its first line, or that of what it is narrowed to; its end; the first of a moment (unix ms) or later. */
export type LogPlace = "start" | "end" | { at: number };

/** Keeps only lines that pass, and so many lines around each of them. */
export type LogSieve = { passes(line: LogLine): boolean; context: number };

/** A search beyond what is kept of a log. */
export type LogSearch = {
  direction: 1 | -1;
  /** The first or last line that is kept: beyond it is searched. */
  from: LogLine;
  /** That line is of another log that is read together with this one. */
  isOther?: boolean;
  passes(line: LogLine): boolean;
  signal: AbortSignal;
  /** Called after each batch: so many more lines were looked through. */
  looked(lines: number): void;
};

/** Going about in a log. */
export type LogPlaces = {
  /** While it is held, no line that is kept goes for a new one: where there is no room the new ones wait below. */
  hold(isHeld: boolean): void;
  /** Lets go of all that is kept: what comes at the end of the log is the first again. */
  clear(): void;
  /** Goes to another place; resolves when its first lines are there, rejects with why they cannot be had. */
  seek(place: LogPlace): Promise<void>;
  /** Keeps to lines of that moment (unix ms) and later; undefined: to the whole log. */
  narrow(since: number | undefined): void;
  /** Reads all of it, or of what it is narrowed to, and keeps only what a sieve leaves; undefined: every line again. */
  sieve(sieve: LogSieve | undefined): void;
  /** The nearest line beyond what is kept that passes; undefined when there is none. Rejects when it cannot be read. */
  search(search: LogSearch): Promise<LogLine | undefined>;
};

/**
 * Lines that keep flowing into a buffer: a container's log, what a program writes. What is kept is one stretch of the
 * log without gaps, which grows at both ends as it is read, and is replaced when one goes to another place.
 */
export type LogFeed = Readable<FeedState> & {
  buffer: LogBuffer;
  /** Fetches a page of lines older than the first one kept. */
  loadOlder(): void;
  /** Fetches a page of lines below the last one kept, where that is not the end of the log. */
  loadNewer(): void;
  /** Going about in a log; absent where all there is is kept. */
  places?: LogPlaces;
  /** Lines that came in the last seconds, per second. */
  rate(): number;
  /** Keeps them flowing until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
};

/** An empty buffer. */
export function createLogBuffer(limits: LogLimits): LogBuffer {
  let lines: (LogLine | undefined)[] = [];
  let head = 0;
  let first = 0;
  let bytes = 0;
  let dropped = 0;
  let clearings = 0;
  const count = () => lines.length - head;
  const dropOldest = () => {
    bytes -= sizeOf(lines[head]);
    lines[head] = undefined; // it must not stay in memory until the next compaction
    head += 1;
    first += 1;
    dropped += 1;
  };
  const compact = () => {
    if (head < 4096 || head < lines.length / 2) return;
    lines = lines.slice(head);
    head = 0;
  };
  const over = () => count() > limits.lines || bytes > limits.bytes;
  return {
    first: () => first,
    end: () => first + count(),
    get: (number) => (number < first ? undefined : lines[head + number - first]),
    append(more) {
      for (const line of more) {
        lines.push(line);
        bytes += sizeOf(line);
        while (over() && count() > 1) dropOldest();
      }
      compact();
    },
    prepend(older) {
      lines = [...older, ...lines.slice(head)];
      head = 0;
      first -= older.length;
      for (const line of older) bytes += sizeOf(line);
      let gone = 0;
      for (; over() && count() > older.length + 1; gone += 1) bytes -= sizeOf(lines.pop());
      // A page that is larger than all that may be kept loses its own beginning.
      while (over() && count() > 1) dropOldest();
      return gone;
    },
    replace(line, by) {
      const at = lines.indexOf(line, head);
      if (at < 0) return;
      bytes += sizeOf(by) - sizeOf(line);
      lines[at] = by;
    },
    fits(more) {
      const size = more.reduce((sum, line) => sum + sizeOf(line), bytes);
      return count() + more.length <= limits.lines && size <= limits.bytes;
    },
    forget(before) {
      while (first < before && count() > 0) dropOldest();
      compact();
    },
    dropped: () => dropped,
    clear() {
      first += count();
      lines = [];
      head = 0;
      bytes = 0;
      clearings += 1;
    },
    cut(from) {
      const gone = lines.splice(head + from - first) as LogLine[];
      for (const line of gone) bytes -= sizeOf(line);
      clearings += 1;
      return gone;
    },
    clearings: () => clearings,
  };
}

/** Roughly what a line takes in memory, in bytes. */
function sizeOf(line: LogLine | undefined): number {
  return line === undefined ? 0 : line.text.length + 96;
}
