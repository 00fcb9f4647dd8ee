import type { Undo } from "../undo/undo.ts";

/** What became of an object that went: what else there is to say, and how it is brought back. */
export type Removed = { note?: string; undo?: Undo | string };

/** Why an object was left alone: it is not what was shown any more. */
export class Skipped extends Error {
  readonly undo: Undo | undefined;
  constructor(reason: string, undo?: Undo) {
    super(reason);
    this.undo = undo;
  }
}

/** That somebody else was faster. */
export const goneAlready = "It was gone already.";
