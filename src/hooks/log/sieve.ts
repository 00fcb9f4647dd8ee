import type { LogSieve } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";

/** What a sieve keeps of a log that is read at both ends. */
export type Sifted = {
  /** Of lines that follow upon the last ones. */
  below(lines: readonly LogLine[]): LogLine[];
  /** Of the lines right above the first ones; lines around that lie on both sides of a page are kept too. */
  above(page: readonly LogLine[]): LogLine[];
  /** How many lines were looked through. */
  looked(): number;
};

/** Begins to sift. */
export function createSifted({ passes, context }: LogSieve): Sifted {
  let looked = 0;
  /** The first lines that were looked through, and those of them that are kept. */
  let edge: readonly LogLine[] = [];
  let keptOfEdge: readonly LogLine[] = [];
  const onwards = createSift({ passes, context });
  return {
    below(lines) {
      looked += lines.length;
      const kept = onwards(lines);
      if (edge.length < context) {
        edge = [...edge, ...lines].slice(0, context);
        keptOfEdge = [...keptOfEdge, ...kept];
      }
      return kept;
    },
    above(page) {
      looked += page.length;
      const kept = createSift({ passes, context })([...page, ...edge]);
      const fresh = kept.filter((line) => !keptOfEdge.includes(line));
      edge = [...page, ...edge].slice(0, context);
      keptOfEdge = kept.filter((line) => edge.includes(line));
      return fresh;
    },
    looked: () => looked,
  };
}

/** Keeps the lines that pass and so many around each, of lines that come in parts. */
export function createSift({ passes, context }: LogSieve): (lines: readonly LogLine[]) => LogLine[] {
  let before: LogLine[] = [];
  let after = 0;
  return (lines) => {
    const kept: LogLine[] = [];
    for (const line of lines) {
      if (passes(line)) {
        kept.push(...before, line);
        before = [];
        after = context;
      } else if (after > 0) {
        kept.push(line);
        after -= 1;
      } else if (context > 0) before = [...before, line].slice(-context);
    }
    return kept;
  };
}
