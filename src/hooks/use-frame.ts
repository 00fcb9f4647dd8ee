import { useRef, useSyncExternalStore } from "react";
import type { Readable } from "../docker/store.ts";

/** Something that tells when what is painted from it may have changed. */
export type Beat = Pick<Readable<unknown>, "subscribe">;

/**
 * Lines painted from outside React: repainted when one of the stores changes, and handed on only when a line came out
 * different, so that a change nobody can see costs no frame.
 */
export function useFrame(beats: readonly Beat[], paint: () => readonly string[]): readonly string[] {
  const last = useRef<readonly string[]>([]);
  const subscribe = useRef<((listener: () => void) => () => void) | undefined>(undefined);
  const known = useRef(beats);
  if (!subscribe.current || !sameBeats(known.current, beats)) {
    known.current = beats;
    subscribe.current = (listener) => {
      const stops = beats.map((beat) => beat.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    };
  }
  return useSyncExternalStore(subscribe.current, () => {
    const lines = paint();
    const before = last.current;
    if (lines.length === before.length && lines.every((line, row) => line === before[row])) return before;
    last.current = lines;
    return lines;
  });
}

function sameBeats(a: readonly Beat[], b: readonly Beat[]): boolean {
  return a.length === b.length && a.every((beat, index) => beat === b[index]);
}

/** A beat every second of that clock, for ages and waits. */
export function secondBeat(clock: { every(ms: number, run: () => void): () => void }): Beat {
  return { subscribe: (listener) => clock.every(1000, listener) };
}
