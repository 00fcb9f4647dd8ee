import { explain, inFull } from "../docker/errors.ts";
import { inParallel } from "../docker/in-parallel.ts";
import type { TargetsAction } from "./action.ts";
import type { Target } from "./aim.ts";
import { ask, askLater } from "./ask.ts";
import { record, settle } from "./journal.ts";
import type { ListScreen } from "./list-screen.ts";
import { performOne } from "./perform-one.ts";
import { type Answers, firstAnswers, onlyChanged, type Question } from "./question.ts";
import { capital, type Note, report } from "./report.ts";
import { aboutOf, notify, type Session } from "./session.ts";
import type { Undo } from "./undo/undo.ts";

/** As many objects are acted upon at a time. */
const parallel = 5;

/**
 * Asks first where the action wants it, then does it to each target. Those it does not apply to are named and left
 * alone; the targets are held by id from the key press on.
 */
export function begin<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  { items, together }: Pick<Target<Item>, "items" | "together">,
): void {
  const fit = items.filter((item) => whyNot(session, action, item) === undefined);
  if (action.inTurn) fit.sort(action.inTurn);
  const first = items[0];
  if (!first) return notify(session, "warn", `There is no ${screen.noun[0]} to ${action.label}.`);
  if (fit.length === 0)
    return notify(session, "warn", `${screen.name(first)}: ${whyNot(session, action, first) ?? ""}`);
  const { confirm } = action;
  const question = questionOf(session, screen, action, { fit, left: items.length - fit.length });
  if (confirm?.prepare)
    return askLater(session, question.title, async (signal) => {
      const fields = (await confirm.prepare?.(fit, session, signal)) ?? [];
      return {
        ...question,
        fields,
        command: (answers) =>
          action.command(fit.map(screen.name), onlyChanged(fields, answers), session, fit),
        answer: (answers) => void perform(session, screen, action, fit, onlyChanged(fields, answers)),
      };
    });
  // What was chosen by a heading may have no row on the screen: it is named before anything is done to it.
  if (confirm || together !== undefined) return ask(session, question);
  void perform(session, screen, action, fit, {});
}

function questionOf<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  { fit, left }: { fit: readonly Item[]; left: number },
): Question {
  const { confirm } = action;
  const note = [
    confirm?.note?.(fit),
    left > 0 ? `${left} more cannot be ${action.done}: left alone.` : undefined,
  ].filter(Boolean);
  const doing = `${action.label} ${count(fit.length, screen.noun)}`;
  return {
    ...(confirm?.words?.(fit) ?? { title: `${capital(doing)} on ${hostName(session)}?`, verb: doing }),
    objects: fit.map((item) => objectLine(screen.name(item), item.id, confirm?.detail?.(item))),
    ...(note.length > 0 ? { note: note.join(" ") } : {}),
    fields: confirm?.fields ?? [],
    danger: confirm?.danger ?? false,
    command: (answers) => action.command(fit.map(screen.name), answers, session, fit),
    answer: (answers) => void perform(session, screen, action, fit, answers),
  };
}

/** Why an action cannot be done to an object now; undefined when it can. What is being acted upon is left in peace. */
export function whyNot<Item extends { id: string }>(
  session: Session,
  action: TargetsAction<Item>,
  item: Item,
): string | undefined {
  const busy = session.busy.get().get(item.id);
  return busy && !busy.background && !action.evenBusy && !action.background
    ? `wait, it is ${busy.label} (x stops waiting).`
    : action.unavailable(item, session);
}

/** Does it to each, re-checked just before; the rest go on when one fails. Resolves when all are through. */
export async function perform<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  items: readonly Item[],
  answers: Answers = firstAnswers(action.confirm?.fields ?? []),
): Promise<void> {
  if (action.atOnce && items.length > 1) {
    await Promise.all(items.map((item) => perform(session, screen, action, [item], answers)));
    return;
  }
  const failed: string[] = [];
  const cancelled: string[] = [];
  const done: string[] = [];
  const notes: Note[] = [];
  let gained = 0;
  await inParallel(items, action.inTurn ? 1 : parallel, async (item) => {
    const name = screen.name(item);
    const entry = record(session, action.command([name], answers, session, [item]));
    let undo: Undo | string | undefined;
    const undoable = (how: Undo | string) => {
      undo = how;
    };
    try {
      const said = await performOne(session, screen, action, { item, answers, whyNot, undoable });
      notes.push(
        ...said.map((note) => (items.length > 1 ? { ...note, text: `${name}: ${note.text}` } : note)),
      );
      done.push(name);
      gained += action.gain?.(item) ?? 0;
      settle(session, entry, "done", { notes: said.flatMap(({ text, more }) => [text, ...more]), undo });
    } catch (error) {
      const problem = explain(error, session.engine.endpoint);
      const { kind } = problem;
      const reason = kind === "cancelled" ? (action.cancelled ?? stillGoing) : inFull(problem);
      (kind === "cancelled" ? cancelled : failed).push(`${name}: ${reason}`);
      // What was only not waited for may be carried out all the same.
      settle(session, entry, "failed", { reason, undo: kind === "cancelled" ? undo : undefined });
    }
  });
  report(session, action.done, { done, failed, cancelled, notes, gained: action.gain ? gained : undefined });
}

const stillGoing = "you stopped waiting; the engine may still carry it out.";

/** The engine's host as the header names it. */
export function hostName(session: Session): string {
  return aboutOf(session)?.host ?? session.engine.endpoint.label;
}

function objectLine(name: string, id: string, detail: string | undefined): string {
  const short = id.replace(/^sha256:/, "").slice(0, 12);
  // A file is held by its container and path, which are said already.
  return [name, name === id || id.includes("/") ? "" : short, detail ?? ""]
    .filter((part) => part !== "")
    .join("  ");
}

/** "1 container", "3 containers". */
export function count(amount: number, [one, many]: readonly [string, string]): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
