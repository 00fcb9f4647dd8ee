import type { Target } from "../../actions/aim.ts";
import type { ListScreen, Look } from "../../actions/list-screen.ts";
import type { Session } from "../../actions/session.ts";
import type { Source } from "../../docker/source.ts";
import { createStore, type Readable, type Store } from "../../docker/store.ts";
import { createFinder, type Finder } from "../../format/find.ts";
import { createNatural } from "../../format/natural.ts";
import { type Line, lineOf } from "../line-editor.ts";
import { memo } from "../memo.ts";
import { shownNow } from "../shown-now.ts";
import { type GroupRow, groupedRows, plainRows, type Row } from "./rows.ts";
import { type Sort, sortItems } from "./sort-items.ts";

/** How a person looks at a list. */
export type ListState = {
  query: Line;
  /** The query is being typed. */
  finding: boolean;
  /** Counts the cursor's moves; where it stands is the list's own affair. */
  moves: number;
  marks: ReadonlySet<string>;
  sort: Sort;
  /** Columns the person turned on or off; the others are shown as they fit. */
  chosen: ReadonlyMap<string, boolean>;
  /** What the screen calls quiet (stopped containers) is left out. */
  hidesQuiet: boolean;
  /** Objects stand under the headings the screen has for them; those of `folded` ids hide theirs. */
  grouped: boolean;
  folded: ReadonlySet<string>;
};

/** One list on one screen: what it shows of its source, and where the person is in it. */
export type List<Item extends { id: string }> = Readable<ListState> & {
  screen: ListScreen<Item>;
  session: Session;
  finder: Finder<Item>;
  update: Store<ListState>["set"];
  source: Source<Item>;
  look(): Look;
  /** What passes the query, in order; the same array until something changes. */
  shown(): readonly Item[];
  /** The rows as painted: all that is shown, under headings and without what is folded away where it is grouped. */
  rows(): readonly Row<Item>[];
  /** Where the cursor is, for painting. It is held by id; when its object is gone it rests on what stands there now. */
  settle(): number;
  /** Call it when the last painting stands on the terminal: only from then on can a key act on where the cursor rests. */
  rest(): () => void;
  /** The object under the cursor as painted last; undefined when there is none or it is gone since. */
  current(): Item | undefined;
  /** The heading under the cursor. */
  currentGroup(): GroupRow<Item> | undefined;
  /**
   * The marked rows that are shown, or else (unless `markedOnly`) what is under the cursor, of a heading all its
   * objects; none while all marked ones are hidden.
   */
  targets(markedOnly: boolean): Target<Item>;
  /** Moves by so many rows from where the cursor stands. */
  move(rows: number): void;
  moveTo(index: number): void;
  /** Changes what is looked for; the cursor goes to the best match. */
  find(query: Line): void;
};

/** A list of whatever kind of object. */
export type AnyList = List<{ id: string }>;

/** A list of that screen in that session, before anything was typed. */
export function createList<Item extends { id: string }>(
  session: Session,
  screen: ListScreen<Item>,
  marks: ReadonlySet<string> = new Set(),
): List<Item> {
  const state = createStore<ListState>({
    query: lineOf(""),
    finding: false,
    moves: 0,
    marks,
    sort: { column: screen.sortedBy, reversed: false },
    chosen: new Map(),
    hidesQuiet: false,
    grouped: screen.grouped ?? false,
    folded: new Set(),
  });
  const source = screen.source(session);
  const finder = createFinder<Item>(screen.search);
  const look = (): Look => ({
    // Never before the list was loaded: "6 hours ago", reckoned from then, must not become 5.
    now: Math.max(shownNow(session), source.get().loadedAt ?? 0),
    ...session.watcher.get(),
    busy: session.busy.get(),
  });
  const toNatural = createNatural();
  const sorted = memo(
    () => {
      const { sort, hidesQuiet } = state.get();
      const column = screen.columns.find(({ id }) => id === sort.column);
      const samples = column?.sampled ? session.watcher.get() : undefined;
      return [source.get().items, sort, hidesQuiet, samples];
    },
    () => {
      const { sort, hidesQuiet } = state.get();
      const all = source.get().items;
      const loud = hidesQuiet ? all.filter((item) => !screen.quiet?.is(item)) : all;
      return sortItems(loud, screen, sort, look(), toNatural);
    },
  );
  const shown = memo(
    () => [sorted(), state.get().query.text],
    () => finder.find(sorted(), state.get().query.text),
  );
  const rows = memo(
    () => [shown(), state.get().grouped, state.get().folded, state.get().query.text],
    () => {
      const { grouped, folded, query } = state.get();
      if (!grouped || !screen.groups) return plainRows(shown());
      // What was looked for and found is shown, whatever is folded.
      return groupedRows(shown(), {
        path: screen.groups,
        order: screen.groupOrder,
        folded: query.text === "" ? folded : new Set(),
      });
    },
  );
  let cursor: { id: string | undefined; index: number } = { id: undefined, index: 0 };
  let resting = cursor;
  const indexOf = () => {
    const near = rows()[cursor.index]?.id === cursor.id ? cursor.index : -1;
    const found = near >= 0 ? near : rows().findIndex(({ id }) => id === cursor.id);
    return found >= 0 ? found : Math.max(0, Math.min(cursor.index, rows().length - 1));
  };
  const currentRow = () => {
    const row = rows()[indexOf()];
    return row?.id === cursor.id ? row : undefined;
  };
  const list: List<Item> = {
    get: state.get,
    subscribe: state.subscribe,
    update: state.set,
    screen,
    session,
    finder,
    source,
    look,
    shown,
    rows,
    settle() {
      const revealed = rows().findIndex(({ id }) => id === session.reveal.get());
      const index = revealed >= 0 ? revealed : screen.fills && state.get().moves === 0 ? 0 : indexOf();
      resting = { id: rows()[index]?.id, index };
      if (resting.id === cursor.id) cursor = resting;
      return index;
    },
    rest() {
      const [from, to] = [cursor, resting];
      return () => {
        if (cursor === from) cursor = to;
        // What is filtered away stays out of sight: the cursor does not go there later.
        if (source.get().items.some(({ id }) => id === session.reveal.get())) session.reveal.set(undefined);
      };
    },
    current() {
      const row = currentRow();
      return row?.kind === "item" ? row.item : undefined;
    },
    currentGroup() {
      const row = currentRow();
      return row?.kind === "group" ? row : undefined;
    },
    targets(markedOnly) {
      const { marks } = state.get();
      const marked = marks.size === 0 ? [] : shown().filter(({ id }) => marks.has(id));
      const existing = marks.size === 0 ? 0 : source.get().items.filter(({ id }) => marks.has(id)).length;
      const hiddenMarks = existing - marked.length;
      if (markedOnly || marked.length > 0 || hiddenMarks > 0) return { items: marked, hiddenMarks };
      const row = currentRow();
      if (row?.kind === "group") return { items: row.items, hiddenMarks, together: row.path.join(" ") };
      return { items: row ? [row.item] : [], hiddenMarks };
    },
    move: (count) => list.moveTo(indexOf() + count),
    moveTo(index) {
      const to = Math.max(0, Math.min(index, rows().length - 1));
      if (rows()[to]?.id === cursor.id) return;
      cursor = { id: rows()[to]?.id, index: to };
      state.set((before) => ({ ...before, moves: before.moves + 1 }));
    },
    find(query) {
      const same = query.text === state.get().query.text;
      if (!same) cursor = { id: undefined, index: 0 };
      state.set((before) => ({ ...before, query }));
      if (!same) {
        const best = Math.max(
          0,
          rows().findIndex(({ kind }) => kind === "item"),
        );
        cursor = { id: rows()[best]?.id, index: best };
      }
    },
  };
  return list;
}
