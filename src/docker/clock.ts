/** Time as an argument: what the clock says and what it may call later; tests pass one they wind by hand. */
export type Clock = {
  /** Unix time in ms, for what is shown and kept. It may be set, back too. */
  now(): number;
  /** ms that only ever grow, for how long something took and when the next is due. */
  ticks(): number;
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Calls `run` every `ms`; the answer stops it. */
  every(ms: number, run: () => void): () => void;
};

/** The longest that a timer of Node waits, 24.8 days: it takes more for nothing at all. */
const longestMs = 2 ** 31 - 1;

/** The machine's own clock; its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(ms, run) {
    const wait = Math.min(ms, longestMs);
    let cancel = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      if (wait === ms) return run();
      cancel = systemClock.after(ms - wait, run);
    }, wait);
    timer.unref();
    return () => cancel();
  },
  every(ms, run) {
    const timer = setInterval(run, Math.min(ms, longestMs));
    timer.unref();
    return () => clearInterval(timer);
  },
};

/**
 * Calls `run` when `ms` are over: in two halves, so that a process that was stopped meanwhile reads what came before it
 * calls that too late.
 */
export function deadline(clock: Clock, ms: number, run: () => void): () => void {
  let cancel = clock.after(ms / 2, () => {
    cancel = clock.after(ms / 2, run);
  });
  return () => cancel();
}

/** Resolves after `ms` on that clock, or as soon as the signal aborts; never rejects. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal.addEventListener("abort", done, { once: true });
  });
}
