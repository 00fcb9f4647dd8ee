import { type Busy, notify } from "../actions/session.ts";
import { lineOf } from "./line-editor.ts";
import type { AnyList } from "./list.ts";

/** Marks the row under the cursor, or unmarks it, and goes on to the next. */
export function toggleMark(list: AnyList): void {
  const id = list.current()?.id;
  if (id === undefined) return;
  list.update((state) => ({ ...state, marks: toggled(state.marks, [id], !state.marks.has(id)) }));
  list.move(1);
}

/** Marks all rows that are shown, or unmarks them when all are marked. */
export function toggleAll(list: AnyList): void {
  const ids = list.shown().map(({ id }) => id);
  list.update((state) => ({
    ...state,
    marks: toggled(state.marks, ids, !ids.every((id) => state.marks.has(id))),
  }));
}

function toggled(marks: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(marks);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Sorts by the next column that can be sorted by. */
export function sortNext(list: AnyList): void {
  const sortable = list.screen.columns.filter(({ sort }) => sort !== undefined);
  const at = sortable.findIndex(({ id }) => id === list.get().sort.column);
  const next = sortable[(at + 1) % sortable.length];
  if (next) list.update((state) => ({ ...state, sort: { column: next.id, reversed: false } }));
}

/** Clears the query, keeping the cursor on its object; without a query, the marks. */
export function clear(list: AnyList): void {
  if (list.get().query.text !== "") {
    const kept = list.current()?.id;
    list.find(lineOf(""));
    list.moveTo(
      Math.max(
        0,
        list.shown().findIndex(({ id }) => id === kept),
      ),
    );
    return;
  }
  list.update((state) => ({ ...state, marks: new Set() }));
}

/** Puts the name of the object under the cursor into the terminal's clipboard. */
export function copyName(list: AnyList): void {
  const current = list.current();
  if (!current) return;
  const name = list.screen.name(current);
  list.session.host.copy(name);
  notify(list.session, "good", `Copied ${name}.`);
}

/** What is being done to the marked rows, or to the one under the cursor. */
export function busyTargets(list: AnyList): Busy[] {
  const busy = list.session.busy.get();
  return list.targets(false).items.flatMap(({ id }) => busy.get(id) ?? []);
}

/** So many items are made ready at a time: some milliseconds. */
const warmStep = 250;

/** Begins to type a query; meanwhile the list is made ready to be searched, a little at a time. */
export function startFinding(list: AnyList): void {
  list.update((state) => ({ ...state, finding: true }));
  const { items } = list.source.get();
  const warm = (from: number) => {
    list.finder.warm(items.slice(from, from + warmStep));
    if (from + warmStep < items.length) list.session.clock.after(0, () => warm(from + warmStep));
  };
  list.session.clock.after(0, () => warm(0));
}
