import { createContext, useContext } from "react";
import type { Overlay } from "../actions/overlays.ts";
import type { Session } from "../actions/session.ts";
import type { Keyboard } from "./keyboard.ts";

/** What every part of the screen may use. */
export type Desk = {
  session: Session;
  keyboard: Keyboard;
  /** How many frames were put onto the terminal so far. */
  frames(): number;
  /** What views keep while they are covered: `useKept`. */
  kept: WeakMap<Overlay, Map<string, object>>;
};

/** Carries the desk down the tree. */
export const DeskContext = createContext<Desk | undefined>(undefined);

/** The desk of this app. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("There is no desk above this component.");
  return desk;
}

/** The session of this app. */
export function useSession(): Session {
  return useDesk().session;
}
