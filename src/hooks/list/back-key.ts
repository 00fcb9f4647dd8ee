import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import type { Session } from "../../actions/session.ts";
import { clear } from "./edits.ts";
import type { AnyList } from "./list.ts";

/** A list in a view. */
export type ListInView = { list: AnyList; session: Session };

/** The key that leaves a list in a view; Esc first clears what is looked for, and then what is marked if that goes so far. */
export function backKey<Place extends ListInView = ListInView>(
  id: string,
  {
    leave = ({ session }) => closeOverlay(session),
    keepsMarks = false,
    footer = 90,
  }: BackOptions<Place> = {},
): Binding<Place> {
  return {
    id,
    keys: ["q", "ctrl+c", "esc"],
    label: "back",
    help: `Go back; Esc clears the query ${keepsMarks ? "" : "and the marks "}first`,
    footer,
    run(place, key) {
      const { query, marks } = place.list.get();
      const clears = query.text !== "" || (!keepsMarks && marks.size > 0);
      if (key === "esc" && clears) clear(place.list);
      else leave(place);
    },
  };
}

/** What leaving does, whether Esc leaves the marks alone, and its place in the footer. */
export type BackOptions<Place> = { leave?(place: Place): void; keepsMarks?: boolean; footer?: number };
