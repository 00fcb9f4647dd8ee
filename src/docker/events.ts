import type { Clock } from "./clock.ts";
import type { Gate } from "./gate.ts";
import { jsonLines } from "./ndjson.ts";
import { moment, number, record, text } from "./raw.ts";

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

/** From when on events are told, in ms of the engine's own clock; and what ends them. */
export type EventsOptions = { since: number; clock: Clock; signal: AbortSignal };

/** A stream that said nothing for so long, in ms, is opened anew: what stands between may have dropped it silently. */
const renewMs = 10_000;

/**
 * Opens the event stream, from a little before `since` on: the engine answers before it listens, and shows an end in
 * its list up to some 200 ms after telling it, so that a list loaded in between would stay wrong.
 */
export async function openEvents(
  gate: Gate,
  { since, clock, signal }: EventsOptions,
): Promise<AsyncIterable<EngineEvent>> {
  const open = (from: number) => openStream(gate, from, { clock, signal });
  return eventsOf(await open(since / 1000 - 2), since / 1000, open);
}

type Opened = { values: AsyncIterable<unknown>; since: number | undefined; isSilent(): boolean };

/** One stream; it ends by itself when nothing was said for a while. */
async function openStream(
  gate: Gate,
  from: number,
  { clock, signal }: Pick<EventsOptions, "clock" | "signal">,
): Promise<Opened> {
  const silence = new AbortController();
  const query = { since: Math.floor(from), filters: JSON.stringify(filters) };
  const stream = await gate.open("/events", query, AbortSignal.any([signal, silence.signal]));
  let cancel = () => {};
  const wait = () => {
    cancel();
    cancel = clock.after(renewMs, () => silence.abort());
  };
  wait();
  stream.once("close", () => cancel());
  async function* heard() {
    for await (const chunk of stream) {
      wait();
      yield chunk as Buffer;
    }
  }
  const told = moment(stream.headers.date);
  return {
    values: jsonLines(heard()),
    since: told === undefined ? undefined : told / 1000,
    isSilent: () => silence.signal.aborted && !signal.aborted,
  };
}

/** The events of one stream after the other, each from where the one before was sure to listen. */
async function* eventsOf(
  first: Opened,
  from: number,
  open: (from: number) => Promise<Opened>,
): AsyncGenerator<EngineEvent> {
  let since = from;
  for (let stream = first; ; stream = await open(since)) {
    since = Math.max(since, stream.since ?? 0);
    try {
      for await (const value of stream.values) {
        since = Math.max(since, number(record(value).time));
        yield* toEvents(value);
      }
    } catch (error) {
      if (!stream.isSilent()) throw error;
    }
    if (!stream.isSilent()) return;
  }
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
