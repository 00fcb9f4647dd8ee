import { type Container, toContainer } from "./containers.ts";
import { type Detail, toDetail } from "./detail.ts";
import { type DiskUsage, toDiskUsage } from "./disk-usage.ts";
import type { Endpoint } from "./endpoint.ts";
import { type EngineEvent, openEvents } from "./events.ts";
import { createGate, type RequestCount } from "./gate.ts";
import { type Image, toImage } from "./images.ts";
import { type LogLine, type LogRange, readLog } from "./logs.ts";
import { type About, negotiate, toAbout } from "./negotiate.ts";
import { type Network, toNetwork } from "./networks.ts";
import { list, record } from "./raw.ts";
import { findShell, hangUp, openShell, type ShellSession, type TerminalSize } from "./shell.ts";
import { toUsage, type Usage } from "./usage.ts";
import { toVolume, type Volume } from "./volumes.ts";

/** How a container is removed: `force` kills it first, `volumes` takes its anonymous volumes along. */
export type RemoveOptions = { force?: boolean; volumes?: boolean };

/**
 * A Docker Engine in domain words; the app passes dockerode's, a test may pass an object. Every verb rejects with
 * something `explain` can read. A change that already is so (start on a running container) succeeds.
 */
export type Engine = {
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
  /** Walks every file of every layer and volume: seconds to minutes. */
  diskUsage(signal?: AbortSignal): Promise<DiskUsage[]>;
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
  start(id: string, signal?: AbortSignal): Promise<void>;
  /** Waits `graceSeconds` for the container to end by itself, then the engine kills it. */
  stop(id: string, graceSeconds: number, signal?: AbortSignal): Promise<void>;
  restart(id: string, graceSeconds: number, signal?: AbortSignal): Promise<void>;
  pause(id: string, signal?: AbortSignal): Promise<void>;
  unpause(id: string, signal?: AbortSignal): Promise<void>;
  kill(id: string, unixSignal: string, signal?: AbortSignal): Promise<void>;
  remove(id: string, options?: RemoveOptions, signal?: AbortSignal): Promise<void>;
  findShell(id: string, signal?: AbortSignal): Promise<string | undefined>;
  openShell(
    id: string,
    options: { command: readonly string[]; term: string; size: TerminalSize },
  ): Promise<ShellSession>;
  requests(): RequestCount;
  /** Ends the kept connections, and the shells that are still open. */
  close(): void;
};

/** The engine at an endpoint, through dockerode; connects when `connect` is called. */
export function createEngine(endpoint: Endpoint, options: { readOnly: boolean; now: () => number }): Engine {
  const gate = createGate(endpoint, options);
  const { changes, samples } = gate;
  const container = (id: string) => changes.getContainer(id);
  const shells = new Set<ShellSession>();
  return {
    endpoint,
    async connect(signal) {
      const { version, podman } = await negotiate(endpoint, signal);
      gate.speak(version);
      return { podman };
    },
    about: async (signal) => toAbout(await gate.call("GET", "/info", {}, signal)),
    events: (signal) => openEvents(gate, options.now(), signal),
    async containers({ ids, sizes } = {}, signal) {
      const query = {
        all: 1,
        ...(sizes ? { size: 1 } : {}),
        ...(ids ? { filters: JSON.stringify({ id: ids }) } : {}),
      };
      const rows = await gate.call("GET", "/containers/json", query, sizes ? (signal ?? patient()) : signal);
      const now = options.now();
      return list(rows).map((row) => toContainer(row, now));
    },
    images: async (signal) => list(await gate.call("GET", "/images/json", {}, signal)).map(toImage),
    networks: async (signal) => list(await gate.call("GET", "/networks", {}, signal)).map(toNetwork),
    volumes: async (signal) =>
      list(record(await gate.call("GET", "/volumes", {}, signal)).Volumes).map(toVolume),
    diskUsage: async (signal) => toDiskUsage(await gate.call("GET", "/system/df", {}, signal ?? patient())),
    detail: async (id, signal) => toDetail(await gate.call("GET", `/containers/${id}/json`, {}, signal)),
    inspect: (id, signal) => gate.call("GET", `/containers/${id}/json`, {}, signal),
    async usage(id, signal) {
      const query = { stream: false, "one-shot": true, ...abort(signal) };
      const sample = await samples.getContainer(id).stats(query as never);
      return toUsage(sample, options.now());
    },
    log: (which, range, signal) => readLog(gate, which, range, signal),
    start: (id, signal) => already(container(id).start(abort(signal))),
    stop: (id, t, signal) => already(container(id).stop({ t, ...abort(within(t, signal)) })),
    restart: (id, t, signal) => already(container(id).restart({ t, ...abort(within(t, signal)) })),
    pause: (id, signal) => already(container(id).pause(abort(signal))),
    unpause: (id, signal) => already(container(id).unpause(abort(signal))),
    kill: (id, unixSignal, signal) => already(container(id).kill({ signal: unixSignal, ...abort(signal) })),
    remove: (id, { force = false, volumes = false } = {}, signal) =>
      already(container(id).remove({ force, v: volumes, ...abort(signal ?? patient()) })),
    findShell: (id, signal) => findShell(gate, id, signal),
    async openShell(id, options) {
      const shell = await openShell(gate, id, options);
      shells.add(shell);
      shell.stream.once("close", () => shells.delete(shell));
      return shell;
    },
    requests: () => gate.count(),
    close() {
      for (const shell of shells) hangUp(shell);
      gate.close();
    },
  };
}

/** 304 means that it already is so. */
async function already(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 304) throw error;
  }
}

function abort(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

/** The longest time a timer takes, 24 days. */
const longestMs = 2 ** 31 - 1;

/** A stop may take its grace time (below 0: for ever), and the engine half a minute more. */
function within(graceSeconds: number, signal: AbortSignal | undefined): AbortSignal {
  const ms = graceSeconds < 0 ? longestMs : Math.min(longestMs, (graceSeconds + 30) * 1000);
  const limit = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** For calls that walk files: ten minutes. */
function patient(): AbortSignal {
  return AbortSignal.timeout(600_000);
}
