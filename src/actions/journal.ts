import type { Snapshot, Source } from "../docker/source.ts";
import { masked } from "../format/secrets/masked.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { toKept } from "./journal-lines.ts";
import { aboutOf, type Session } from "./session.ts";
import type { Undo } from "./undo/undo.ts";

/** Keeps in the journal that something is being done, as the docker command that does the same; never a secret of it. */
export function record(session: Session, command: string): JournalEntry {
  const id = Math.max(0, session.journal.get().at(-1)?.id ?? 0) + 1;
  const engine = aboutOf(session)?.id;
  const entry: JournalEntry = {
    ...{ id, key: `${session.keeper?.run ?? ""}/${id}`, at: session.clock.now(), command: masked(command) },
    outcome: "running",
    ...(engine === undefined ? {} : { engine }),
  };
  session.journal.set((all) => [...all, entry]);
  session.keeper?.write(toKept(entry));
  return entry;
}

/** Keeps how it ended, and how it is undone, or why it cannot be. */
export function settle(
  session: Session,
  entry: JournalEntry,
  outcome: "done" | "failed",
  how: { reason?: string | undefined; notes?: readonly string[]; undo?: Undo | string | undefined } = {},
): void {
  const { reason, notes = [], undo } = how;
  change(session, entry, {
    outcome,
    ...(reason === undefined ? {} : { reason: masked(reason) }),
    ...(notes.length === 0 ? {} : { notes: notes.map(masked) }),
    ...(undo === undefined ? {} : { undo: typeof undo === "string" ? masked(undo) : undo }),
  });
}

/** Keeps that it was undone, so that it is not undone twice. */
export function markUndone(session: Session, entry: JournalEntry): void {
  change(session, entry, { undone: true });
}

function change({ journal, keeper }: Session, { id }: JournalEntry, now: Partial<JournalEntry>): void {
  journal.set((all) => all.map((other) => (other.id === id ? { ...other, ...now } : other)));
  const changed = journal.get().find((other) => other.id === id);
  if (changed) keeper?.write(toKept(changed));
}

/** Keeps that a container was created again: what is done to the one of the id before is meant for it now. */
export function renew({ renewed, keeper }: Session, before: string, now: string): void {
  renewed.set((ids) => new Map(ids).set(before, now));
  keeper?.write({ renewed: [before, now] });
}

/** An entry of the journal as a row of a list. */
export type JournalItem = { id: string; entry: JournalEntry };

/** The journal as what a list shows: an entry that did not change stays the same row. */
export function journalSource(session: Session): Source<JournalItem> {
  const known = new WeakMap<JournalEntry, JournalItem>();
  let last: { entries: readonly JournalEntry[]; shown: Snapshot<JournalItem> } | undefined;
  const itemOf = (entry: JournalEntry): JournalItem => {
    const item = known.get(entry) ?? { id: `journal/${entry.id}`, entry };
    known.set(entry, item);
    return item;
  };
  return {
    get() {
      const entries = session.journal.get();
      if (last?.entries !== entries)
        last = { entries, shown: { items: entries.map(itemOf), loadedAt: 0, loading: false } };
      return last.shown;
    },
    subscribe: (listener) => session.journal.subscribe(listener),
    refresh() {},
  };
}
