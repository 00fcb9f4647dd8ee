import type { ListScreen, Look } from "../actions/list-screen.ts";
import type { Session } from "../actions/session.ts";
import type { Source } from "../docker/source.ts";
import { createStore, type Readable, type Store } from "../docker/store.ts";
import { createFinder, type Finder } from "../format/find.ts";
import { type Line, lineOf } from "./line-editor.ts";
import { shownNow } from "./shown-now.ts";
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
};

/** The rows an action would hit. */
export type Target<Item> = { items: readonly Item[]; hiddenMarks: number };

/** One list on one screen: what it shows of its source, and where the person is in it. */
export type List<Item extends { id: string }> = Readable<ListState> & {
  screen: ListScreen<Item>;
  session: Session;
  finder: Finder<Item>;
  update: Store<ListState>["set"];
  source: Source<Item>;
  look(): Look;
  /** What is shown, in order; the same array until something changes. */
  shown(): readonly Item[];
  /** Where the cursor is, for painting. It is held by id; when its object is gone it rests on what stands there now. */
  settle(): number;
  /** Call it when the last painting stands on the terminal: only from then on can a key act on where the cursor rests. */
  rest(): () => void;
  /** The object under the cursor as painted last; undefined when there is none or it is gone since. */
  current(): Item | undefined;
  /** The marked rows that are shown, or else (unless `markedOnly`) the one under the cursor; none while all are hidden. */
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
  });
  const source = screen.source(session);
  const finder = createFinder<Item>(screen.search);
  const look = (): Look => ({
    // Never before the list was loaded: "6 hours ago", reckoned from then, must not become 5.
    now: Math.max(shownNow(session), source.get().loadedAt ?? 0),
    ...session.watcher.get(),
    busy: session.busy.get(),
  });
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
      return sortItems(loud, screen, sort, look());
    },
  );
  const shown = memo(
    () => [sorted(), state.get().query.text],
    () => finder.find(sorted(), state.get().query.text),
  );
  let cursor: { id: string | undefined; index: number } = { id: undefined, index: 0 };
  let resting = cursor;
  const indexOf = () => {
    const near = shown()[cursor.index]?.id === cursor.id ? cursor.index : -1;
    const found = near >= 0 ? near : shown().findIndex(({ id }) => id === cursor.id);
    return found >= 0 ? found : Math.max(0, Math.min(cursor.index, shown().length - 1));
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
    settle() {
      const index = indexOf();
      resting = { id: shown()[index]?.id, index };
      if (resting.id === cursor.id) cursor = resting;
      return index;
    },
    rest() {
      const [from, to] = [cursor, resting];
      return () => {
        if (cursor === from) cursor = to;
      };
    },
    current() {
      const item = shown()[indexOf()];
      return item?.id === cursor.id ? item : undefined;
    },
    targets(markedOnly) {
      const { marks } = state.get();
      const marked = marks.size === 0 ? [] : shown().filter(({ id }) => marks.has(id));
      const existing = marks.size === 0 ? 0 : source.get().items.filter(({ id }) => marks.has(id)).length;
      const hiddenMarks = existing - marked.length;
      const current = list.current();
      if (markedOnly || marked.length > 0 || hiddenMarks > 0 || !current)
        return { items: marked, hiddenMarks };
      return { items: [current], hiddenMarks };
    },
    move: (rows) => list.moveTo(indexOf() + rows),
    moveTo(index) {
      const to = Math.max(0, Math.min(index, shown().length - 1));
      if (shown()[to]?.id === cursor.id) return;
      cursor = { id: shown()[to]?.id, index: to };
      state.set((before) => ({ ...before, moves: before.moves + 1 }));
    },
    find(query) {
      const same = query.text === state.get().query.text;
      if (!same) cursor = { id: undefined, index: 0 };
      state.set((before) => ({ ...before, query }));
      if (!same) cursor = { id: shown()[0]?.id, index: 0 };
    },
  };
  return list;
}

/** Computes again only when one of the keys is another value than last time. */
function memo<Value>(keys: () => readonly unknown[], compute: () => Value): () => Value {
  let last: { keys: readonly unknown[]; value: Value } | undefined;
  return () => {
    const now = keys();
    if (!last || now.some((key, index) => key !== last?.keys[index])) last = { keys: now, value: compute() };
    return last.value;
  };
}
