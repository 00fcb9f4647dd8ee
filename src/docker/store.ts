/** A value that tells its listeners when it changed; the only place where changing state lives. */
export type Store<Value> = {
  get(): Value;
  /** Replaces the value, or computes the next one from it; the same value again wakes nobody. */
  set(next: Value | ((value: Value) => Value)): void;
  /** Calls `listener` after each change; the answer stops it. */
  subscribe(listener: () => void): () => void;
};

/** What a store shows to those who may only read it. */
export type Readable<Value> = Pick<Store<Value>, "get" | "subscribe">;

/** A store that holds `value` to begin with. */
export function createStore<Value>(value: Value): Store<Value> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const before = value;
      value = typeof next === "function" ? (next as (value: Value) => Value)(value) : next;
      if (!Object.is(before, value)) for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
