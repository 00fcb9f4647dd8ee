import type { Alphabet } from "./alphabet.ts";
import type { Look, Tree } from "./parse.ts";

/** One step of matching: read a character of a set, look around, try two ways in that order, or be done. */
export type Step =
  | { is: "set"; set: number; next: number }
  | { is: "look"; at: Look; next: number }
  | { is: "fork"; ways: readonly [first: number, second: number] }
  | { is: "done" };

/** An expression as steps (Thompson's construction). */
export type Program = { steps: readonly Step[]; start: number };

const mostSteps = 1000;

/**
 * Makes steps of a tree: to be run from left to right, trying every place to begin, or `backwards` from one place.
 * Undefined when counted repetitions make more than 1000 of them.
 */
export function compile(tree: Tree, alphabet: Alphabet, backwards: boolean): Program | undefined {
  const steps: Step[] = [{ is: "done" }];
  const add = (step: Step): number => (steps.length > mostSteps ? 0 : steps.push(step) - 1);

  const write = (part: Tree, next: number): number => {
    if (part.is === "set") return add({ is: "set", set: alphabet.add(part.source), next });
    if (part.is === "look") return add({ is: "look", at: part.at, next });
    if (part.is === "loop") return writeLoop(part, next);
    if (part.is === "row") {
      const inOrder = backwards ? part.parts : part.parts.toReversed();
      return inOrder.reduce((behind, it) => write(it, behind), next);
    }
    return part.parts
      .map((it) => write(it, next))
      .reduceRight((second, first) => add({ is: "fork", ways: [first, second] }));
  };

  const fork = (lazy: boolean, body: number, exit: number): Step => ({
    is: "fork",
    ways: lazy ? [exit, body] : [body, exit],
  });

  const writeLoop = ({ body, least, most, lazy }: Tree & { is: "loop" }, next: number): number => {
    let entry = next;
    let left = least;
    if (most === Number.POSITIVE_INFINITY) {
      const turn = add({ is: "done" });
      const inside = write(body, turn);
      if (turn > 0) steps[turn] = fork(lazy, inside, next);
      entry = least > 0 ? inside : turn;
      left = Math.max(0, least - 1);
    } else
      for (let more = least; more < most && steps.length <= mostSteps; more++)
        entry = add(fork(lazy, write(body, entry), next));
    for (; left > 0 && steps.length <= mostSteps; left--) {
      const before = entry;
      entry = write(body, entry);
      if (entry === before) break; // nothing, however often
    }
    return entry;
  };

  const first = write(tree, 0);
  const start = backwards
    ? first
    : write({ is: "loop", body: anything, least: 0, most: Number.POSITIVE_INFINITY, lazy: true }, first);
  return steps.length > mostSteps ? undefined : { steps, start };
}

const anything: Tree = { is: "set", source: "[^]" };
