import type { JournalEntry, Session } from "./session.ts";

/** Keeps in the journal that something is being done, as the docker command that does the same. */
export function record(session: Session, command: string): JournalEntry {
  const entry: JournalEntry = {
    id: (session.journal.get().at(-1)?.id ?? 0) + 1,
    at: session.clock.now(),
    command,
    outcome: "running",
  };
  session.journal.set((all) => [...all, entry]);
  return entry;
}

/** Keeps how it ended. */
export function settle(
  session: Session,
  entry: JournalEntry,
  outcome: "done" | "failed",
  { reason, notes = [] }: { reason?: string | undefined; notes?: readonly string[] } = {},
): void {
  const settled = {
    ...entry,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  session.journal.set((all) => all.map((other) => (other.id === entry.id ? settled : other)));
}
