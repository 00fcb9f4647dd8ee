import type { Clock } from "../docker/clock.ts";
import type { Beat } from "./use-frame.ts";

/** One beat of many: what comes within `ms` is told once, at the end of it. */
export function slowBeat(beats: readonly Beat[], clock: Pick<Clock, "after">, ms: number): Beat {
  return {
    subscribe(listener) {
      let cancel: (() => void) | undefined;
      const soon = () => {
        cancel ??= clock.after(ms, () => {
          cancel = undefined;
          listener();
        });
      };
      const stops = beats.map((beat) => beat.subscribe(soon));
      return () => {
        for (const stop of stops) stop();
        cancel?.();
      };
    },
  };
}
