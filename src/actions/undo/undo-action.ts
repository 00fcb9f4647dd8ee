import type { TargetsAction } from "../action.ts";
import { type JournalItem, markUndone } from "../journal.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { aboutOf, type Session } from "../session.ts";
import { inWords, undoOf, whyNoUndo } from "./undo.ts";

/** Undoes entries of the journal, the newest first; each is an entry of its own. */
export function undoAction(session: Session): TargetsAction<JournalItem> {
  return {
    id: "undo",
    on: "targets",
    keys: ["U"],
    label: "undo",
    help: "Undo the entry, or the marked ones from the newest on: a removed container is created again from its settings, what was stopped is started, a name, tag, limit or network comes back",
    footer: 1,
    changes: true,
    doing: "being undone",
    done: "undone",
    unavailable: ({ entry }) => whyNoUndo(entry) ?? elsewhere(session, entry),
    inTurn: (one, other) => other.entry.at - one.entry.at || other.entry.id - one.entry.id,
    confirm: { danger: false, note: wordsOf },
    command: (_names, _answers, _session, items = []) => items.map(commandOf).join("; "),
    async run({ entry }, run) {
      const undo = undoOf(entry);
      if (!undo) throw new Error(whyNoUndo(entry));
      run.undoable("it is an undo itself.");
      run.note(await undo.run(session, run.signal, run));
      markUndone(session, entry);
    },
  };
}

/** Why not here, where it was done on another engine that was reached at this address then. */
function elsewhere(session: Session, { engine }: JournalEntry): string | undefined {
  const now = aboutOf(session)?.id;
  if (engine === undefined || now === engine) return undefined;
  return now === undefined ? "which engine this is is not known yet." : "it was done on another engine.";
}

/** What comes back of each, and then what does not, each said once. */
function wordsOf(items: readonly JournalItem[]): string {
  const undos = items.flatMap(({ entry }) => undoOf(entry) ?? []);
  const [only] = undos;
  if (only && undos.length === 1) return inWords(only);
  return [...new Set([...undos.map(({ what }) => what), ...undos.flatMap(({ lost }) => lost ?? [])])].join(
    " ",
  );
}

/** Where there is no one command, a comment: a shell that is given it does nothing. */
function commandOf({ entry }: JournalItem): string {
  return undoOf(entry)?.command ?? `# undo: ${entry.command}`;
}
