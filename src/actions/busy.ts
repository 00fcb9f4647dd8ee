import { untilWithin } from "../docker/until.ts";
import type { ListScreen } from "./list-screen.ts";
import type { Busy, Session } from "./session.ts";

/** Shows on an object's row what is done to it; a later deed takes the row over. */
export function beBusy(session: Session, id: string, first: Busy): { is(next: Busy): void; over(): void } {
  let mine = first;
  setBusy(session, id, first);
  return {
    is(next) {
      if (session.busy.get().get(id) !== mine) return;
      mine = next;
      setBusy(session, id, next);
    },
    over() {
      if (session.busy.get().get(id) === mine) setBusy(session, id, undefined);
    },
  };
}

function setBusy(session: Session, id: string, value: Busy | undefined): void {
  session.busy.set((before) => {
    const next = new Map(before);
    if (value) next.set(id, value);
    else next.delete(id);
    return next;
  });
}

/** How long, in ms, an object stays busy for its list to show what was done: until then a second key would miss. */
const listedMs = 500;

/** Resolves when the list shows the object otherwise than before, or after a moment. */
export function untilListed<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  before: Item,
): Promise<void> {
  const source = screen.source(session);
  return untilWithin(session.clock, listedMs, [source], () => !source.get().items.includes(before));
}
