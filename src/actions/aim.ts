import type { ListScreen } from "./list-screen.ts";
import type { Session } from "./session.ts";

/** The objects an action would hit. */
export type Target<Item> = {
  items: readonly Item[];
  /** Marked ones that the query hides: they are left alone. */
  hiddenMarks: number;
  /** What they are called together, where they were chosen by a heading instead of one by one. */
  together?: string;
};

/** What actions act upon: the rows of a list, or the one object a view is about. */
export type Aim<Item extends { id: string }> = {
  session: Session;
  screen: ListScreen<Item>;
  targets(markedOnly: boolean): Target<Item>;
  /** The one object under the cursor; undefined when there is none or it is gone. */
  current(): Item | undefined;
  shown(): readonly Item[];
};

/** Actions on that one object, as it is now, whatever the list below has marked. */
export function aimAt<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  id: string,
): Aim<Item> {
  const current = () =>
    screen
      .source(session)
      .get()
      .items.find((item) => item.id === id);
  const shown = () => [current()].filter((item) => item !== undefined);
  return { session, screen, current, shown, targets: () => ({ items: shown(), hiddenMarks: 0 }) };
}
