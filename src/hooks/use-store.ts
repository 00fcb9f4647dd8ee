import { useSyncExternalStore } from "react";
import type { Readable } from "../docker/store.ts";

/** The value of a store, kept fresh; with `select` only that part, which must be the same object while unchanged. */
export function useStore<Value>(store: Readable<Value>): Value;
export function useStore<Value, Part>(store: Readable<Value>, select: (value: Value) => Part): Part;
export function useStore<Value, Part>(store: Readable<Value>, select?: (value: Value) => Part): Value | Part {
  return useSyncExternalStore(store.subscribe, () => (select ? select(store.get()) : store.get()));
}
