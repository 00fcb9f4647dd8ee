import type { Engine } from "../../docker/engine.ts";
import { explain, inFull, type Problem } from "../../docker/errors.ts";
import { inParallel } from "../../docker/in-parallel.ts";
import { hiddenParents, removeHiddenParent } from "./hidden-parents.ts";
import { type CleanUpItem, cleanUpKinds } from "./item.ts";
import { removeItem } from "./remove-item.ts";
import { goneAlready, type Removed, Skipped } from "./removed.ts";
import type { World } from "./world.ts";

/** What became of one object; `left` was not begun when it was stopped. */
export type Outcome =
  | { kind: "waiting" }
  | { kind: "removing" }
  | ({ kind: "removed" } & Removed)
  | ({ kind: "skipped" | "failed" | "left"; reason: string } & Pick<Removed, "undo">);

/** What a clean-up needs. */
export type CarryOutOptions = {
  engine: Engine;
  /** As it was when the plan was shown. */
  world: World;
  /** Stops between two objects; what was begun is finished. */
  signal: AbortSignal;
  tell(item: CleanUpItem, outcome: Outcome): void;
  /** Resolves when a lost engine is back; rejects when that is not waited for. */
  whenBack(): Promise<void>;
};

/** Few at a time, so that one slow removal does not hold up all; layers and cache depend on one another. */
const parallel: Readonly<Record<CleanUpItem["kind"], number>> = {
  container: 4,
  image: 1,
  network: 4,
  volume: 4,
  cache: 1,
};

/** Removes exactly those items, in an order that works, each after another look at it. Never rejects. */
export async function carryOut(items: readonly CleanUpItem[], options: CarryOutOptions): Promise<void> {
  for (const kind of cleanUpKinds) {
    const chosen = items.filter((item) => item.kind === kind);
    const hidden = kind === "image" ? hiddenParents(chosen, options.world) : [];
    const steps: Step[] = [
      ...chosen.map((item) => ({ ref: item.ref, run: () => carryOutOne(item, options) })),
      // Each in its turn: what it is built on may be ticked, and goes only after it.
      ...hidden.map((ref) => ({ ref, run: () => removeHiddenParent(ref, options) })),
    ];
    await inParallel(inOrder(steps, options.world), parallel[kind], ({ run }) => run());
  }
}

/** What is done about one object, or about an image that is none. */
type Step = { ref: string; run(): Promise<void> };

async function carryOutOne(item: CleanUpItem, options: CarryOutOptions): Promise<void> {
  const { signal, tell } = options;
  if (signal.aborted) return tell(item, { kind: "left", reason: "You stopped before it." });
  tell(item, { kind: "removing" });
  tell(item, await outcomeOf(item, options));
}

/** What is built on others goes before them. */
function inOrder(steps: readonly Step[], { figures, images }: World): Step[] {
  const below = new Map<string, readonly string[]>();
  for (const { id, parent } of [...images, ...(figures?.images ?? [])]) below.set(id, parent ? [parent] : []);
  for (const { id, parents } of figures?.df.cache ?? []) below.set(id, parents);
  const depths = new Map<string, number>();
  const depth = (ref: string): number => {
    const known = depths.get(ref);
    if (known !== undefined) return known;
    depths.set(ref, 0); // a ring, which should not be, ends here
    const found = 1 + Math.max(0, ...(below.get(ref) ?? []).map(depth));
    depths.set(ref, found);
    return found;
  };
  return [...steps].sort((a, b) => depth(b.ref) - depth(a.ref));
}

const lostKinds: readonly Problem["kind"][] = ["lost", "refused", "no-socket", "unreachable", "timeout"];

/** An object that makes the engine fall silent each time it is touched is not tried for ever. */
const mostTries = 5;

async function outcomeOf(item: CleanUpItem, options: CarryOutOptions, tries = 1): Promise<Outcome> {
  const { engine, whenBack } = options;
  try {
    return { kind: "removed", ...(await removeItem(engine, item)) };
  } catch (error) {
    if (error instanceof Skipped) return afterAll(error, tries > 1);
    const problem = explain(error, engine.endpoint);
    if (!lostKinds.includes(problem.kind)) return { kind: "failed", reason: inFull(problem) };
    const unknown: Outcome = { kind: "failed", reason: `${problem.message} Whether it went is not known.` };
    if (tries === mostTries) return unknown;
    try {
      await whenBack();
    } catch {
      return unknown;
    }
    return outcomeOf(item, options, tries + 1);
  }
}

/** What is gone after the connection broke was removed before it did, as far as one can know. */
function afterAll({ message, undo }: Skipped, wasLost: boolean): Outcome {
  if (wasLost && message === goneAlready)
    return { kind: "removed", note: "The connection broke meanwhile; it is gone." };
  return { kind: "skipped", reason: message, ...(undo ? { undo } : {}) };
}
