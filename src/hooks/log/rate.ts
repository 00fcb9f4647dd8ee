/** Seconds that a rate looks back. */
const span = 5;

/** What comes within so many ms from the beginning was written before. */
const historyMs = 500;

/** Counts what comes, and tells how much of it came per second lately. */
export type Rate = {
  /** From now on what was there comes first, and then what is new. */
  begin(): void;
  add(count: number): void;
  perSecond(): number;
};

/** A rate by that clock (ms). */
export function createRate(now: () => number): Rate {
  const counts = new Map<number, number>();
  let began = now();
  const second = () => Math.floor(now() / 1000);
  return {
    begin() {
      began = now();
    },
    add(count) {
      if (now() - began < historyMs) return;
      const at = second();
      counts.set(at, (counts.get(at) ?? 0) + count);
      for (const old of counts.keys()) if (old < at - span) counts.delete(old);
    },
    perSecond() {
      const at = second();
      // The second that runs is not over: it does not count yet.
      let sum = 0;
      for (let back = 1; back <= span; back += 1) sum += counts.get(at - back) ?? 0;
      return sum / span;
    },
  };
}
