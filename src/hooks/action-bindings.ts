import type { Action } from "../actions/action.ts";
import { type Binding, type Bound, bind } from "../actions/binding.ts";
import { begin, whyNot } from "../actions/perform.ts";
import { firstAnswers } from "../actions/question.ts";
import type { List } from "./list.ts";

/** A list's actions as bindings: each knows why it does not apply to the rows it would hit. */
export function actionBindings<Item extends { id: string }>(list: List<Item>): Bound[] {
  return bind(list.screen.actions.map(toBinding), list);
}

function toBinding<Item extends { id: string }>(action: Action<Item>): Binding<List<Item>> {
  const { id, keys, label, help, footer } = action;
  return {
    ...{ id, keys, label, help },
    ...(footer === undefined ? {} : { footer }),
    unavailable: (list) => reasonAgainst(list, action),
    command(list) {
      if (action.on === "screen") return undefined;
      const names = itemsOf(list, action).map(list.screen.name);
      if (names.length === 0) return undefined;
      return action.command(
        names,
        firstAnswers(action.on === "targets" ? (action.confirm?.fields ?? []) : []),
      );
    },
    run(list) {
      const items = itemsOf(list, action);
      if (action.on === "screen") return action.open(list.session);
      if (action.on === "targets") return begin(list.session, list.screen, action, items);
      if (items[0]) action.open(items[0], list.session);
    },
  };
}

function itemsOf<Item extends { id: string }>(list: List<Item>, action: Action<Item>): readonly Item[] {
  if (action.on === "screen") return [];
  if (action.on === "targets") return list.targets(action.markedOnly ?? false).items;
  const current = list.current();
  return current ? [current] : [];
}

function reasonAgainst<Item extends { id: string }>(
  list: List<Item>,
  action: Action<Item>,
): string | undefined {
  if (action.changes && list.session.readOnly) return "dockui was started with --read-only.";
  if (action.on === "screen") return action.unavailable?.(list.session);
  const items = itemsOf(list, action);
  const [first] = items;
  if (!first) return nothingToActOn(list, action);
  const reasons = items.map((item) =>
    action.on === "targets" ? whyNot(list.session, action, item) : action.unavailable(item),
  );
  return reasons.includes(undefined) ? undefined : `${list.screen.name(first)}: ${reasons[0]}`;
}

function nothingToActOn<Item extends { id: string }>(list: List<Item>, action: Action<Item>): string {
  const { hiddenMarks } = list.targets(false);
  if (action.on === "targets" && hiddenMarks > 0)
    return `${hiddenMarks} marked are hidden by the query: Esc shows them.`;
  if (action.on === "targets" && action.markedOnly) return "Nothing is ticked: space ticks a row.";
  return list.shown().length === 0 ? "There is nothing here." : "It is gone.";
}
