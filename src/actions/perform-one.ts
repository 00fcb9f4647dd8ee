import type { Source } from "../docker/source.ts";
import { decimalSize } from "../format/size.ts";
import type { TargetsAction } from "./action.ts";
import { beBusy, untilListed } from "./busy.ts";
import type { ListScreen } from "./list-screen.ts";
import type { Answers } from "./question.ts";
import type { Note } from "./report.ts";
import type { Session } from "./session.ts";
import type { Undo } from "./undo/undo.ts";

/** How often, in ms, a row says how far it is. */
const progressMs = 200;

/** Of what it began and could not end the engine tells no event: a removal that failed leaves something half removed. */
function lookAgain({ sources }: Session, source: Pick<Source<never>, "refresh">, id: string): void {
  if (Object.values<unknown>(sources).includes(source)) source.refresh([id]);
}

type Deed<Item extends { id: string }> = {
  item: Item;
  answers: Answers;
  /** Why it cannot be done now, looked at again just before. */
  whyNot(session: Session, action: TargetsAction<Item>, item: Item): string | undefined;
  /** Told how it can be undone, or why it cannot be. */
  undoable(undo: Undo | string): void;
};

/** Does it to one object, which is busy meanwhile; resolves with what else there is to say of it. */
export async function performOne<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  { item, answers, whyNot, undoable }: Deed<Item>,
): Promise<readonly Note[]> {
  const now = screen
    .source(session)
    .get()
    .items.find(({ id }) => id === item.id);
  if (!now) throw new Error(screen.gone ?? "It is gone already.");
  const reason = whyNot(session, action, now);
  if (reason !== undefined) throw new Error(reason);
  const waiting = new AbortController();
  const notes: Note[] = [];
  const { clock } = session;
  let toldAt = Number.NEGATIVE_INFINITY;
  const base = {
    name: screen.name(item),
    since: clock.now(),
    cancel: () => waiting.abort(),
    ...(action.background ? { background: true } : {}),
  };
  const busy = beBusy(session, item.id, { ...base, label: action.doing });
  try {
    await action.run(now, {
      engine: session.engine,
      answers,
      signal: waiting.signal,
      undoable,
      note: (text, { tone = "good", more = [] } = {}) => void notes.push({ text, tone, more }),
      waiting: (label, forMs) =>
        busy.is({ ...base, label, ...(forMs === undefined ? {} : { until: clock.now() + forMs }) }),
      progress({ bytes, total }) {
        if (clock.ticks() - toldAt < progressMs) return;
        toldAt = clock.ticks();
        const of = total === undefined ? "" : `/${decimalSize(total)}`;
        busy.is({ ...base, label: action.doing, amount: decimalSize(bytes) + of });
      },
    });
  } catch (error) {
    busy.over();
    lookAgain(session, screen.source(session), item.id);
    throw error;
  }
  void untilListed(session, screen, now).then(busy.over);
  return notes;
}
