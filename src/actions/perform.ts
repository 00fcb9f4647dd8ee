import { explain } from "../docker/errors.ts";
import { inParallel } from "../docker/in-parallel.ts";
import { decimalSize } from "../format/size.ts";
import type { TargetsAction } from "./action.ts";
import { beBusy, untilListed } from "./busy.ts";
import type { ListScreen } from "./list-screen.ts";
import { type Answers, firstAnswers } from "./question.ts";
import { type JournalEntry, notify, openOverlay, type Session } from "./session.ts";

/** As many objects are acted upon at a time. */
const parallel = 5;

/** The objects an action was asked for, as they were when the key was pressed. */
export type Targets<Item> = readonly Item[];

/**
 * Asks first where the action wants it, then does it to each target. Those it does not apply to are named and left
 * alone; the targets are held by id from the key press on.
 */
export function begin<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  items: Targets<Item>,
): void {
  const fit = items.filter((item) => whyNot(session, action, item) === undefined);
  const first = items[0];
  if (!first) return notify(session, "warn", `There is no ${screen.noun[0]} to ${action.label}.`);
  if (fit.length === 0)
    return notify(session, "warn", `${screen.name(first)}: ${whyNot(session, action, first) ?? ""}`);
  const { confirm } = action;
  if (!confirm) return void perform(session, screen, action, fit, {});
  const left = items.length - fit.length;
  const note = [
    confirm.note?.(fit),
    left > 0 ? `${left} more marked cannot be ${action.done}: left alone.` : undefined,
  ];
  openOverlay(session, {
    kind: "question",
    question: {
      title: `${capital(action.label)} ${count(fit.length, screen.noun)} on ${hostName(session)}?`,
      objects: fit.map((item) => objectLine(screen.name(item), item.id, confirm.detail?.(item))),
      ...(note.some(Boolean) ? { note: note.filter(Boolean).join(" ") } : {}),
      fields: confirm.fields ?? [],
      verb: `${action.label} ${count(fit.length, screen.noun)}`,
      danger: confirm.danger,
      command: (answers) => action.command(fit.map(screen.name), answers),
      answer: (answers) => void perform(session, screen, action, fit, answers),
    },
  });
}

/** Why an action cannot be done to an object now; undefined when it can. What is being acted upon is left in peace. */
export function whyNot<Item extends { id: string }>(
  session: Session,
  action: TargetsAction<Item>,
  item: Item,
): string | undefined {
  const busy = session.busy.get().get(item.id);
  return busy && !action.evenBusy ? `wait, it is ${busy.label} (x stops waiting).` : action.unavailable(item);
}

/** Does it to each, re-checked just before; the rest go on when one fails. Resolves when all are through. */
export async function perform<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  items: Targets<Item>,
  answers: Answers = firstAnswers(action.confirm?.fields ?? []),
): Promise<void> {
  const failed: string[] = [];
  const done: string[] = [];
  let gained = 0;
  await inParallel(items, parallel, async (item) => {
    const name = screen.name(item);
    const entry = record(session, action.command([name], answers));
    try {
      await performOne(session, screen, action, item, answers);
      done.push(name);
      gained += action.gain?.(item) ?? 0;
      settle(session, entry, "done");
    } catch (error) {
      const message = reasonOf(error, session);
      failed.push(`${name}: ${message}`);
      settle(session, entry, "failed", message);
    }
  });
  report(session, action.done, { done, failed, gained: action.gain ? gained : undefined });
}

function reasonOf(error: unknown, session: Session): string {
  const { kind, message } = explain(error, session.engine.endpoint);
  return kind === "cancelled" ? "you stopped waiting; the engine may still carry it out." : message;
}

async function performOne<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  action: TargetsAction<Item>,
  item: Item,
  answers: Answers,
): Promise<void> {
  const now = screen
    .source(session)
    .get()
    .items.find(({ id }) => id === item.id);
  if (!now) throw new Error(screen.gone ?? "It is gone already.");
  const reason = whyNot(session, action, now);
  if (reason !== undefined) throw new Error(reason);
  const waiting = new AbortController();
  const base = { since: session.clock.now(), cancel: () => waiting.abort() };
  const busy = beBusy(session, item.id, { ...base, label: action.doing });
  try {
    await action.run(now, {
      engine: session.engine,
      answers,
      signal: waiting.signal,
      waiting: (label, forMs) =>
        busy.is({ ...base, label, ...(forMs === undefined ? {} : { until: session.clock.now() + forMs }) }),
    });
  } catch (error) {
    busy.over();
    throw error;
  }
  void untilListed(session, screen, now).then(busy.over);
}

function record(session: Session, command: string): JournalEntry {
  const entry: JournalEntry = {
    id: (session.journal.get().at(-1)?.id ?? 0) + 1,
    at: session.clock.now(),
    command,
    outcome: "running",
  };
  session.journal.set((all) => [...all, entry]);
  return entry;
}

function settle(session: Session, entry: JournalEntry, outcome: "done" | "failed", reason?: string): void {
  const settled = { ...entry, outcome, ...(reason === undefined ? {} : { reason }) };
  session.journal.set((all) => all.map((other) => (other.id === entry.id ? settled : other)));
}

function report(
  session: Session,
  past: string,
  {
    done,
    failed,
    gained,
  }: { done: readonly string[]; failed: readonly string[]; gained: number | undefined },
): void {
  const [first] = failed;
  const freed = gained === undefined ? "" : `, ${decimalSize(gained)} freed`;
  if (first === undefined) {
    const what = done.length === 1 ? done[0] : `${done.length}`;
    return notify(session, "good", `${capital(past)} ${what}${freed}.`);
  }
  const good = done.length === 0 ? "" : `${capital(past)} ${done.length}${freed}; `;
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more: J lists them)` : "";
  notify(session, "bad", `${good}${failed.length} failed: ${first}${more}`);
}

/** The engine's host as the header names it. */
export function hostName(session: Session): string {
  const state = session.connection.get();
  const host = state.kind === "live" ? state.about?.host : undefined;
  return host ?? session.engine.endpoint.label;
}

function objectLine(name: string, id: string, detail: string | undefined): string {
  const short = id.replace(/^sha256:/, "").slice(0, 12);
  return [name, name === id ? "" : short, detail ?? ""].filter((part) => part !== "").join("  ");
}

/** "1 container", "3 containers". */
export function count(amount: number, [one, many]: readonly [string, string]): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
