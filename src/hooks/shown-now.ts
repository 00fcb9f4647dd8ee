import type { Session } from "../actions/session.ts";
import type { Beat } from "./use-frame.ts";

/** Ages on the screen grow in steps of so many ms: the seconds of young rows are not worth a frame each. */
const stepMs = 5_000;

/** The moment ages are counted to: exact while something is waited for, else the beginning of the step. */
export function shownNow({ clock, busy }: Pick<Session, "clock" | "busy">): number {
  const now = clock.now();
  return busy.get().size > 0 ? now : Math.floor(now / stepMs) * stepMs;
}

/** Tells when `shownNow` is another moment. */
export function ageBeat(session: Pick<Session, "clock" | "busy">): Beat {
  return {
    subscribe(listener) {
      let last = shownNow(session);
      return session.clock.every(1000, () => {
        const now = shownNow(session);
        if (now !== last) listener();
        last = now;
      });
    },
  };
}
