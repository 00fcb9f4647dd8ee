import type { Tree } from "./parse.ts";

/** Texts of which each match holds one; `exact`: and whatever holds one is a match. */
export type Needed = { texts: readonly string[]; exact: boolean };

/** More texts than this are not told apart. */
const most = 16;

/** What each match of an expression holds; undefined when that may be anything. */
export function neededTexts(tree: Tree): Needed | undefined {
  const all = allTexts(tree);
  const texts = all ?? someTexts(tree);
  return texts && worth(texts) > 0 ? { texts, exact: all !== undefined } : undefined;
}

/** All texts that an expression matches, where these are few. */
function allTexts(tree: Tree): readonly string[] | undefined {
  if (tree.is === "set") return letter(tree.source);
  if (tree.is === "choice") return few(tree.parts.map(allTexts));
  if (tree.is !== "row") return undefined;
  return tree.parts.reduce<readonly string[] | undefined>(
    (texts, part) => joined(texts, allTexts(part)),
    [""],
  );
}

/** Of the parts of an expression those that tell most. */
function someTexts(tree: Tree): readonly string[] | undefined {
  if (tree.is === "set") return letter(tree.source);
  if (tree.is === "choice") return few(tree.parts.map(someTexts));
  if (tree.is === "loop") return tree.least > 0 ? someTexts(tree.body) : undefined;
  return tree.is === "row" ? bestOf(tree.parts) : undefined;
}

function bestOf(parts: readonly Tree[]): readonly string[] | undefined {
  const candidates: (readonly string[])[] = [];
  let run: readonly string[] = [""];
  for (const part of parts) {
    const longer = joined(run, allTexts(part));
    if (!longer) candidates.push(run, someTexts(part) ?? [""]);
    run = longer ?? [""];
  }
  return [...candidates, run].reduce((best, texts) => (worth(texts) > worth(best) ? texts : best));
}

/** A longer text is found less often; 0 is anything. */
function worth(texts: readonly string[]): number {
  return texts.length === 0 ? 0 : Math.min(...texts.map(({ length }) => length));
}

function few(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const texts = parts.flatMap((part) => part ?? [""]);
  return parts.includes(undefined) || texts.length > most ? undefined : texts;
}

function joined(
  heads: readonly string[] | undefined,
  ends: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!heads || !ends || heads.length * ends.length > most) return undefined;
  return heads.flatMap((head) => ends.map((end) => head + end));
}

/** A set that is one character: itself, or a sign behind a backslash. */
function letter(source: string): readonly string[] | undefined {
  const [, signed] = /^\\([^\w\s])$/u.exec(source) ?? [];
  if (signed !== undefined) return [signed];
  return source !== "." && /^.$/su.test(source) ? [source] : undefined;
}
