import type { JournalEntry } from "./journal-entry.ts";
import { type KeptEntry, readKept } from "./journal-lines.ts";
import type { Session } from "./session.ts";
import { fromSaved } from "./undo/saved.ts";

/** Puts into the journal what other runs of dockui did on this engine, before and beside this one, as it is kept. */
export function recall(session: Session): void {
  const { keeper, journal, renewed } = session;
  if (!keeper) return;
  const kept = readKept(keeper.read());
  // Numbers of their own, below those of this run; who looks again finds the same ones.
  const numbers = new Map(journal.get().map(({ key, id }) => [key, id]));
  let lowest = Math.min(0, ...numbers.values());
  const numberOf = (key: string) => {
    const known = numbers.get(key);
    if (known === undefined) lowest -= 1;
    return known ?? lowest;
  };
  const others = kept.entries.filter(({ key }) => !key.startsWith(`${keeper.run}/`));
  const earlier = others.map((entry) => toEntry(entry, numberOf(entry.key)));
  journal.set((now) => [...earlier, ...now.filter(({ earlier: was }) => !was)]);
  renewed.set((now) => new Map([...kept.renewed, ...now]));
}

function toEntry({ undo, outcome, ...kept }: KeptEntry, id: number): JournalEntry {
  const isOpen = outcome === "running";
  return {
    ...{ ...kept, id, earlier: true },
    outcome: isOpen ? "failed" : outcome,
    ...(isOpen ? { reason: "how it ended is not known: dockui was gone before, or is still at it." } : {}),
    ...(undo === undefined ? {} : { undo: typeof undo === "string" ? undo : fromSaved(undo) }),
  };
}
