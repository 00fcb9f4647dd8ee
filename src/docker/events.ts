import type { Gate } from "./gate.ts";
import { jsonLines } from "./ndjson.ts";
import { record, text } from "./raw.ts";

/** The kinds of objects that events speak of and lists show. */
export type Kind = "container" | "image" | "network" | "volume";

/** Something happened to an object. */
export type EngineEvent = { kind: Kind; id: string; action: string };

/**
 * What the engine is asked to tell: what changes a list. Not `exec_*`, `top`, `attach`, `archive-path`: health checks
 * and dockui's own calls cause those, three a probe. `remove` is Podman's word for destroy.
 */
const filters = {
  type: ["container", "image", "network", "volume"],
  event: [
    ...["create", "start", "die", "stop", "destroy", "remove", "pause", "unpause", "rename", "update", "oom"],
    ...[
      "health_status",
      "tag",
      "untag",
      "delete",
      "pull",
      "load",
      "import",
      "connect",
      "disconnect",
      "prune",
    ],
  ],
};

/**
 * Opens the event stream, from a little before `now` (ms) on: the engine answers before it listens, and shows an end in
 * its list up to some 200 ms after telling it, so that a list loaded in between would stay wrong.
 */
export async function openEvents(
  gate: Gate,
  now: number,
  signal: AbortSignal,
): Promise<AsyncIterable<EngineEvent>> {
  const query = { since: Math.floor(now / 1000) - 2, filters: JSON.stringify(filters) };
  const stream = await gate.open("/events", query, signal);
  return eventsOf(stream);
}

async function* eventsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<EngineEvent> {
  for await (const value of jsonLines(stream)) yield* toEvents(value);
}

/** What one line of the stream says; a container that joined or left a network changed too. */
export function toEvents(value: unknown): EngineEvent[] {
  const raw = record(value);
  const actor = record(raw.Actor);
  const kind = text(raw.Type);
  const action = text(raw.Action);
  if (!filters.type.includes(kind)) return [];
  const container = kind === "network" ? text(record(actor.Attributes).container) : "";
  return [
    { kind: kind as Kind, id: text(actor.ID), action },
    ...(container === "" ? [] : [{ kind: "container" as const, id: container, action }]),
  ];
}
