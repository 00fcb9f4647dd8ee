import { hiddenParents } from "../actions/clean-up/hidden-parents.ts";
import { type CleanUpItem, cleanUpKinds } from "../actions/clean-up/item.ts";
import { planOf } from "../actions/clean-up/plan.ts";
import { type CleanUpRules, ticksOf } from "../actions/clean-up/rules.ts";
import { type Total, totalOf } from "../actions/clean-up/total.ts";
import { byName } from "../format/natural.ts";
import type { Measured } from "./world.ts";

/** What becomes of an object: it goes, it could go but the rules keep it, or it cannot go. */
export type Fate = "remove" | "keep" | "cannot";

/** An object of the plan; `rule` is the option that keeps it, or the one that would take it. */
export type PlanRow = { item: CleanUpItem; fate: Fate; rule?: string };

/** What goes by the rules, what does not, and what comes back. */
export type Plan = {
  /** Of the kinds that are asked for: what goes first, then what is kept, then what cannot go; the largest first. */
  rows: readonly PlanRow[];
  ticked: readonly CleanUpItem[];
  /** The ids of nameless images that are no rows: they go with the last image that is built on them. */
  hidden: readonly string[];
  promised: Total;
};

/** The plan by those rules, at the moment `now` (ms). */
export function toPlan(world: Measured, rules: CleanUpRules, now: number): Plan {
  const items = planOf(world);
  const ticks = ticksOf(items, rules, now);
  const ruleOf = createRules(items, rules, now);
  const rows = items
    .filter(({ kind }) => rules.kinds.includes(kind))
    .map((item): PlanRow => {
      if (ticks.has(item.id)) return { item, fate: "remove" };
      if (item.blocked !== undefined) return { item, fate: "cannot" };
      const rule = ruleOf(item);
      return { item, fate: "keep", ...(rule === undefined ? {} : { rule }) };
    })
    .sort(inOrder);
  const ticked = rows.filter(({ fate }) => fate === "remove").map(({ item }) => item);
  return { rows, ticked, hidden: hiddenParents(ticked, world), promised: totalOf(ticked, world) };
}

const fates: readonly Fate[] = ["remove", "keep", "cannot"];

function inOrder(a: PlanRow, b: PlanRow): number {
  return (
    fates.indexOf(a.fate) - fates.indexOf(b.fate) ||
    cleanUpKinds.indexOf(a.item.kind) - cleanUpKinds.indexOf(b.item.kind) ||
    (b.item.size ?? 0) - (a.item.size ?? 0) ||
    byName(a.item, b.item)
  );
}

/** Why the rules keep what could go: found out by leaving them away, one after the other. */
function createRules(items: readonly CleanUpItem[], rules: CleanUpRules, now: number) {
  const ticks = (change: Partial<CleanUpRules>) => ticksOf(items, { ...rules, ...change }, now);
  const anyAge = { until: "", labels: [] };
  const tries: readonly [ReadonlySet<string>, string][] = [
    [ticks({ labels: [] }), "kept by --label"],
    [ticks(anyAge), "kept by --until"],
    [ticks({ ...anyAge, volumes: "anonymous" }), "--volumes anonymous takes it"],
    [ticks({ ...anyAge, volumes: "all" }), "--volumes all takes it"],
    [ticks({ ...anyAge, images: "all" }), "--images all takes it"],
  ];
  return ({ id }: CleanUpItem) => tries.find(([taken]) => taken.has(id))?.[1];
}
