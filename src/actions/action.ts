import type { Engine } from "../docker/engine.ts";
import type { Answers, Field } from "./question.ts";
import type { Session } from "./session.ts";
import type { Undo } from "./undo/undo.ts";

type Common = {
  id: string;
  /** Names as in `hooks/keys.ts`; an action without a key is in the palette. */
  keys: readonly string[];
  label: string;
  help: string;
  footer?: number;
  /** It changes something: `--read-only` drops it. */
  changes?: boolean;
};

/** What a running action may use. */
export type Run = {
  engine: Engine;
  answers: Answers;
  signal: AbortSignal;
  /** Says on the row what it waits for, and for how long at most (ms) where that is known. */
  waiting(label: string, forMs?: number): void;
  /** Says on the row how far it is; may be called as often as one likes. */
  progress(amount: { bytes: number; total: number | undefined }): void;
  /** Adds to the report what else there is to say of it: where it went, a warning; `more` is for the journal only. */
  note(text: string, options?: { tone?: "good" | "warn"; more?: readonly string[] }): void;
  /** Says how it can be undone once it is done, or why it cannot be; before the engine is asked for it. */
  undoable(undo: Undo | string): void;
};

/** Does something to each of the targets: the marked rows, or the one under the cursor. */
export type TargetsAction<Item> = Common & {
  on: "targets";
  /** Never falls back on the row under the cursor. */
  markedOnly?: boolean;
  /** Acts on the row under the cursor only, whatever is marked: a name can be given to one. */
  single?: boolean;
  /** Keeps nothing else from being done to the object meanwhile: waiting for its end. */
  background?: boolean;
  /** May be done while something else is being done to the object: kill what will not stop. */
  evenBusy?: boolean;
  /** Bytes that come back when it is done to this one. */
  gain?(item: Item): number;
  /** In the past: "stopped", for what is reported. */
  done: string;
  /** It only waits: is done to any number at once, and each end is told when it comes. */
  atOnce?: true;
  /** Is done to one after the other, in this order; else to a few at a time. */
  inTurn?(one: Item, other: Item): number;
  /** What is true once it was cancelled; absent: the engine may still carry it out. */
  cancelled?: string;
  /** Present participle for the busy row: "stopping". */
  doing: string;
  /** Why it cannot be done to this one; undefined when it can. */
  unavailable(item: Item, session: Session): string | undefined;
  /** Asks before it runs; what is destructive always does. */
  confirm?: {
    danger: boolean;
    /** In place of "Stop 3 containers on web-01?" and "stop 3 containers". */
    words?(items: readonly Item[]): { title: string; verb: string };
    /** What goes with this one, shown beside its name. */
    detail?(item: Item): string;
    fields?: readonly Field[];
    /** Finds the fields out instead: what is set now, what there is to choose from. */
    prepare?(items: readonly Item[], session: Session, signal: AbortSignal): Promise<readonly Field[]>;
    note?(items: readonly Item[]): string | undefined;
  };
  /** The docker command line that does the same to objects of those names; without a session, as a sample. */
  command(names: readonly string[], answers: Answers, session?: Session, items?: readonly Item[]): string;
  run(item: Item, run: Run): Promise<void>;
};

/** Opens something for one object: a view, a shell. */
export type RowAction<Item> = Common & {
  on: "row";
  unavailable(item: Item, session: Session): string | undefined;
  command(names: readonly string[]): string;
  open(item: Item, session: Session): void;
};

/** Opens one view for all of the marked, or the one under the cursor; `items` are those it applies to. */
export type RowsAction<Item> = Common & {
  on: "rows";
  /** Never falls back on the row under the cursor. */
  markedOnly?: boolean;
  /** Is for all rows that are shown, whatever is marked. */
  shown?: boolean;
  unavailable(item: Item, session: Session): string | undefined;
  command(names: readonly string[]): string;
  open(items: readonly Item[], session: Session): void;
};

/** Does something on the whole screen, whatever row the cursor is on. */
export type ScreenAction = Common & {
  on: "screen";
  unavailable?(session: Session): string | undefined;
  open(session: Session): void;
};

/** An action as data, told apart by what it acts upon, so that each gets exactly what it may use. */
export type Action<Item> = TargetsAction<Item> | RowAction<Item> | RowsAction<Item> | ScreenAction;
