import type { Clock } from "../src/docker/clock.ts";

/** A clock that stands still until it is wound. */
export type FakeClock = Clock & {
  /** Winds on by `ms`, timer by timer, and lets what they started come to rest after each. */
  wind(ms: number): Promise<void>;
  /** In how many ms the timers are due, the next one first. */
  due(): number[];
  /** Sets the time of day on or back, as an administrator does: no timer is due any sooner or later. */
  set(ms: number): void;
};

type Timer = { at: number; every: number | undefined; run(): void };

/** A clock that says `now` (ms) to begin with. */
export function createFakeClock(now = 1_000_000): FakeClock {
  const timers = new Set<Timer>();
  let put = 0;
  const add = (timer: Timer) => {
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const next = () => [...timers].sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now + put,
    ticks: () => now,
    set(ms) {
      put += ms;
    },
    after: (ms, run) => add({ at: now + ms, every: undefined, run }),
    every: (ms, run) => add({ at: now + ms, every: ms, run }),
    due: () => [...timers].map(({ at }) => at - now).sort((a, b) => a - b),
    async wind(ms) {
      const end = now + ms;
      await rest();
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        now = timer.at;
        if (timer.every === undefined) timers.delete(timer);
        else timer.at += timer.every;
        timer.run();
        await rest();
      }
      now = end;
    },
  };
}

/** Lets everything that waits for nothing but its turn come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}
