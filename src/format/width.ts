import fastStringWidth from "fast-string-width";
import { GraphemeSegmenter } from "./segmenter.ts";

/** Printable ASCII and Latin, dashes, quotes, `…`, box drawing and blocks: the fast path of every function here. */
const simple = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2026\u2500-\u259f]*$/;
const sgr = /\x1b\[[0-9;:]*m/g;

/** With these in it the width of a text is not the sum of its graphemes' widths in fast-string-width. */
const notAdditive = /[\x00-\x1f\x7f-\x9f\u200d]/;

const segmenter = new GraphemeSegmenter();

/** Whether a text has only harmless characters, each one column wide and none joining another. */
export function isSimple(text: string): boolean {
  return simple.test(text);
}

/** Counts the display columns of a text; SGR sequences count 0. */
export function width(text: string): number {
  if (isSimple(text)) return text.length;
  const plain = text.replace(sgr, "");
  if (!notAdditive.test(plain)) return fastStringWidth(plain);
  return graphemes(plain).reduce((sum, grapheme) => sum + fastStringWidth(grapheme), 0);
}

/** Splits a plain text into what a reader takes for single characters (Unicode TR29 grapheme clusters). */
export function graphemes(text: string): string[] {
  if (isSimple(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The first grapheme of a plain text, however long the text; '' of ''. */
export function firstGrapheme(text: string): string {
  for (let size = 32; ; size *= 2) {
    const window = text.slice(0, size);
    const [first] = segmenter.segment(window);
    const grapheme = first?.segment ?? "";
    if (grapheme.length < window.length || size >= text.length) return grapheme;
  }
}

/** A plain text cut in two, and the display columns of its head. */
export type Split = { head: string; columns: number; rest: string };

/**
 * Cuts a plain text after as many whole graphemes as fit in `columns`; looks no further than it must, so
 * that cutting a long text row by row stays linear.
 */
export function splitColumns(text: string, columns: number): Split {
  for (let size = columns * 2 + 16; ; size *= 2) {
    const split = splitWindow(text, columns, size);
    if (split !== undefined) return split;
  }
}

/** `splitColumns` seeing only the first `size` code units; undefined when those do not settle it. */
function splitWindow(text: string, columns: number, size: number): Split | undefined {
  const window = text.slice(0, size);
  if (isSimple(window)) {
    // The last character in sight may have a combining mark behind it, but the window is wider than the head.
    const head = window.slice(0, columns);
    return { head, columns: head.length, rest: text.slice(head.length) };
  }
  let used = 0;
  for (const { segment, index } of segmenter.segment(window)) {
    const end = index + segment.length;
    if (end === window.length && end < text.length) return undefined; // it may go on behind the window
    const columnsOfSegment = width(segment);
    if (used + columnsOfSegment > columns) {
      return { head: text.slice(0, index), columns: used, rest: text.slice(index) };
    }
    used += columnsOfSegment;
  }
  return { head: text, columns: used, rest: "" };
}
