import { type Bound, bind } from "../actions/binding.ts";
import type { ViewOverlay } from "../actions/overlays.ts";
import { createStore } from "../docker/store.ts";
import { secretKeys } from "./page/secret-keys.ts";
import { useKept } from "./use-kept.ts";
import { useStore } from "./use-store.ts";

/** Whether a view shows secrets, which it does not until asked for, and the key that turns it. */
export function useSecrets(overlay: ViewOverlay): { revealed: boolean; secrets(): Bound[] } {
  const revealed = useKept(overlay, "revealed", () => createStore(false));
  return { revealed: useStore(revealed), secrets: () => bind(secretKeys, revealed) };
}
