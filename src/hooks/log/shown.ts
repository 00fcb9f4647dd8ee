import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import type { Pattern } from "../../format/log/filter.ts";
import { createMatches, indexFrom } from "./matches.ts";

/** What hides lines of a log. */
export type Hiding = {
  streams: "both" | "out" | "err";
  /** Lines must pass all of them. */
  filters: readonly Pattern[];
  /** So many lines around one that passes the filters are shown too. */
  context: number;
  /** Whose lines are left out, where several logs are read as one. */
  muted: ReadonlySet<string>;
};

/** Nothing is hidden. */
export const nothingHidden: Hiding = { streams: "both", filters: [], context: 0, muted: new Set() };

/** What is hidden, each as words for a title; `muted` says whose lines are left out. */
export function hidingFacts(hiding: Hiding, muted: string): string[] {
  const { streams, filters, context } = hiding;
  return [
    ...filters.map(({ source }) => `& ${source}`),
    filters.length > 0 && context > 0 ? `±${context}` : "",
    hiding.muted.size > 0 ? muted : "",
    streams === "both" ? "" : streams === "out" ? "stdout only" : "stderr only",
  ].filter((word) => word !== "");
}

/** Which lines of a buffer are shown. */
export type Shown = {
  /** Whether nothing hides that line, kept or not; lines around those that pass the filters are not asked for. */
  passes(line: LogLine): boolean;
  has(number: number): boolean;
  /** The shown line so many further down, or up, as far as there are any. */
  step(from: number, lines: number): number;
  /** How many of the kept lines pass; undefined when nothing is hidden. */
  passing(): number | undefined;
};

/** Which lines are open at all, and which of those pass the filters; `plain` is a line as it is searched. */
export function readHiding(
  { streams, filters, muted }: Hiding,
  plain: (line: LogLine) => string,
): { isOpen(line: LogLine): boolean; passes(line: LogLine): boolean } {
  const isOpen = ({ stream, from }: LogLine) =>
    (streams === "both" || stream === streams) && (from === undefined || !muted.has(from));
  return {
    isOpen,
    passes(line) {
      if (!isOpen(line)) return false;
      const text = filters.length === 0 ? "" : plain(line);
      return filters.every((filter) => filter.test(text));
    },
  };
}

/** What of that buffer is shown when that is hidden; `plain` is a line as it is searched. */
export function createShown(buffer: LogBuffer, hiding: Hiding, plain: (line: LogLine) => string): Shown {
  const { streams, filters, context, muted } = hiding;
  const isAll = streams === "both" && filters.length === 0 && muted.size === 0;
  const { isOpen, passes } = readHiding(hiding, plain);
  const passing = createMatches(buffer, (number) => {
    const line = buffer.get(number);
    return line !== undefined && passes(line);
  });
  const isNear = (number: number) => {
    const all = passing.all();
    const next = all[indexFrom(all, number - context)];
    return next !== undefined && next <= number + context;
  };
  const has = (number: number) => {
    if (isAll) return true;
    const line = buffer.get(number);
    return line !== undefined && isOpen(line) && isNear(number);
  };
  return {
    passes,
    has,
    step(from, lines) {
      const direction = Math.sign(lines);
      let last = from;
      let left = Math.abs(lines);
      if (isAll) return Math.max(buffer.first(), Math.min(buffer.end() - 1, from + lines));
      for (
        let at = from + direction;
        left > 0 && at >= buffer.first() && at < buffer.end();
        at += direction
      ) {
        if (context === 0) at = nextPassing(passing.all(), at, direction);
        if (!has(at)) continue;
        last = at;
        left -= 1;
      }
      return last;
    },
    passing: () => (isAll ? undefined : passing.all().length),
  };
}

/** The next number that passes from `at` on, itself included; beyond all where there is none. */
function nextPassing(numbers: readonly number[], at: number, direction: number): number {
  const index = indexFrom(numbers, direction > 0 ? at : at + 1);
  const found = direction > 0 ? numbers[index] : numbers[index - 1];
  return found ?? direction * Number.MAX_SAFE_INTEGER;
}
