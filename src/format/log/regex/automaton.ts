import { type Alphabet, edge, type Neighbour } from "./alphabet.ts";
import type { Look } from "./parse.ts";
import type { Program } from "./program.ts";

/** Where a run is: the steps that are tried next, the most wanted first. */
export type State = {
  kernel: readonly number[];
  /** What was read last. */
  behind: Neighbour;
  /** Whether the expression was done before the character that led here. */
  isDone: boolean;
  /** Whether nothing that follows can match any more. */
  isDead: boolean;
  /** Neither of both. */
  isUsual: boolean;
  /** Where each class of characters leads, as far as it was asked. */
  next: (State | undefined)[];
};

/** A program whose states are made as they are needed and kept: each character costs one look into a table. */
export type Automaton = {
  start(behind: Neighbour): State;
  step(state: State, characters: number): State;
};

/** States beyond this are forgotten and made anew when needed. */
const keptStates = 2000;

/** An automaton that prefers matches as the runtime does, or `backwards`, the longest. */
export function createAutomaton(program: Program, alphabet: Alphabet, backwards: boolean): Automaton {
  const { steps } = program;
  const states = new Map<string, State>();
  let starts: Partial<Record<Neighbour, State>> = {};

  const stateOf = (kernel: readonly number[], behind: Neighbour, isDone: boolean): State => {
    const key = `${behind}${isDone}${kernel.join()}`;
    const known = states.get(key);
    if (known) return known;
    if (states.size >= keptStates) {
      states.clear();
      starts = {};
    }
    const isDead = kernel.length === 0;
    const made: State = { kernel, behind, isDone, isDead, isUsual: !isDone && !isDead, next: [] };
    states.set(key, made);
    return made;
  };

  /** The sets that may be read next between those neighbours, by preference, up to where the expression is done. */
  const expand = (kernel: readonly number[], behind: Neighbour, ahead: Neighbour) => {
    const seen = new Set<number>();
    const pending = kernel.toReversed();
    const sets: { set: number; next: number }[] = [];
    let isDone = false;
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const step = steps[at];
      if (seen.has(at) || !step) continue;
      seen.add(at);
      if (step.is === "set") sets.push(step);
      else if (step.is === "fork") pending.push(step.ways[1], step.ways[0]);
      else if (step.is === "look") {
        if (holds(step.at, backwards ? [ahead, behind] : [behind, ahead])) pending.push(step.next);
      } else {
        isDone = true;
        if (!backwards) break;
      }
    }
    return { sets, isDone };
  };

  return {
    start(behind) {
      starts[behind] ??= stateOf([program.start], behind, false);
      return starts[behind];
    },
    step(state, characters) {
      const ahead = alphabet.neighbour(characters);
      const { sets, isDone } = expand(state.kernel, state.behind, ahead);
      const read = sets.filter(({ set }) => characters !== edge && alphabet.includes(set, characters));
      const made = stateOf([...new Set(read.map(({ next }) => next))], ahead, isDone);
      state.next[characters] = made;
      return made;
    },
  };
}

function holds(look: Look, [left, right]: readonly [left: Neighbour, right: Neighbour]): boolean {
  if (look === "start") return left === "edge";
  if (look === "end") return right === "edge";
  return ((left === "word") !== (right === "word")) === (look === "edge of a word");
}
