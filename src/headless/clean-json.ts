import type { Outcome } from "../actions/clean-up/carry-out.ts";
import type { CleanUpItem } from "../actions/clean-up/item.ts";
import type { Plan, PlanRow } from "./clean-plan.ts";
import { type Gain, reasonOf } from "./clean-words.ts";

/** What became of the objects, and what came back where that was measured. */
export type Done = { outcomes: ReadonlyMap<CleanUpItem, Outcome>; gain: Gain | undefined };

/** The plan as JSON, and what became of it. Ids are whole, bytes are numbers, times are ms; the README says the rest. */
export function planJson({ rows, hidden, promised }: Plan, done?: Done): string {
  const items = rows.map((row) => ({ ...toJson(row), ...outcomeJson(done?.outcomes.get(row.item)) }));
  const gained = done ? { gained: done.gain ?? null } : {};
  return `${JSON.stringify({ items, hidden, promised, ...gained }, undefined, 2)}\n`;
}

function toJson({ item, fate, rule }: PlanRow) {
  const { kind, ref, name, blocked, reason, size, atMost, about, shared, log } = item;
  const { since, created, lastUsed, exitCode, users, tags, labels } = item;
  return {
    ...{ plan: fate, kind, id: ref, name },
    why: [blocked ?? reason, rule].filter(Boolean).join(": "),
    // What is not known is left out.
    ...{ size, atMost, about, shared, log, created, since, lastUsed, exitCode },
    ...{ users: users.map((user) => user.name), tags, labels },
  };
}

function outcomeJson(outcome: Outcome | undefined) {
  return outcome ? { outcome: outcome.kind, reason: reasonOf(outcome) } : {};
}
