import type { JournalItem } from "../actions/journal.ts";
import type { JournalEntry } from "../actions/journal-entry.ts";
import { whyNotKept } from "../actions/journal-lines.ts";
import type { ListScreen, Tone } from "../actions/list-screen.ts";
import { openOverlay } from "../actions/overlays.ts";
import type { Session } from "../actions/session.ts";
import { inWords, undoOf, whyNoUndo } from "../actions/undo/undo.ts";
import { undoAction } from "../actions/undo/undo-action.ts";
import type { Source } from "../docker/source.ts";
import { localTime } from "../format/local-time.ts";

/** The journal as a list: what was done, as docker commands, what became of it, and what of it can be undone. */
export function journalScreen(session: Session, source: Source<JournalItem>): ListScreen<JournalItem> {
  return {
    id: "journal",
    title: "Journal",
    noun: ["entry", "entries"],
    source: () => source,
    columns: [
      {
        ...{ id: "time", title: "TIME", min: 8, max: 11, rank: 0.1 },
        text: ({ entry }, { now }) => timeText(entry.at, now),
        tone: () => "dim",
        sort: ({ entry }) => entry.at,
      },
      {
        ...{ id: "outcome", title: "", min: 1, max: 8, rank: 0.2 },
        text: ({ entry }) => signs[stateOf(entry)].sign,
        tone: ({ entry }) => signs[stateOf(entry)].tone,
        sort: ({ entry }) => order.indexOf(stateOf(entry)),
      },
      {
        ...{ id: "undo", title: "U", min: 1, max: 1, rank: 0.3, optional: true },
        text: ({ entry }) => (undoOf(entry) ? "U" : ""),
        tone: () => "accent",
      },
      {
        ...{ id: "command", title: "COMMAND", min: 16, max: 36, rank: 1, grows: true },
        text: ({ entry }) => entry.command,
        sort: ({ entry }) => entry.command,
      },
      {
        ...{ id: "result", title: "WHAT BECAME OF IT", min: 8, max: 400, rank: 2 },
        text: ({ id, entry }, { busy }) => {
          const doing = busy.get(id)?.label;
          return doing ? `… ${doing}` : (entry.reason ?? entry.notes?.[0] ?? "");
        },
        tone: ({ entry }) => (entry.reason === undefined ? "dim" : "bad"),
      },
    ],
    sortedBy: "time",
    name: ({ entry }) => entry.command,
    search: ({ entry }) => ({
      fields: { command: entry.command, result: toldOf(entry).join(" ") },
      labels: {},
      exact: { name: [entry.command], state: [stateOf(entry)] },
    }),
    gone: "It is not in the journal any more.",
    unloadable: "The journal is dockui's own: nothing is to be asked of the engine.",
    empty: "Nothing was done yet. What you do stands here, as docker commands.",
    actions: [
      {
        id: "open-entry",
        on: "row",
        keys: ["enter"],
        label: "read",
        help: "Read the whole entry: its command, what became of it, all there is to say, and how it is undone",
        footer: 0.5,
        unavailable: () => undefined,
        command: (names) => names[0] ?? "",
        open: ({ entry }) =>
          openOverlay(session, { kind: "text", title: "Journal entry", text: entryText(entry) }),
      },
      undoAction(session),
    ],
  };
}

/** The time of today, the day and time of another day. */
function timeText(at: number, now: number): string {
  const [day, today] = [localTime(at, "second"), localTime(now, "second")];
  return day.slice(0, 10) === today.slice(0, 10) ? day.slice(-8) : day.slice(5, 16);
}

type State = JournalEntry["outcome"] | "undone";

/** What became of it, in the order it is sorted by. */
const order: readonly State[] = ["running", "failed", "done", "undone"];

const signs: Readonly<Record<State, { sign: string; tone: Tone; words: string }>> = {
  running: { sign: "…", tone: "accent", words: "being done" },
  done: { sign: "✓", tone: "good", words: "done" },
  failed: { sign: "✗", tone: "bad", words: "failed" },
  undone: { sign: "↶ undone", tone: "dim", words: "done, and undone since" },
};

function stateOf({ outcome, undone }: JournalEntry): State {
  return undone ? "undone" : outcome;
}

function toldOf({ reason, notes = [] }: JournalEntry): string[] {
  return [...(reason === undefined ? [] : [reason]), ...notes];
}

const onlyNow =
  "Only until dockui ends: what it is undone with may hold secrets or is too long, and is not written to disk.";

/** Everything the journal knows of an entry, as a page. */
function entryText(entry: JournalEntry): string {
  const undo = undoOf(entry);
  const reason = whyNoUndo(entry);
  const { sign, words } = signs[stateOf(entry)];
  return [
    ...["", entry.command, ""],
    `${localTime(entry.at, "second")}  ${sign.charAt(0)} ${words}`,
    ...toldOf(entry),
    "",
    undo ? `U in the journal undoes it: ${inWords(undo)}` : `It cannot be undone: ${reason}`,
    ...(undo && whyNotKept(undo) !== undefined ? [onlyNow] : []),
    ...(undo?.command === undefined ? [] : [`$ ${undo.command}`]),
  ].join("\n");
}
