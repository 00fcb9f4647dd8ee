import type { Binding } from "../actions/binding.ts";
import { closeOverlay } from "../actions/overlays.ts";
import type { Session } from "../actions/session.ts";
import { clear } from "./list/edits.ts";
import type { AnyList } from "./list/list.ts";

/** A clean-up plan on the screen. */
export type CleanUpPlace = { list: AnyList; session: Session };

/** The keys of the plan beside those of its list. */
export const cleanUpKeys: readonly Binding<CleanUpPlace>[] = [
  {
    id: "clean-up-back",
    keys: ["q", "ctrl+c", "esc"],
    label: "back",
    help: "Go back to the list without removing anything; Esc clears the query first",
    footer: 90,
    run({ list, session }, key) {
      if (key === "esc" && list.get().query.text !== "") clear(list);
      else closeOverlay(session);
    },
  },
];
