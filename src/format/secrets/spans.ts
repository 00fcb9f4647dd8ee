import { shapes } from "./shapes.ts";

/** Where a secret stands in a text. */
export type Span = readonly [from: number, to: number];

/** A text without any of this holds no secret: most texts need no closer look. */
const hint =
  /pass|pwd|secret|token|key|credential|auth|dsn|private|cookie|bearer|basic|:\/\/|\s['"]?-(?:[apPuUw]|-user)|gh[pousr]_|github_|glpat|xox|sk_live|npm_|dckr|hf_|eyJ/i;

/** What looks secret in a text, be it a command line, a header, JSON or a sentence; from left to right. */
export function secretSpans(text: string): readonly Span[] {
  if (!hint.test(text)) return [];
  const found = shapes.flatMap(({ lead, value }) => {
    let last = 0;
    return [...text.matchAll(lead)].flatMap((match): Span[] => {
      if (match.index < last) return [];
      const from = match.index + match[0].length;
      const span = valueAt(text, { from, at: match.index, value });
      last = Math.max(from, span[1]);
      return isWorthIt(text.slice(...span)) ? [span] : [];
    });
  });
  return merged(found);
}

/** Nothing, and what a shell would still put in place, hides no secret. */
function isWorthIt(value: string): boolean {
  return value !== "" && !/^["']?\$\{?\w+\}?["']?$/.test(value);
}

type Place = { from: number; at: number; value: RegExp | undefined };

/** The value that begins there: to the end of its quotes, of the quotes its name stands in, or of its word. */
function valueAt(text: string, { from, at, value = word }: Place): Span {
  const own = /^\\{0,3}["']/.exec(text.slice(from, from + 4))?.[0];
  if (own !== undefined) return [from + own.length, closing(text, from + own.length, own)];
  const around = quoteBefore(text, at) ?? quoteBefore(text, from);
  if (around !== undefined) return [from, closing(text, from, around)];
  value.lastIndex = from;
  return [from, from + (value.exec(text)?.[0].length ?? 0)];
}

const word = /[^\s'"`,}\]]+/y;

/** The quote that the name there begins behind: all of `'TOKEN=a b'` is one word. */
function quoteBefore(text: string, at: number): string | undefined {
  const [quote] = /["'](?=[\w.-]*$)/.exec(text.slice(Math.max(0, at - 64), at)) ?? [];
  return quote;
}

/** Where quotes end: `'\''` and `\"` are inside of them. */
function closing(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (quote === "'" && text.startsWith("'\\''", at)) at += 3;
    else if (quote !== '"' || !isEscaped(text, at)) return at;
  }
  return text.length;
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === "\\") from -= 1;
  return (at - from) % 2 === 1;
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}
