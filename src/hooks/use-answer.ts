import { useEffect, useState } from "react";
import { explain, type Problem } from "../docker/errors.ts";
import { useSession } from "./use-session.ts";

/** So often, in ms, an answer is asked for anew while it is looked at: a health check's log changes without an event. */
const againMs = 5_000;

/**
 * What the engine answers of a container, asked again whenever its row changes and every few seconds. When it cannot
 * be had any more the last answer stays, with the reason.
 */
export function useAnswer<Value>(
  id: string,
  ask: (signal: AbortSignal) => Promise<Value>,
): { answer?: Value; problem?: Problem } {
  const { engine, sources, clock } = useSession();
  const [known, setKnown] = useState<{ answer?: Value; problem?: Problem }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is another function each time, of the same id
  useEffect(() => {
    const leaving = new AbortController();
    let asking = false;
    const load = () => {
      if (asking) return;
      asking = true;
      ask(leaving.signal)
        .then(
          (answer) => setKnown({ answer }),
          (error: unknown) => {
            if (leaving.signal.aborted) return;
            const problem = explain(error, engine.endpoint);
            setKnown((before) => ({ ...before, problem }));
          },
        )
        .finally(() => {
          asking = false;
        });
    };
    const row = () => sources.containers.get().items.find((item) => item.id === id);
    let last = row();
    const stops = [
      clock.every(againMs, load),
      sources.containers.subscribe(() => {
        if (row() === last) return;
        last = row();
        load();
      }),
    ];
    load();
    return () => {
      leaving.abort();
      for (const stop of stops) stop();
    };
  }, [engine, sources, clock, id]);
  return known;
}
