import { explain } from "../docker/errors.ts";
import { type Overlay, openOverlay } from "./overlays.ts";
import type { Question } from "./question.ts";
import { notify, type Session } from "./session.ts";

/** Asks the person. */
export function ask(session: Session, question: Question): void {
  openOverlay(session, { kind: "question", question });
}

/**
 * Asks the person once the engine told what the question needs. It stands on the screen from the first moment, so that
 * no key goes elsewhere meanwhile; Esc gives up.
 */
export function askLater(
  session: Session,
  title: string,
  prepare: (signal: AbortSignal) => Promise<Question>,
): void {
  const leaving = new AbortController();
  const waiting: Overlay = { kind: "preparing", title, giveUp: () => leaving.abort() };
  const replace = (...by: Overlay[]) =>
    session.overlays.set((all) => all.flatMap((other) => (other === waiting ? by : [other])));
  openOverlay(session, waiting);
  prepare(leaving.signal).then(
    (question) => replace({ kind: "question", question }),
    (error: unknown) => {
      replace();
      if (!leaving.signal.aborted) notify(session, "bad", explain(error, session.engine.endpoint).message);
    },
  );
}
