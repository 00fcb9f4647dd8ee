import type { LogLine } from "../../../docker/logs.ts";
import { plainLine } from "../../../format/log/plain-line.ts";
import { type Hiding, hidingFacts, readHiding } from "../shown.ts";
import { createSift } from "../sieve.ts";

/** Lets through what is shown of the next lines of a log; what stands around a match waits for it here. */
export type Sieve = (lines: readonly LogLine[]) => LogLine[];

/** A sieve that leaves out what `createShown` hides, for lines that come one after the other and are not kept. */
export function createSieve(hiding: Hiding): Sieve {
  const { isOpen, passes } = readHiding(hiding, ({ text }) => plainLine(text));
  const sift = createSift({ passes, context: hiding.context });
  return (lines) => sift(lines).filter(isOpen);
}

/** What is hidden, in words; empty when nothing is. */
export function hidingWords(hiding: Hiding): string {
  return hidingFacts(hiding, `without ${[...hiding.muted].join(", ")}`).join(" · ");
}
