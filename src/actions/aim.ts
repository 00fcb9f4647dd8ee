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
  item: Item,
): Aim<Item> {
  const current = () => {
    const { items } = screen.source(session).get();
    return items.find(({ id }) => id === item.id);
  };
  const known = () => [current()].filter((item) => item !== undefined);
  return {
    ...{ session, screen, current },
    // What is gone is still what is looked at.
    shown: () => [current() ?? item],
    targets: () => ({ items: known(), hiddenMarks: 0 }),
  };
}
