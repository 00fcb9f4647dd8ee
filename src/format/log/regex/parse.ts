/** A place between two characters that an expression asks about. */
export type Look = "start" | "end" | "edge of a word" | "no edge of a word";

/** An expression as a tree; a set is one character, kept as it was written (`a`, `.`, `[^x]`, `\w`). */
export type Tree =
  | { is: "set"; source: string }
  | { is: "look"; at: Look }
  | { is: "row"; parts: readonly Tree[] }
  | { is: "choice"; parts: readonly Tree[] }
  | { is: "loop"; body: Tree; least: number; most: number; lazy: boolean };

/** One word of the syntax: groups, quantifiers, places, escapes, classes, and any other character. */
const token =
  /\((?:\?(?::|<[A-Za-z_$][\w$]*>|.?))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|\\(?:u\{[\dA-Fa-f]+\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<[^>]*>|.)|\[(?:[^\]\\]|\\.)*\]|./gsu;

const looks: ReadonlyMap<string, Look> = new Map<string, Look>([
  ["^", "start"],
  ["$", "end"],
  ["\\b", "edge of a word"],
  ["\\B", "no edge of a word"],
]);

/** Reads a regular expression that is known to be well formed; undefined when it looks around or back. */
export function parseExpression(source: string): Tree | undefined {
  const tokens = source.match(token) ?? [];
  if (tokens.some((it) => /^\((?:\?(?!:$|<[^=!]))|^\\(?:[1-9]|k<)/.test(it))) return undefined;
  const reader = { tokens, at: 0 };
  return readChoice(reader);
}

type Reader = { tokens: readonly string[]; at: number };

function readChoice(reader: Reader): Tree {
  const parts = [readRow(reader)];
  while (reader.tokens[reader.at] === "|") {
    reader.at += 1;
    parts.push(readRow(reader));
  }
  return parts.length === 1 && parts[0] ? parts[0] : { is: "choice", parts };
}

function readRow(reader: Reader): Tree {
  const parts: Tree[] = [];
  for (let next = reader.tokens[reader.at]; next !== undefined; next = reader.tokens[reader.at]) {
    if (next === "|" || next === ")") break;
    reader.at += 1;
    parts.push(readLoop(reader, readOne(reader, next)));
  }
  return { is: "row", parts };
}

function readOne(reader: Reader, first: string): Tree {
  if (first.startsWith("(")) {
    const body = readChoice(reader);
    reader.at += 1; // the closing one
    return body;
  }
  const at = looks.get(first);
  return at === undefined ? { is: "set", source: first } : { is: "look", at };
}

/** What follows a quantifier is repeated by it; well-formed expressions have at most one. */
function readLoop(reader: Reader, body: Tree): Tree {
  const [, sign = "", count, comma, limit, lazy] =
    /^(?:([*+?])|\{(\d+)(,(\d*))?\})(\?)?$/.exec(reader.tokens[reader.at] ?? "") ?? [];
  if (sign === "" && count === undefined) return body;
  reader.at += 1;
  const [least, most] = sign === "" ? counted(Number(count), comma, limit) : signed(sign);
  return { is: "loop", body, least, most, lazy: lazy !== undefined };
}

function signed(sign: string): [least: number, most: number] {
  return [sign === "+" ? 1 : 0, sign === "?" ? 1 : Number.POSITIVE_INFINITY];
}

function counted(count: number, comma?: string, limit?: string): [least: number, most: number] {
  if (comma === undefined) return [count, count];
  return [count, limit ? Number(limit) : Number.POSITIVE_INFINITY];
}
