import { createMatcher, type Matcher } from "./regex/matcher.ts";

/** What is looked for in log lines, or what hides them. */
export type Pattern = {
  /** As it was typed. */
  source: string;
  /** Typed with `!`: lines that hold it are meant to go. */
  negated: boolean;
  /** Whether the line stays: it holds what is looked for, or with `!` does not. */
  test(plain: string): boolean;
  /** Where what is looked for stands in a plain text, in order, without overlaps; nothing with `!`. */
  find(plain: string): [from: number, to: number][];
};

/** A line is marked at so many places at most. */
const mostHits = 1000;
/** An expression of more characters is refused. */
const longest = 1000;

const slashed = /^\/((?:[^/\\]|\\.)+)\/([ic]?)$/s;

/**
 * What a person types to find or to filter. Plain text, in which case counts only if it has a capital; or a regular
 * expression, as `/error|warn/` or behind `re:`, with the same rule (`/…/i`: case never counts, `/…/c`: it does).
 * Slashes within the expression are written `\/`, so that paths stay plain text. A `!` in front inverts; a backslash
 * in front takes the meaning from a `!` or `/`. An expression is run by an automaton of our own, since the
 * runtime's may take forever on one line: it takes time in proportion to the text and refuses what cannot have that.
 */
export function parsePattern(text: string): Pattern | { fault: string } {
  const negated = text.startsWith("!");
  const wanted = negated ? text.slice(1) : text;
  if (wanted === "") return { fault: "Type what to look for." };
  const matcher = matcherOf(wanted);
  if ("fault" in matcher) return matcher;
  return {
    source: text,
    negated,
    test: negated ? (plain) => !matcher.test(plain) : matcher.test,
    find: negated ? () => [] : (plain) => matcher.find(plain, mostHits),
  };
}

function matcherOf(wanted: string): Matcher | { fault: string } {
  const [, between, flag] = slashed.exec(wanted) ?? [];
  const expression = wanted.startsWith("re:") ? wanted.slice(3) : between;
  if (expression === undefined) return plainMatcher(wanted.replace(/^\\(?=[!/])/, "").toWellFormed());
  if (expression.length > longest) return { fault: "This expression is too long." };
  if (expression === "") return { fault: "Type a regular expression behind re:" };
  return createMatcher(expression, flag === "i" || (flag !== "c" && !hasCapital(expression)));
}

/** Capitals of escapes (`\S`, `\p{L}`) are none. */
function hasCapital(expression: string): boolean {
  return /\p{Lu}/u.test(expression.replace(/\\(?:[pP]\{[^}]*\}|.)/gs, ""));
}

function plainMatcher(wanted: string): Matcher {
  const folded = wanted === wanted.toLowerCase();
  const within = folded ? fold : (text: string) => text;
  return {
    test: folded ? (text) => fold(text).includes(wanted) : (text) => text.includes(wanted),
    find(text, most) {
      const all = within(text);
      const found: [number, number][] = [];
      for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + wanted.length)) {
        found.push([at, at + wanted.length]);
        if (found.length >= most) break;
      }
      return found;
    },
  };
}

/** A text in lower case, every letter where it was: the one letter that grows (`\u0130`) becomes an i. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll("\u0130", "i").toLowerCase();
}
