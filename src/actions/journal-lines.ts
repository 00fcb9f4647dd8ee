import { holdsSecrets } from "../docker/facts/holds-secrets.ts";
import { masked } from "../format/secrets/masked.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { SavedUndo, Undo } from "./undo/undo.ts";

/** Where a journal is kept when dockui ends; each line is one value. */
export type JournalKeeper = {
  /** Names this dockui among those that keep theirs in the same place. */
  run: string;
  write(line: KeptLine): void;
  /** What was kept so far, the oldest first; not by dockui itself, perhaps. */
  read(): readonly unknown[];
  /** Why nothing is kept. */
  problem(): string | undefined;
};

/** An entry as it is written down; a later line of the same key stands in its place. */
export type KeptEntry = Omit<JournalEntry, "id" | "undo" | "earlier"> & { undo?: SavedUndo | string };

/** An entry, or that a container was created again and has another id since. */
export type KeptLine = KeptEntry | { renewed: readonly [before: string, now: string] };

const longest = { command: 2_000, text: 500, notes: 5, undo: 64 * 1024 };

/** What is written down of an entry: no secrets, and no more than there is room for. */
export function toKept(entry: JournalEntry): KeptEntry {
  const { key, engine, at, command, outcome, reason, notes, undo, undone } = entry;
  const short = (text: string) => masked(text).slice(0, longest.text);
  return {
    ...{ key, at, outcome, command: masked(command).slice(0, longest.command) },
    ...(engine === undefined ? {} : { engine }),
    ...(reason === undefined ? {} : { reason: short(reason) }),
    ...(notes === undefined ? {} : { notes: notes.slice(0, longest.notes).map(short) }),
    ...(undo === undefined || undone ? {} : { undo: toKeptUndo(undo) }),
    ...(undone ? { undone } : {}),
  };
}

function toKeptUndo(undo: Undo | string): SavedUndo | string {
  if (typeof undo === "string") return undo;
  return whyNotKept(undo) ?? undo.saved ?? "it is not kept how.";
}

/** Why an undo is for this run of dockui only; undefined when a later one can do it too. */
export function whyNotKept({ saved }: Undo): string | undefined {
  if (saved === undefined) return "it could be undone only by the dockui that did it.";
  if (holdsSecrets(saved.with))
    return "its settings may hold secrets, which are not written to disk: only the dockui that did it could undo it.";
  if (JSON.stringify(saved).length > longest.undo)
    return "its settings are too long to be kept: only the dockui that did it could undo it.";
}

/** What was kept, each entry as it was written last; lines that are none are left out. */
export function readKept(lines: readonly unknown[]): {
  entries: readonly KeptEntry[];
  renewed: readonly (readonly [string, string])[];
} {
  const found = new Map<string, KeptEntry>();
  const renewed: (readonly [string, string])[] = [];
  for (const line of lines) {
    if (isEntry(line)) found.set(line.key, line);
    else if (isRenewal(line)) renewed.push(line.renewed);
  }
  return { entries: [...found.values()].sort((a, b) => a.at - b.at), renewed };
}

function isEntry(line: unknown): line is KeptEntry {
  const { key, at, command, outcome, reason, notes, undo } = (line ?? {}) as Partial<KeptEntry>;
  const isText = (value: unknown) => value === undefined || typeof value === "string";
  return (
    [key, command].every((text) => typeof text === "string") &&
    Number.isFinite(at) &&
    ["running", "done", "failed"].includes(outcome ?? "") &&
    isText(reason) &&
    (notes === undefined || (Array.isArray(notes) && notes.every(isText))) &&
    (isText(undo) || (typeof undo === "object" && undo !== null))
  );
}

function isRenewal(line: unknown): line is { renewed: readonly [string, string] } {
  const { renewed } = (line ?? {}) as { renewed?: unknown };
  return Array.isArray(renewed) && renewed.length === 2 && renewed.every((id) => typeof id === "string");
}
