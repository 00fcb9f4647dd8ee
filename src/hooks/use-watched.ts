import { useEffect, useReducer } from "react";
import type { Beat } from "./use-frame.ts";

/** Keeps those fresh while the component stands on the screen, and paints it anew when one of them changed. */
export function useWatched(beats: readonly Beat[]): void {
  const [, paint] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = beats.map((beat) => beat.subscribe(paint));
    return () => {
      for (const stop of stops) stop();
    };
  }, [beats]);
}
