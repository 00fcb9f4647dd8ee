import { type Alphabet, createAlphabet, edge, type Neighbour } from "./alphabet.ts";
import { type Automaton, createAutomaton } from "./automaton.ts";
import { type Needed, neededTexts } from "./needed.ts";
import { parseExpression } from "./parse.ts";
import { compile } from "./program.ts";

/** A regular expression that takes time in proportion to the text, whatever it and the text are. */
export type Matcher = {
  test(text: string): boolean;
  /** The first `most` places where it matches, in order, without empty ones; fewer if looking on takes too long. */
  find(text: string, most: number): [from: number, to: number][];
};

/**
 * Each match may take a look at the whole rest of the text (`a.*b|a`): after so many characters in all, some 30 ms,
 * what was found is all.
 */
const patience = 1 << 22;

/** The matcher of an expression, or why there is none, as a sentence. */
export function createMatcher(source: string, ignoreCase: boolean): Matcher | { fault: string } {
  const wrong = syntaxFault(source);
  if (wrong !== undefined) return { fault: `This is no regular expression: ${wrong}.` };
  const tree = parseExpression(source);
  if (!tree) return { fault: "Look-around and back references do not work here. Filter twice instead." };
  const alphabet = createAlphabet(ignoreCase);
  const onwards = compile(tree, alphabet, false);
  const backwards = compile(tree, alphabet, true);
  if (!onwards || !backwards)
    return { fault: "This expression repeats too much. Use smaller numbers in { }." };
  const matcher = matcherOf(
    createAutomaton(onwards, alphabet, false),
    createAutomaton(backwards, alphabet, true),
    alphabet,
  );
  const needed = neededTexts(tree);
  return needed ? { ...matcher, test: testWith(needed, ignoreCase, matcher.test) } : matcher;
}

/** Looks first for texts without which nothing matches: the runtime finds those several times as fast. */
function testWith({ texts, exact }: Needed, ignoreCase: boolean, test: Matcher["test"]): Matcher["test"] {
  const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const any = new RegExp(escaped.join("|"), ignoreCase ? "iu" : "u");
  return exact ? (text) => any.test(text) : (text) => any.test(text) && test(text);
}

/** What the runtime finds wrong with it, strictly read or as lenient as other tools. */
function syntaxFault(source: string): string | undefined {
  try {
    new RegExp(source);
    return undefined;
  } catch (error) {
    if (isExpression(source, "u")) return undefined;
    return error instanceof Error ? error.message.replace(/^.*: /s, "") : "";
  }
}

function isExpression(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function matcherOf(onwards: Automaton, backwards: Automaton, alphabet: Alphabet): Matcher {
  let read = 0;

  const neighbourAt = (text: string, index: number): Neighbour => {
    const code = text.codePointAt(index);
    return code === undefined ? "edge" : alphabet.neighbour(alphabet.classOf(code));
  };

  /** Where the first match from `from` on ends, -1 without one; with `any`, where it is certain that there is one. */
  const endOf = (text: string, from: number, any: boolean): number => {
    const { known } = alphabet;
    let state = onwards.start(neighbourAt(text, before(text, from)));
    let end = -1;
    let at = from;
    for (let isPair = false; at < text.length; at += isPair ? 2 : 1) {
      const unit = text.charCodeAt(at);
      isPair = unit >= 0xd800 && unit < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff;
      const characters = isPair
        ? alphabet.classOf(text.codePointAt(at) ?? 0)
        : known[unit] || alphabet.classOf(unit);
      state = state.next[characters] ?? onwards.step(state, characters);
      if (state.isUsual) continue;
      if (state.isDone) end = at;
      if (!state.isDead && !(any && end >= 0)) continue;
      read += at - from;
      return end;
    }
    read += at - from;
    state = state.next[edge] ?? onwards.step(state, edge);
    return state.isDone ? text.length : end;
  };

  /** Where the match that ends at `to` begins. */
  const startOf = (text: string, from: number, to: number): number => {
    let state = backwards.start(neighbourAt(text, to));
    let start = to;
    for (let at = to; ; at = before(text, at)) {
      const code = at === 0 ? undefined : text.codePointAt(before(text, at));
      const characters = code === undefined ? edge : alphabet.classOf(code);
      state = state.next[characters] ?? backwards.step(state, characters);
      if (state.isDone) start = at;
      if (at <= from || state.isDead) return start;
    }
  };

  return {
    test: (text) => endOf(text, 0, true) >= 0,
    find(text, most) {
      const found: [number, number][] = [];
      read = 0;
      for (let from = 0; from <= text.length && found.length < most && read < patience; ) {
        const to = endOf(text, from, false);
        if (to < 0) break;
        const start = startOf(text, from, to);
        if (start < to) found.push([start, to]);
        from = start < to ? to : to + ((text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1);
      }
      return found;
    },
  };
}

/** The index of the code point before an index. */
function before(text: string, at: number): number {
  return at >= 2 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? at - 2 : at - 1;
}
