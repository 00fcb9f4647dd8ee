import { type Word, wordNear, wordsOf } from "../../../format/log/words.ts";
import { splitColumns } from "../../../format/width.ts";
import { paintedText } from "../painted.ts";
import type { LogView } from "../view.ts";
import { fetchBeside, pick } from "./pick.ts";
import type { Picked } from "./picked.ts";

/** A word of a line. */
type Found = { line: number; word: Word };

/**
 * Goes to the next word or the one before, over the ends of lines: alone, or as the other end of the selection. While
 * whole lines are selected, to the first word on the screen of the line at the selection's end, or to its last one.
 */
export function pickWord(view: LogView, direction: 1 | -1, to: "alone" | "more"): void {
  const { picked } = view.get();
  if (!picked) return;
  const found = picked.words ? wordBeside(view, picked, direction) : firstWord(view, picked.head, direction);
  if (!found) return;
  const head = found.word[0];
  const from =
    picked.words && to === "more"
      ? { anchor: picked.anchor, word: picked.words.anchor }
      : { anchor: found.line, word: head };
  pick(view, { anchor: from.anchor, head: found.line, words: { anchor: from.word, head } });
  fetchBeside(view, found.line, direction);
}

/** Selects up to the first or the last word of the line at the selection's end. */
export function pickToEdge(view: LogView, edge: "first" | "last"): void {
  const { picked } = view.get();
  if (!picked) return;
  const words = wordsOf(paintedText(view, picked.head));
  const [at] = (edge === "first" ? words[0] : words.at(-1)) ?? [];
  if (at === undefined) return;
  if (picked.words) pick(view, { ...picked, words: { ...picked.words, head: at } });
  else pick(view, { anchor: picked.head, head: picked.head, words: { anchor: at, head: at } });
}

/** Selects whole lines again. */
export function pickLines(view: LogView): void {
  const { picked } = view.get();
  if (picked) pick(view, { anchor: picked.anchor, head: picked.head });
}

function wordBeside(view: LogView, { head, words }: Picked, direction: 1 | -1): Found | undefined {
  const text = paintedText(view, head);
  const [from] = wordNear(text, words?.head ?? 0) ?? [0];
  const all = wordsOf(text);
  const word = direction > 0 ? all.find(([begin]) => begin > from) : all.findLast(([begin]) => begin < from);
  return word ? { line: head, word } : wordBeyond(view, head, direction);
}

/** The first word of the lines below, or the last one of those above. */
function wordBeyond(view: LogView, from: number, direction: 1 | -1): Found | undefined {
  const shown = view.shown();
  for (let at = from; ; ) {
    const line = shown.step(at, direction);
    if (line === at) return undefined;
    const words = wordsOf(paintedText(view, line));
    const word = direction > 0 ? words[0] : words.at(-1);
    if (word) return { line, word };
    at = line;
  }
}

/** The first word of a line that is on the screen, or its last one; where it has none, one of the lines beyond it. */
function firstWord(view: LogView, line: number, direction: 1 | -1): Found | undefined {
  const text = paintedText(view, line);
  const words = wordsOf(text);
  const edge = splitColumns(text, view.get().left).head.length;
  const word = direction > 0 ? (words.find(([from]) => from >= edge) ?? words[0]) : words.at(-1);
  return word ? { line, word } : wordBeyond(view, line, direction);
}
