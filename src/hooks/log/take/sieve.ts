import type { LogLine } from "../../../docker/logs.ts";
import { logText, plainText } from "../../../format/ansi.ts";
import type { Hiding } from "../shown.ts";

/** Lets through what is shown of the next lines of a log; what stands around a match waits for it here. */
export type Sieve = (lines: readonly LogLine[]) => LogLine[];

/** A sieve that leaves out what `createShown` hides, for lines that come one after the other and are not kept. */
export function createSieve({ streams, filters, context, muted }: Hiding): Sieve {
  const isOpen = ({ stream, from }: LogLine) =>
    (streams === "both" || stream === streams) && (from === undefined || !muted.has(from));
  const passes = (line: LogLine) => {
    if (!isOpen(line)) return false;
    const text = filters.length === 0 ? "" : plainText(logText(line.text));
    return filters.every((filter) => filter.test(text));
  };
  /** The last lines that are not shown yet, and how many of the next ones are. */
  let before: LogLine[] = [];
  let after = 0;

  function through(line: LogLine): LogLine[] {
    if (passes(line)) {
      const shown = [...before, line].filter(isOpen);
      before = [];
      after = context;
      return shown;
    }
    if (after > 0) {
      after -= 1;
      return isOpen(line) ? [line] : [];
    }
    before.push(line);
    if (before.length > context) before.shift();
    return [];
  }
  return (lines) => lines.flatMap(through);
}

/** What is hidden, in words; empty when nothing is. */
export function hidingWords({ streams, filters, context, muted }: Hiding): string {
  const words = [
    ...filters.map(({ source }) => `& ${source}`),
    filters.length > 0 && context > 0 ? `±${context}` : "",
    muted.size > 0 ? `without ${[...muted].join(", ")}` : "",
    streams === "both" ? "" : streams === "out" ? "stdout only" : "stderr only",
  ];
  return words.filter((word) => word !== "").join(" · ");
}
