import type { LogLine } from "./logs.ts";
import type { Readable } from "./store.ts";

/** How much of a log is kept; the oldest lines go first. */
export type LogLimits = { lines: number; bytes: number };

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
  /** Puts older lines before the first; those that do not fit the limits are left out. */
  prepend(lines: readonly LogLine[]): void;
  /** Lines that went because of the limits. */
  dropped(): number;
  full(): boolean;
  clear(): void;
};

/** Where a log stands: being opened, flowing, ended with its container, or not to be had. */
export type FeedState = {
  status: "opening" | "following" | "ended" | "failed";
  /** Why it ended or failed, for a person. */
  reason?: string;
  older: "more" | "loading" | "none" | "full";
  /** Changes with every line. */
  version: number;
};

/** Lines that keep flowing into a buffer: a container's log, what a program writes. */
export type LogFeed = Readable<FeedState> & {
  buffer: LogBuffer;
  /** Fetches a page of lines older than the first one kept. */
  loadOlder(): void;
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
      let from = older.length;
      while (from > 0 && count() + older.length - from < limits.lines) {
        const size = sizeOf(older[from - 1]);
        if (bytes + size > limits.bytes) break;
        bytes += size;
        from -= 1;
      }
      lines = [...older.slice(from), ...lines.slice(head)];
      head = 0;
      first -= older.length - from;
    },
    dropped: () => dropped,
    full: () => count() >= limits.lines || bytes >= limits.bytes * 0.99,
    clear() {
      first += count();
      lines = [];
      head = 0;
      bytes = 0;
    },
  };
}

/** Roughly what a line takes in memory, in bytes. */
function sizeOf(line: LogLine | undefined): number {
  return line === undefined ? 0 : line.text.length + 96;
}
