import { createBus, type EventBus } from "./events.ts";
import { patchFor } from "./lifecycle.ts";
import { joinedBy } from "./networking.ts";
import { createStore, type Store } from "./store.ts";
import { createTimers, type Timers } from "./timers.ts";
import type { DemoFolder } from "./tree.ts";
import type { ContainerRecipe, DemoContainer } from "./types.ts";

/** A line which a test put into a log; `at` is ms since 1970. */
export type WrittenLine = { at: number; stream: "stdout" | "stderr"; text: string };

/** An exec session of a container; `exitCode` is undefined while it has none. */
export type DemoExec = {
  readonly id: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly stdin: boolean;
  started: boolean;
  running: boolean;
  exitCode: number | undefined;
  rows: number;
  columns: number;
};

/** The simulated host: what lives on it, and the ways to change it so that everyone hears of it. */
export type DemoWorld = Store & {
  readonly seed: number;
  readonly bornAt: number;
  readonly quiet: boolean;
  readonly now: () => number;
  /** Until when generated log lines flow: now, or the birth of a quiet world. */
  readonly logClock: () => number;
  readonly bus: EventBus;
  readonly timers: Timers;
  readonly execs: Map<string, DemoExec>;
  readonly written: Map<string, WrittenLine[]>;
  /** The files of containers by id, as far as somebody looked: see `filesOf`. */
  readonly trees: Map<string, DemoFolder>;
  /** The tars that are being sent. */
  readonly sending: Set<object>;
  /** The measurements of the disk that are under way. */
  readonly measuring: Set<object>;
  /** How long a measurement takes, and whether a second one is refused meanwhile, as engines before 23 do. */
  readonly diskUsage: { ms: number; once: boolean };
  /** Adds a container and emits create (and start when it runs). */
  add(recipe: ContainerRecipe): DemoContainer;
  /** Changes a container found by id, prefix or name, and emits `action`, or what the patch implies. */
  change(ref: string, patch: Partial<DemoContainer>, action?: string): DemoContainer;
  /** Removes a container and emits destroy. */
  remove(ref: string): void;
  /** Appends a line to the log of a container; followers get it at once. */
  log(ref: string, text: string, stream?: "stdout" | "stderr"): void;
  /** Emits a container event with the attributes which the engine sends. */
  tell(container: DemoContainer, action: string, extra?: Record<string, string>): void;
  /** Calls `hear` for each line which `log` appends; returns the way to stop. */
  onLog(hear: (id: string) => void): () => void;
  close(): void;
};

/** How a world begins. */
export type WorldOptions = {
  seed: number;
  quiet: boolean;
  now: () => number;
  diskUsage: DemoWorld["diskUsage"];
};

function impliedAction(before: DemoContainer, patch: Partial<DemoContainer>): string {
  if (patch.health !== undefined) return `health_status: ${patch.health.status}`;
  if (patch.name !== undefined) return "rename";
  if (patch.status === "running") return before.status === "paused" ? "unpause" : "start";
  if (patch.status === "paused") return "pause";
  if (patch.status === "exited" || patch.status === "dead" || patch.status === "restarting") return "die";
  return "update";
}

/** What an event says besides its action: names and exit codes. */
function detailsOf(action: string, before: DemoContainer, after: DemoContainer): Record<string, string> {
  if (action === "rename") return { oldName: `/${before.name}` };
  return action === "die" ? { exitCode: String(after.exitCode) } : {};
}

/** Makes an empty world (no containers, only the predefined networks). */
export function createWorld({ seed, quiet, now, diskUsage }: WorldOptions): DemoWorld {
  const bornAt = now();
  const store = createStore(seed, bornAt);
  const bus = createBus(now);
  const timers = createTimers();
  const execs = new Map<string, DemoExec>();
  const written = new Map<string, WrittenLine[]>();
  const readers = new Set<(id: string) => void>();
  const tell = (container: DemoContainer, action: string, extra: Record<string, string> = {}): void => {
    const attributes = { ...container.labels, ...extra, image: container.image, name: container.name };
    bus.emit({ type: "container", action, id: container.id, attributes });
  };
  const need = (ref: string): DemoContainer => {
    const found = store.find(ref);
    if (found === undefined) throw new Error(`No such container: ${ref}`);
    return found;
  };
  return {
    ...store,
    seed,
    bornAt,
    quiet,
    now,
    bus,
    timers,
    execs,
    written,
    trees: new Map(),
    sending: new Set(),
    measuring: new Set(),
    diskUsage,
    tell,
    logClock: quiet ? () => bornAt : now,
    add(recipe) {
      const known = new Set(store.volumes.keys());
      const container = store.put({ created: now(), ...recipe }, now());
      for (const id of store.volumes.keys())
        if (!known.has(id))
          bus.emit({ type: "volume", action: "create", id, attributes: { driver: "local" } });
      tell(container, "create");
      if (container.status === "running") tell(container, "start");
      return container;
    },
    change(ref, patch, action) {
      const before = need(ref);
      const moved = patch.status === undefined || patch.status === before.status;
      const consequences = moved ? {} : patchFor(before, patch.status ?? before.status, now());
      const joined =
        patch.status === "running" ? { joined: joinedBy({ seed, ...store }, before.networks) } : {};
      const after = store.patch(before.id, { ...consequences, ...joined, ...patch });
      const happened = action ?? impliedAction(before, patch);
      tell(after, happened, detailsOf(happened, before, after));
      return after;
    },
    remove(ref) {
      const container = need(ref);
      store.drop(container.id);
      written.delete(container.id);
      tell(container, "destroy");
    },
    log(ref, text, stream = "stdout") {
      const { id } = need(ref);
      const lines = written.get(id) ?? [];
      lines.push({ at: now(), stream, text });
      written.set(id, lines);
      for (const hear of [...readers]) hear(id);
    },
    onLog(hear) {
      readers.add(hear);
      return () => {
        readers.delete(hear);
      };
    },
    close: timers.close,
  };
}
