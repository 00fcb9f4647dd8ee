import type { Overlay } from "../actions/session.ts";
import { useDesk } from "./use-session.ts";

/**
 * What a view keeps for as long as its overlay lies there, even while another one covers it or the terminal is too
 * small: where one was in a log, what was ticked. Made once per overlay.
 */
export function useKept<Value extends object>(overlay: Overlay, make: () => Value): Value {
  const { kept } = useDesk();
  const value = (kept.get(overlay) as Value | undefined) ?? make();
  kept.set(overlay, value);
  return value;
}
