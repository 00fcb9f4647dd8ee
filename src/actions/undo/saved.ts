import type { SavedUndo, Undo } from "./undo.ts";
import {
  undoConnect,
  undoDisconnect,
  undoPause,
  undoRename,
  undoStop,
  undoUnpause,
  undoUpdate,
} from "./undo-container.ts";
import { undoRemoval } from "./undo-removal.ts";
import { undoUntag } from "./undo-untag.ts";

/** What makes an undo of the values that were kept of it. */
const makers = {
  stop: undoStop,
  pause: undoPause,
  unpause: undoUnpause,
  rename: undoRename,
  connect: undoConnect,
  disconnect: undoDisconnect,
  update: undoUpdate,
  untag: undoUntag,
  remove: undoRemoval,
} as const;

/** The undo that was written down as those values, or why it is none. */
export function fromSaved({ by, with: values }: SavedUndo): Undo | string {
  const unreadable = "what was kept of it cannot be read.";
  if (!Object.hasOwn(makers, by) || !Array.isArray(values)) return unreadable;
  try {
    const make = makers[by as keyof typeof makers] as (...values: readonly unknown[]) => Undo | string;
    return make(...values);
  } catch {
    return unreadable;
  }
}
