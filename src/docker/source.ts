import type { Clock } from "./clock.ts";
import type { Follower } from "./connection.ts";
import { explain, type Problem } from "./errors.ts";
import { same } from "./same.ts";
import { createStore, type Readable } from "./store.ts";

/** What a source holds: the last true list, and why it may be older than it should be. Times in ms. */
export type Snapshot<Item> = {
  items: readonly Item[];
  /** When the list was last loaded; absent until it was once. */
  loadedAt?: number;
  loading: boolean;
  problem?: Problem;
};

/** A list kept fresh while somebody looks at it. */
export type Source<Item> = Readable<Snapshot<Item>> & {
  /** Loads again, all or those ids; while a load runs, any number of calls become one more. */
  refresh: Follower;
};

/** How a source gets its items. */
export type SourceOptions<Item> = {
  /** All items, or those of `ids` that still exist. */
  load(ids: readonly string[] | undefined, signal: AbortSignal): Promise<readonly Item[]>;
  /** Calls `refresh` when there is something to load, the first time included; the answer stops that. */
  follow(refresh: Follower): () => void;
  clock: Clock;
  /** What failed to load is tried again after so many ms; absent: only when asked for. */
  retryMs?: number;
};

/** More changed ids than this are loaded as a whole list. */
const idLimit = 20;

/**
 * A source: the first subscriber starts it, the last one stops it and aborts what it does; an error keeps the items;
 * an item that did not change stays the same object, so that its row is not painted again.
 */
export function createSource<Item extends { id: string }>(options: SourceOptions<Item>): Source<Item> {
  const store = createStore<Snapshot<Item>>({ items: [], loading: false });
  let listeners = 0;
  let stop: (() => void) | undefined;
  let running: AbortController | undefined;
  let wanted: Set<string> | "all" | undefined;
  let cancelRetry = () => {};

  const refresh: Follower = (ids) => {
    wanted = ids === undefined || wanted === "all" ? "all" : new Set([...(wanted ?? []), ...ids]);
    if (!running && stop) void work();
  };

  async function work(): Promise<void> {
    const controller = new AbortController();
    running = controller;
    while (wanted !== undefined && !controller.signal.aborted) {
      const ids = wanted === "all" || wanted.size > idLimit ? undefined : [...wanted];
      wanted = undefined;
      await load(ids, controller.signal);
    }
    if (running === controller) running = undefined;
  }

  async function load(ids: readonly string[] | undefined, signal: AbortSignal): Promise<void> {
    // A list that never was can only be loaded whole.
    const only = store.get().loadedAt === undefined ? undefined : ids;
    store.set((before) => (before.loading ? before : { ...before, loading: true }));
    try {
      const loaded = await options.load(only, signal);
      if (signal.aborted) return;
      store.set(({ items }) => ({
        items: merge(items, loaded, only),
        loadedAt: options.clock.now(),
        loading: false,
      }));
    } catch (error) {
      if (signal.aborted) return;
      store.set((before) => ({ ...before, loading: false, problem: explain(error) }));
      cancelRetry();
      // All of it: what else failed before is not known any more.
      if (options.retryMs !== undefined)
        cancelRetry = options.clock.after(options.retryMs, () => refresh(undefined));
    }
  }

  function end(): void {
    stop?.();
    stop = undefined;
    cancelRetry();
    running?.abort();
    running = undefined;
    wanted = undefined;
  }

  return {
    get: store.get,
    refresh,
    subscribe(listener) {
      const unsubscribe = store.subscribe(listener);
      listeners += 1;
      if (listeners === 1) {
        stop = () => {};
        stop = options.follow(refresh);
      }
      return () => {
        unsubscribe();
        listeners -= 1;
        if (listeners === 0) end();
      };
    },
  };
}

/** The new list: unchanged items keep their identity; with `ids` only those rows are replaced, added or dropped. */
function merge<Item extends { id: string }>(
  items: readonly Item[],
  loaded: readonly Item[],
  ids: readonly string[] | undefined,
): readonly Item[] {
  const before = new Map(items.map((item) => [item.id, item]));
  const kept = loaded.map((item) => {
    const old = before.get(item.id);
    return old && same(old, item) ? old : item;
  });
  if (!ids) return unchanged(items, kept) ? items : kept;
  const asked = new Set([...ids, ...loaded.map(({ id }) => id)]);
  const fresh = new Map(kept.map((item) => [item.id, item]));
  const next = items.flatMap((item) => (asked.has(item.id) ? (take(fresh, item.id) ?? []) : item));
  next.unshift(...fresh.values());
  return unchanged(items, next) ? items : next;
}

function take<Value>(from: Map<string, Value>, id: string): Value | undefined {
  const value = from.get(id);
  from.delete(id);
  return value;
}

function unchanged<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
