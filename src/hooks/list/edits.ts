import { copy } from "../../actions/copy.ts";
import { type Busy, notify } from "../../actions/session.ts";
import { lineOf } from "../line-editor.ts";
import type { AnyList } from "./list.ts";
import type { GroupRow } from "./rows.ts";

/** Marks the row under the cursor, or unmarks it, and goes on to the next; of a heading all its objects. */
export function toggleMark(list: AnyList): void {
  const items = list.currentGroup()?.items ?? [list.current()].filter((item) => item !== undefined);
  if (items.length === 0) return;
  toggle(list, items);
  list.move(1);
}

/** Marks all objects that have a row, or unmarks them when all are marked. */
export function toggleAll(list: AnyList): void {
  toggle(
    list,
    list.rows().flatMap((row) => (row.kind === "item" ? [row.item] : [])),
  );
}

/** What cannot be marked is passed over, and said when it is all there is; what needs an unmarked one goes with it. */
function toggle(list: AnyList, items: readonly { id: string }[]): void {
  const { items: all } = list.source.get();
  const possible = (marks: ReadonlySet<string>) => list.screen.marks?.possible(all, marks) ?? marks;
  const wanted = items.map(({ id }) => id);
  const most = possible(toggled(list.get().marks, wanted, true));
  const ids = wanted.filter((id) => most.has(id));
  const [first] = items;
  if (first && ids.length === 0) {
    const reason = list.screen.marks?.whyNot(first, all);
    return notify(list.session, "warn", `${list.screen.name(first)}: ${reason ?? "it cannot be marked."}`);
  }
  list.update((state) => ({
    ...state,
    marks: possible(toggled(state.marks, ids, !ids.every((id) => state.marks.has(id)))),
  }));
}

/** Puts the objects under headings, or takes the headings away; the cursor stays on its object. */
export function toggleGroups(list: AnyList): void {
  const kept = list.current()?.id;
  list.update((state) => ({ ...state, grouped: !state.grouped, folded: new Set() }));
  list.moveTo(
    Math.max(
      0,
      list.rows().findIndex(({ id }) => id === kept),
    ),
  );
}

/** Folds or unfolds the heading under the cursor; folding on an object folds the group it stands in. */
export function fold(list: AnyList, folds: "fold" | "unfold" | "toggle"): void {
  const rows = list.rows();
  const group = list.currentGroup() ?? groupAround(list);
  if (!group || (folds === "unfold" && !list.currentGroup())) return;
  const closes = folds === "toggle" ? !group.folded : folds === "fold";
  list.moveTo(rows.indexOf(group));
  list.update((state) => ({ ...state, folded: toggled(state.folded, [group.id], closes) }));
}

/** The innermost heading above the object under the cursor. */
export function groupAround(list: AnyList): GroupRow<{ id: string }> | undefined {
  const rows = list.rows();
  const at = rows.findIndex(({ id }) => id === list.current()?.id);
  const level = rows[at]?.level ?? 0;
  const above = rows.slice(0, Math.max(0, at));
  const found = above.findLast((row) => row.kind === "group" && row.level < level);
  return found?.kind === "group" ? found : undefined;
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
    const kept = list.current()?.id ?? list.currentGroup()?.id;
    list.find(lineOf(""));
    list.moveTo(
      Math.max(
        0,
        list.rows().findIndex(({ id }) => id === kept),
      ),
    );
    return;
  }
  list.update((state) => ({ ...state, marks: new Set() }));
}

/** Copies the name of the object under the cursor, or those of the marked ones, a line each. */
export function copyNames(list: AnyList): void {
  const { items, hiddenMarks } = list.targets(false);
  const names = items.map(list.screen.name);
  if (hiddenMarks > 0 && names.length === 0)
    return notify(list.session, "warn", `${hiddenMarks} marked are hidden by the query: Esc shows them.`);
  if (names.length === 0) return;
  copy(list.session, names.join("\n"), names.length === 1 ? names[0] : `${names.length} names`);
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
