import type { Undo } from "./undo/undo.ts";

/** What was done, as the docker command that does the same. */
export type JournalEntry = {
  id: number;
  /** Tells it from all entries of all runs of dockui. */
  key: string;
  /** The id of the engine, since another one may be reached at the same address later. */
  engine?: string;
  /** Another run of dockui did it. */
  earlier?: true;
  at: number;
  command: string;
  outcome: "running" | "done" | "failed";
  /** Why it failed. */
  reason?: string;
  /** What else there is to say of it: what a copy left out. */
  notes?: readonly string[];
  /** How it is undone, or why it cannot be. */
  undo?: Undo | string;
  undone?: true;
};
