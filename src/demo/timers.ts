/** Timers which never keep the process alive and all end together. */
export type Timers = {
  /** Calls `act` once after `ms`; returns the way to call it off. */
  after(ms: number, act: () => void): () => void;
  /** Calls `act` each `ms`; returns the way to stop. */
  every(ms: number, act: () => void): () => void;
  /** Resolves after `ms`; never when closed before. */
  sleep(ms: number): Promise<void>;
  close(): void;
};

/** Makes an empty set of timers. */
export function createTimers(): Timers {
  const stops = new Set<() => void>();
  const keep = (stop: () => void): (() => void) => {
    const forget = () => {
      stops.delete(forget);
      stop();
    };
    stops.add(forget);
    return forget;
  };
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(() => {
      stop();
      act();
    }, ms);
    timer.unref();
    const stop = keep(() => clearTimeout(timer));
    return stop;
  };
  return {
    after,
    every(ms, act) {
      const timer = setInterval(act, ms);
      timer.unref();
      return keep(() => clearInterval(timer));
    },
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    close() {
      for (const stop of [...stops]) stop();
    },
  };
}
