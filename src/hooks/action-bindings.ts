import type { Action } from "../actions/action.ts";
import type { Aim, Target } from "../actions/aim.ts";
import { type Binding, type Bound, bind } from "../actions/binding.ts";
import { begin, whyNot } from "../actions/perform.ts";
import { firstAnswers } from "../actions/question.ts";

/** Actions as bindings: each knows why it does not apply to the objects it would hit. */
export function actionBindings<Item extends { id: string }>(aim: Aim<Item>): Bound[] {
  return bind(aim.screen.actions.map(toBinding), aim);
}

function toBinding<Item extends { id: string }>(action: Action<Item>): Binding<Aim<Item>> {
  const { id, keys, label, help, footer } = action;
  return {
    ...{ id, keys, label, help },
    ...(footer === undefined ? {} : { footer }),
    ...(action.changes ? { changes: true } : {}),
    unavailable: (aim) => reasonAgainst(aim, action),
    command(aim) {
      if (action.on === "screen") return undefined;
      const { items } = targetOf(aim, action);
      if (items.length === 0) return undefined;
      const names = items.map(aim.screen.name);
      if (action.on !== "targets") return action.command(names);
      return action.command(names, firstAnswers(action.confirm?.fields ?? []), undefined, items);
    },
    take: (aim) => deed(aim, action, targetOf(aim, action)),
    run: (aim) => deed(aim, action, targetOf(aim, action))(),
  };
}

/** What doing it to those is. */
function deed<Item extends { id: string }>(
  { session, screen }: Aim<Item>,
  action: Action<Item>,
  target: Target<Item>,
): () => void {
  if (action.on === "screen") return () => action.open(session);
  if (action.on === "targets") return () => begin(session, screen, action, target);
  const { items } = target;
  const [first] = items;
  if (action.on === "row") return () => first && action.open(first, session);
  return () =>
    action.open(
      items.filter((item) => action.unavailable(item, session) === undefined),
      session,
    );
}

function targetOf<Item extends { id: string }>(aim: Aim<Item>, action: Action<Item>): Target<Item> {
  if (action.on === "screen") return { items: [], hiddenMarks: 0 };
  if (action.on === "rows" && action.shown) return { items: aim.shown(), hiddenMarks: 0 };
  if (action.on === "rows" || (action.on === "targets" && !action.single))
    return aim.targets(action.markedOnly === true);
  const current = aim.current();
  return { items: current ? [current] : [], hiddenMarks: 0 };
}

function reasonAgainst<Item extends { id: string }>(
  aim: Aim<Item>,
  action: Action<Item>,
): string | undefined {
  if (action.changes && aim.session.readOnly) return "dockui was started with --read-only.";
  if (action.on === "screen") return action.unavailable?.(aim.session);
  const { items } = targetOf(aim, action);
  const [first] = items;
  if (!first) return nothingToActOn(aim, action);
  const reasons = items.map((item) =>
    action.on === "targets" ? whyNot(aim.session, action, item) : action.unavailable(item, aim.session),
  );
  return reasons.includes(undefined) ? undefined : `${aim.screen.name(first)}: ${reasons[0]}`;
}

function nothingToActOn<Item extends { id: string }>(aim: Aim<Item>, action: Action<Item>): string {
  const { hiddenMarks, together } = aim.targets(false);
  const many = action.on === "targets" || action.on === "rows";
  const marked = many && action.markedOnly === true;
  if (together !== undefined && !marked)
    return `One at a time: choose a ${aim.screen.noun[0]} of ${together}.`;
  if (many && hiddenMarks > 0) return `${hiddenMarks} marked are hidden by the query: Esc shows them.`;
  if (marked) return "Nothing is ticked: space ticks a row.";
  return aim.shown().length === 0 ? "There is nothing here." : "It is gone.";
}
