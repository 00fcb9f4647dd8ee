import { plainText } from "../../../format/ansi.ts";
import { wordNear } from "../../../format/log/words.ts";
import { paintedText } from "../painted.ts";
import type { LogView } from "../view.ts";

/**
 * What is selected of a log: the lines between two, or with `words` what lies from a word of the one line up to a word
 * of the other. Their places are indices into the lines as they are painted.
 */
export type Picked = {
  anchor: number;
  head: number;
  words?: { anchor: number; head: number };
};

/** Whether a line lies within a selection, be it in part. */
export function isPicked({ anchor, head }: Picked, number: number): boolean {
  return number >= Math.min(anchor, head) && number <= Math.max(anchor, head);
}

/** The part of a line's text, as it is painted, that a selection of words holds; undefined where it holds none of it. */
export function partOf(picked: Picked, number: number, text: string): [from: number, to: number] | undefined {
  const { anchor, head, words } = picked;
  if (!words || !isPicked(picked, number)) return undefined;
  const isBackward = head < anchor || (head === anchor && words.head < words.anchor);
  const [first, last] = isBackward ? [words.head, words.anchor] : [words.anchor, words.head];
  const from = number === Math.min(anchor, head) ? wordNear(text, first)?.[0] : undefined;
  const to = number === Math.max(anchor, head) ? wordNear(text, last)?.[1] : undefined;
  return [from ?? 0, to ?? text.length];
}

/** What is selected; empty when nothing is. */
export function pickedTexts(view: LogView): string[] {
  const { picked } = view.get();
  return picked ? textsOf(view, picked) : [];
}

/** The texts of a selection, a line each without those that are hidden: whole lines as they were written, words as shown. */
export function textsOf(view: LogView, picked: Picked): string[] {
  const shown = view.shown();
  const texts: string[] = [];
  for (let at = Math.min(picked.anchor, picked.head); at <= Math.max(picked.anchor, picked.head); at += 1)
    if (shown.has(at) && view.feed.buffer.get(at)) texts.push(taken(view, picked, at));
  return texts;
}

function taken(view: LogView, picked: Picked, number: number): string {
  if (!picked.words) return plainText(view.text(number));
  const text = paintedText(view, number);
  const [from, to] = partOf(picked, number, text) ?? [0, 0];
  return text.slice(from, to);
}
