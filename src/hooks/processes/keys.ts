import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import type { Session } from "../../actions/session.ts";
import { clear } from "../list/edits.ts";
import type { AnyList } from "../list/list.ts";

/** The processes of a container on the screen. */
export type ProcessPlace = { list: AnyList; session: Session };

/** The keys of processes beside those of their list. */
export const processKeys: readonly Binding<ProcessPlace>[] = [
  {
    id: "processes-back",
    keys: ["q", "ctrl+c", "esc"],
    label: "back",
    help: "Go back; Esc clears the query and the marks first",
    footer: 90,
    run({ list, session }, key) {
      const { query, marks } = list.get();
      if (key === "esc" && (query.text !== "" || marks.size > 0)) clear(list);
      else closeOverlay(session);
    },
  },
];
