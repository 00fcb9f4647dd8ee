import { type ArchiveVerbs, archiveVerbs } from "./archive/verbs.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Container, toContainer } from "./containers.ts";
import { type Detail, toDetail } from "./detail.ts";
import { type DiskVerbs, diskVerbs } from "./disk/verbs.ts";
import { type RecreateVerbs, recreateVerbs } from "./edits/recreate.ts";
import { type TagVerbs, tagVerbs } from "./edits/tag.ts";
import { type EditVerbs, editVerbs } from "./edits/verbs.ts";
import type { Endpoint } from "./endpoint.ts";
import { type EngineEvent, openEvents } from "./events.ts";
import { type FactVerbs, factVerbs } from "./facts/facts.ts";
import { createGate, type RequestCount } from "./gate.ts";
import { type Image, toImage } from "./images.ts";
import { type InsideVerbs, insideVerbs } from "./inside/verbs.ts";
import { type LogLine, type LogRange, readLog } from "./logs.ts";
import { type About, negotiate, toAbout } from "./negotiate.ts";
import { type Network, toNetwork } from "./networks.ts";
import { type PullVerbs, pullVerbs } from "./pull.ts";
import { objects, record } from "./raw.ts";
import { type RunVerbs, runVerbs } from "./run/verbs.ts";
import { type StateVerbs, stateVerbs } from "./states.ts";
import { toUsage, type Usage } from "./usage.ts";
import { toVolume, type Volume } from "./volumes.ts";

/**
 * A Docker Engine in domain words; the app passes dockerode's, a test may pass an object. Every verb rejects with
 * something `explain` can read. The verbs that belong together stand in a file of their own.
 */
export type Engine = StateVerbs &
  InsideVerbs &
  EditVerbs &
  RecreateVerbs &
  TagVerbs &
  FactVerbs &
  ArchiveVerbs &
  RunVerbs &
  PullVerbs &
  DiskVerbs & {
    endpoint: Endpoint;
    /** Agrees on an API version; must come before anything else, and again after a lost connection. */
    connect(signal: AbortSignal): Promise<{ podman: boolean }>;
    about(signal?: AbortSignal): Promise<About>;
    /** Resolves once the engine listens; the events end when the connection does. */
    events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;
    /** All containers, or those of `ids` that still exist; with `sizes` the engine walks every writable layer. */
    containers(
      options?: { ids?: readonly string[] | undefined; sizes?: boolean },
      signal?: AbortSignal,
    ): Promise<Container[]>;
    images(signal?: AbortSignal): Promise<Image[]>;
    networks(signal?: AbortSignal): Promise<Network[]>;
    volumes(signal?: AbortSignal): Promise<Volume[]>;
    detail(id: string, signal?: AbortSignal): Promise<Detail>;
    /** The answer of inspect as it came, for reading only; unclean. */
    inspect(id: string, signal?: AbortSignal): Promise<unknown>;
    /** One sample of a container's counters; undefined when it does not run. */
    usage(id: string, signal?: AbortSignal): Promise<Usage | undefined>;
    log(
      container: { id: string; tty: boolean },
      range: LogRange,
      signal: AbortSignal,
    ): AsyncIterable<readonly LogLine[]>;
    requests(): RequestCount;
    /** Ends the kept connections, and the shells and attaches that are still open. */
    close(): void;
  };

/** How an engine is talked to; the clock is for limits of time. */
export type EngineOptions = { readOnly: boolean; now: () => number; clock?: Clock };

/** The engine at an endpoint, through dockerode; connects when `connect` is called. */
export function createEngine(endpoint: Endpoint, options: EngineOptions): Engine {
  const { clock = systemClock } = options;
  const gate = createGate(endpoint, { readOnly: options.readOnly, clock });
  let engineTime: number | undefined;
  const { samples } = gate;
  const inside = insideVerbs(gate, options.now);
  return {
    ...stateVerbs(gate),
    ...runVerbs(gate),
    ...pullVerbs(gate),
    ...archiveVerbs(gate, clock.ticks),
    ...inside.verbs,
    ...editVerbs(gate),
    ...recreateVerbs(gate),
    ...tagVerbs(gate),
    ...factVerbs(gate, options.now),
    ...diskVerbs(gate),
    endpoint,
    async connect(signal) {
      const agreed = await negotiate(endpoint, clock, signal);
      gate.speak(agreed.version);
      engineTime = agreed.engineTime;
      return { podman: agreed.podman };
    },
    about: async (signal) => toAbout(await gate.call("GET", "/info", {}, signal)),
    events: (signal) => openEvents(gate, { since: engineTime ?? options.now(), clock, signal }),
    async containers({ ids, sizes } = {}, signal) {
      const query = {
        all: 1,
        ...(sizes ? { size: 1 } : {}),
        ...(ids ? { filters: JSON.stringify({ id: ids }) } : {}),
      };
      const rows = await gate.call("GET", "/containers/json", query, signal);
      const now = options.now();
      return objects(rows, (row) => toContainer(row, now));
    },
    images: async (signal) => objects(await gate.call("GET", "/images/json", {}, signal), toImage),
    networks: async (signal) => objects(await gate.call("GET", "/networks", {}, signal), toNetwork),
    volumes: async (signal) =>
      objects(record(await gate.call("GET", "/volumes", {}, signal)).Volumes, toVolume),
    detail: async (id, signal) => toDetail(await gate.call("GET", `/containers/${id}/json`, {}, signal)),
    inspect: (id, signal) => gate.call("GET", `/containers/${id}/json`, {}, signal),
    async usage(id, signal) {
      const query = { stream: false, "one-shot": true, ...(signal ? { abortSignal: signal } : {}) };
      const sample = await samples.getContainer(id).stats(query as never);
      return toUsage(sample, options.now());
    },
    log: (which, range, signal) => readLog(gate, which, range, signal),
    requests: () => gate.count(),
    close() {
      inside.leaveAll();
      gate.close();
    },
  };
}
