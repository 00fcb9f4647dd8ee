import type { Run } from "../action.ts";
import type { JournalEntry } from "../journal-entry.ts";
import type { Session } from "../session.ts";

/** An undo as values: which one, and what it is made with. */
export type SavedUndo = { by: string; with: readonly unknown[] };

/** A way back from something that was done. */
export type Undo = {
  /** What is so again afterwards, a sentence: "web is created again from its settings, not started." */
  what: string;
  /** What nothing brings back, a sentence: "What was written inside it is lost." */
  lost?: string;
  /** The docker command line that does the same, where there is one. */
  command?: string;
  /** What it is made of, as values that can be written down: `fromSaved` makes it again. */
  saved?: SavedUndo;
  /** Resolves with what was done, a sentence; rejects with what keeps it from being undone, and what to do. */
  run(session: Session, signal: AbortSignal, say: Pick<Run, "waiting" | "note">): Promise<string>;
};

/** Commands after which something is gone that no settings bring back. */
const removals = /^docker (?:rmi|(?:image|network|volume) (?:rm|prune)|(?:builder|buildx|system) prune)\b/;

/** The way back from an entry of the journal; undefined where `whyNoUndo` has a reason. */
export function undoOf(entry: JournalEntry): Undo | undefined {
  return whyNoUndo(entry) === undefined && typeof entry.undo === "object" ? entry.undo : undefined;
}

/** Why an entry of the journal cannot be undone; undefined when it can. */
export function whyNoUndo({ outcome, undo, undone, command }: JournalEntry): string | undefined {
  if (undone) return "it was undone already.";
  if (outcome === "running") return "it is being done.";
  if (undo !== undefined) return typeof undo === "string" ? undo : undefined;
  if (outcome === "failed") return "it failed.";
  return removals.test(command)
    ? "what was removed is gone: images, networks, volumes and build cache cannot be brought back."
    : "there is no way back from it.";
}

/** What undoing does and what stays lost, as one text. */
export function inWords({ what, lost }: Pick<Undo, "what" | "lost">): string {
  return [what, lost].filter(Boolean).join(" ");
}

/** The container that has that id, or took its place: one that was removed and created again has another. */
export function idNow({ renewed }: Pick<Session, "renewed">, id: string): string {
  const next = renewed.get().get(id);
  return next === undefined ? id : idNow({ renewed }, next);
}
