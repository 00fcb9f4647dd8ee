import type { Overlay } from "../actions/overlays.ts";
import { useDesk } from "./use-session.ts";

/**
 * What a view keeps for as long as its overlay lies there, even while another one covers it or the terminal is too
 * small: where one was in a log, what was ticked. Made once per overlay and name.
 */
export function useKept<Value extends object>(overlay: Overlay, name: string, make: () => Value): Value {
  const { kept } = useDesk();
  const all = kept.get(overlay) ?? new Map<string, object>();
  kept.set(overlay, all);
  const value = (all.get(name) as Value | undefined) ?? make();
  all.set(name, value);
  return value;
}
