import { nanosPerMs } from "./units.ts";

/** An event as the engine sends it on /events. */
export type DemoEvent = {
  status?: string;
  id?: string;
  from?: string;
  Type: string;
  Action: string;
  Actor: { ID: string; Attributes: Record<string, string> };
  scope: "local";
  time: number;
  timeNano: number;
};

/** What happened to whom; the bus adds the moment. */
export type Happening = { type: string; action: string; id: string; attributes?: Record<string, string> };

/** Where events go; remembers the last 256 like the real engine. */
export type EventBus = {
  emit(happening: Happening): DemoEvent;
  recent(): readonly DemoEvent[];
  /** Calls `hear` for every event from now on; returns the way to stop. */
  listen(hear: (event: DemoEvent) => void): () => void;
};

const remembered = 256;

/** Makes a bus whose moments come from `now` (ms since 1970). */
export function createBus(now: () => number): EventBus {
  const past: DemoEvent[] = [];
  const listeners = new Set<(event: DemoEvent) => void>();
  let count = 0;
  return {
    emit({ type, action, id, attributes = {} }) {
      const ms = now();
      count += 1;
      const event: DemoEvent = {
        ...(type === "container" ? { status: action, id, from: attributes.image ?? "" } : {}),
        Type: type,
        Action: action,
        Actor: { ID: id, Attributes: attributes },
        scope: "local",
        time: Math.floor(ms / 1000),
        timeNano: ms * nanosPerMs + (count % 900) * 1000,
      };
      past.push(event);
      if (past.length > remembered) past.shift();
      for (const hear of [...listeners]) hear(event);
      return event;
    },
    recent: () => past,
    listen(hear) {
      listeners.add(hear);
      return () => {
        listeners.delete(hear);
      };
    },
  };
}
