import { useState } from "react";
import { createStore, type Store } from "../docker/store.ts";
import { useStore } from "./use-store.ts";

export type { Store } from "../docker/store.ts";

/** A store of a component's own: unlike state, it can be read right after it was set, however fast keys come. */
export function useLocalStore<Value>(first: () => Value): [value: Value, store: Store<Value>] {
  const [store] = useState(() => createStore(first()));
  return [useStore(store), store];
}
