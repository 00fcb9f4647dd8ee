import type { Clock } from "./clock.ts";

/** Something that is under way on the engine. */
export type Pending = {
  /** Bytes that came so far, and of a file those that went. */
  bytes(): number;
  /** It may fill the line for so long that nothing else gets through: a file on its way in. */
  fillsLine: boolean;
  /** Gives it up. */
  fail(error: Error): void;
};

/** Tells a slow engine from one that hangs. */
export type Pulse = {
  /** Watches it; the answer ends that. */
  watch(pending: Pending): () => void;
};

/**
 * It is looked for what came so long after the last ping, or after something had come; and so long a ping may take. In
 * ms. What falls silent just after a look is told of within the sum of all three, 14 s.
 */
const quietMs = 4_000;
const soonMs = 2_000;
const answerMs = 8_000;
const fullLineMs = 60_000;

/**
 * While something is under way and nothing comes, `ask` is called, which rejects when the engine does not answer within
 * that many ms. Then all that was under way fails: a call that may take minutes is not waited for that long when the
 * engine hangs, and a stream that says nothing is not taken for a quiet one.
 */
export function createPulse(clock: Clock, ask: (limitMs: number) => Promise<unknown>): Pulse {
  const pending = new Map<Pending, number>();
  let cancel: (() => void) | undefined;
  let asking = false;

  function schedule(ms: number): void {
    if (cancel || asking || pending.size === 0) return;
    cancel = clock.after(ms, () => {
      cancel = undefined;
      void beat();
    });
  }

  async function beat(): Promise<void> {
    const silentBefore = silent();
    const isQuiet = silentBefore.length === pending.size;
    if (isQuiet) {
      const isFull = silentBefore.some(({ fillsLine }) => fillsLine);
      asking = true;
      try {
        await ask(isFull ? fullLineMs : answerMs);
      } catch (error) {
        const still = new Set(silent());
        for (const one of silentBefore) if (still.has(one)) one.fail(error as Error);
      }
      asking = false;
    }
    for (const one of pending.keys()) pending.set(one, one.bytes());
    schedule(isQuiet ? quietMs : soonMs);
  }

  /** Those of whom nothing came since the last beat. */
  function silent(): Pending[] {
    return [...pending].flatMap(([one, before]) => (one.bytes() === before ? [one] : []));
  }

  return {
    watch(one) {
      pending.set(one, one.bytes());
      schedule(quietMs);
      return () => {
        pending.delete(one);
        if (pending.size > 0) return;
        cancel?.();
        cancel = undefined;
      };
    },
  };
}
