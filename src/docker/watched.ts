import { readCgroup } from "./cgroup.ts";
import type { Clock } from "./clock.ts";
import type { Container } from "./containers.ts";
import type { Detail } from "./detail.ts";
import type { Engine } from "./engine.ts";
import { createStore, type Readable } from "./store.ts";
import { type Load, loadBetween, type Usage } from "./usage.ts";

/** What is known of the containers on the screen beyond the list. */
export type Watched = {
  details: ReadonlyMap<string, Detail>;
  loads: ReadonlyMap<string, Load>;
  /** Bytes in the writable layers, where asked for. */
  sizes: ReadonlyMap<string, number>;
};

/** Looks closer at the containers on the screen, and only while they are there. */
export type Watcher = Readable<Watched> & {
  /** The containers that are on the screen from now on; none stops all work. With `sizes` each is measured, once. */
  watch(containers: readonly Container[], options?: { sizes: boolean }): void;
};

/** Between two samples of a container, in ms: its cgroup files cost next to nothing, the engine 4 ms of CPU each. */
const cgroupMs = 3_000;
const engineMs = 5_000;
/** CPU needs two samples: the second one comes soon. */
const secondMs = 1_000;
/** Requests at a time, and how long results are gathered before the screen hears of them. */
const parallel = 4;
const gatherMs = 80;

type Sample = { usage: Usage; load: Load; dueAt: number };
type Known = { of: Container; detail?: Detail; size?: number };

/** A watcher over that engine; starts with the first `watch`. */
export function createWatcher(engine: Engine, clock: Clock): Watcher {
  const store = createStore<Watched>({ details: new Map(), loads: new Map(), sizes: new Map() });
  const known = new Map<string, Known>();
  const samples = new Map<string, Sample>();
  let visible: readonly Container[] = [];
  let measures = false;
  let stopped = new AbortController();
  let cancelPump: (() => void) | undefined;
  let gathering = false;
  const busy = new Set<string>();

  /** Starts what is due, up to the limit; what it starts calls it again. */
  function pump(): void {
    cancelPump?.();
    sampleCgroups();
    for (const container of visible) {
      if (busy.size >= parallel) return;
      if (!busy.has(container.id)) start(container);
    }
    const next = visible.filter(isRunning).map(({ id }) => samples.get(id)?.dueAt ?? 0);
    if (next.length > 0) cancelPump = clock.after(Math.max(200, Math.min(...next) - clock.ticks()), pump);
  }

  function start(container: Container): void {
    const learned = isKnown(container);
    if (learned && !(isRunning(container) && isDue(container.id))) return;
    const { signal } = stopped;
    busy.add(container.id);
    const work = learned ? sample(container.id, signal) : learn(container, signal);
    void work.finally(() => {
      busy.delete(container.id);
      if (!signal.aborted) pump();
    });
  }

  function isKnown(container: Container): boolean {
    const now = known.get(container.id);
    return now?.of === container && (!measures || now.size !== undefined);
  }

  async function learn(container: Container, signal: AbortSignal): Promise<void> {
    const { id } = container;
    const before = known.get(id);
    const [detail, measured] = await Promise.all([
      engine.detail(id, signal).catch(() => undefined),
      measures && before?.size === undefined
        ? engine.containers({ ids: [id], sizes: true }, signal).catch(() => [])
        : undefined,
    ]);
    const size = measured ? (measured[0]?.size ?? 0) : before?.size;
    known.set(id, { of: container, ...(detail ? { detail } : {}), ...(size === undefined ? {} : { size }) });
    publishSoon();
  }

  async function sample(id: string, signal: AbortSignal): Promise<void> {
    const usage = await engine.usage(id, signal).catch(() => undefined);
    if (usage) keep(id, { ...usage, at: clock.ticks() }, engineMs);
    else samples.set(id, { usage: { at: 0, cpuNs: 0 }, load: {}, dueAt: clock.ticks() + engineMs });
  }

  function sampleCgroups(): void {
    if (engine.endpoint.kind !== "unix") return;
    for (const container of visible.filter(isRunning)) {
      const pid = known.get(container.id)?.detail?.pid ?? 0;
      const usage = pid > 0 && isDue(container.id) && readCgroup(container.id, pid, clock.ticks());
      if (usage) keep(container.id, usage, cgroupMs);
    }
  }

  function keep(id: string, usage: Usage, everyMs: number): void {
    const before = samples.get(id);
    const load = loadBetween(before?.usage, usage);
    samples.set(id, { usage, load, dueAt: before ? nextBeat(usage.at, everyMs) : usage.at + secondMs });
    publishSoon();
  }

  function isDue(id: string): boolean {
    return (samples.get(id)?.dueAt ?? 0) <= clock.ticks();
  }

  function publishSoon(): void {
    if (gathering) return;
    gathering = true;
    clock.after(gatherMs, () => {
      gathering = false;
      store.set({
        details: new Map([...known].flatMap(([id, { detail }]) => (detail ? [[id, detail] as const] : []))),
        loads: new Map([...samples].map(([id, { load }]) => [id, load])),
        sizes: new Map(
          [...known].flatMap(([id, { size }]) => (size === undefined ? [] : [[id, size] as const])),
        ),
      });
    });
  }

  function forget(): void {
    const shown = new Set(visible.map(({ id }) => id));
    for (const id of known.keys()) if (!shown.has(id)) known.delete(id);
    const running = new Set(visible.filter(isRunning).map(({ id }) => id));
    for (const id of samples.keys()) if (!running.has(id)) samples.delete(id);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    watch(containers, { sizes } = { sizes: false }) {
      const same = containers.length === visible.length && containers.every((it, row) => it === visible[row]);
      if (same && sizes === measures) return;
      measures = sizes;
      visible = containers;
      forget();
      if (containers.length === 0) {
        stopped.abort();
        stopped = new AbortController();
        busy.clear();
      }
      cancelPump?.();
      cancelPump = clock.after(0, pump);
    },
  };
}

function isRunning({ state }: Container): boolean {
  return state === "running";
}

/** All are due on the same beat, so that their new figures reach the screen in one frame. */
function nextBeat(at: number, everyMs: number): number {
  return (Math.floor(at / everyMs) + 1) * everyMs;
}
