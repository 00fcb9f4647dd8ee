import { useEffect, useMemo } from "react";
import { bind } from "../../actions/binding.ts";
import { type CleanUpItem, type CleanUpKind, possible } from "../../actions/clean-up/item.ts";
import type { CleanUpPlan } from "../../actions/clean-up/open.ts";
import { ticksOf } from "../../actions/clean-up/rules.ts";
import { totalOf } from "../../actions/clean-up/total.ts";
import { surveyText, totalText } from "../../actions/clean-up/words.ts";
import type { Session } from "../../actions/session.ts";
import { fit } from "../../format/fit.ts";
import { planKeys } from "../../hooks/clean-up/keys.ts";
import { lineOf } from "../../hooks/line-editor.ts";
import { createList, type List } from "../../hooks/list/list.ts";
import { memo } from "../../hooks/memo.ts";
import { ageBeat } from "../../hooks/shown-now.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { useSession } from "../../hooks/use-session.ts";
import { TitledList } from "../../ui/titled-list.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import type { ViewProps } from "../views.tsx";
import { planScreen } from "./plan-screen.ts";

/** A plan as a person looks at it: `ticked` are the kinds that were ticked by the rules already. */
type Kept = { list: List<CleanUpItem>; ticked: Set<CleanUpKind>; total(): string };

/** The clean-up plan: every object with what comes back and why; what is ticked when Enter is pressed goes. */
export function CleanUpPlanView({ overlay, ...room }: ViewProps<"clean-up">) {
  const { plan } = overlay;
  const session = useSession();
  const theme = useTheme();
  const kept = useKept<Kept>(overlay, "plan", () => openList(session, plan));
  useEffect(() => keepTicking(session, plan, kept), [session, plan, kept]);
  const ages = useMemo(() => ageBeat(session), [session]);
  const { list } = kept;
  return (
    <TitledList
      {...room}
      list={list}
      name="clean-up"
      bindings={() => bind(planKeys, { list, session })}
      beats={[session.survey, ages]}
      heading={() => [
        theme.bold(fit(` ${titleOf(kept)}`, room.columns)),
        figuresLine(session, (text, bad) => theme.paint(bad ? "bad" : "dim", fit(` ${text}`, room.columns))),
      ]}
    />
  );
}

function openList(session: Session, plan: CleanUpPlan): Kept {
  const list = createList(session, planScreen(plan));
  // With a blank at its end: what is typed after / is another word.
  if (plan.kind) list.find(lineOf(`kind:${plan.kind} `));
  const total = memo(
    () => [list.source.get().items, list.get().marks, list.shown()],
    () => {
      const ticked = list.targets(true).items;
      const able = possible(ticked, new Set(ticked.map(({ id }) => id)));
      const items = ticked.filter(({ id }) => able.has(id));
      return `${items.length} of ${list.shown().length} ticked, ${totalText(totalOf(items, plan.world()))}`;
    },
  );
  return { list, ticked: new Set(), total };
}

/**
 * Ticks each kind once, when it is first known, and all anew when the rules change. What comes later was not shown and
 * stays unticked; what comes in use loses its tick. Build cache is known only once the disk was measured.
 */
function keepTicking(session: Session, { rules, source }: CleanUpPlan, { list, ticked }: Kept): () => void {
  const tick = () => {
    const { items, loadedAt } = source.get();
    const wanted = rules.get();
    if (loadedAt === undefined) return;
    untick(list);
    if (!wanted) return;
    const known = new Set(items.map(({ kind }) => kind));
    const fresh = new Set([...known].filter((kind) => !ticked.has(kind)));
    if (fresh.size === 0) return;
    for (const kind of fresh) ticked.add(kind);
    const ticks = ticksOf(items, wanted, session.clock.now());
    const added = items.filter(({ id, kind }) => fresh.has(kind) && ticks.has(id)).map(({ id }) => id);
    list.update((state) => ({ ...state, marks: new Set([...state.marks, ...added]) }));
  };
  const anew = () => {
    ticked.clear();
    list.update((state) => ({ ...state, marks: new Set() }));
    tick();
  };
  const stops = [source.subscribe(tick), rules.subscribe(anew)];
  tick();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Takes the ticks away that cannot be any more, since what they are on was started or is needed again. */
function untick(list: List<CleanUpItem>): void {
  const { marks } = list.get();
  const able = possible(list.source.get().items, marks);
  if (able.size < marks.size) list.update((state) => ({ ...state, marks: able }));
}

function titleOf({ list, total }: Kept): string {
  const text = list.get().query.text.trim();
  const said = list.source.get().loadedAt === undefined ? "asking the engine …" : total();
  return `Clean up: ${said}${text === "" ? "" : `  / ${text}`}`;
}

/** How old the figures are, or what is being measured. */
function figuresLine({ survey, clock }: Session, paint: (text: string, bad: boolean) => string): string {
  return paint(surveyText(survey.get(), clock.now()), survey.get().problem !== undefined);
}
