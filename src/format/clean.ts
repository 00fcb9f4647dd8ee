import { isSimple, width } from "./width.ts";

/** Joiners, spaces without width, variation selectors and tags: terminals disagree how wide they make a text. */
const dropped = /[\p{Variation_Selector}\u{200b}-\u{200d}\u{2060}\u{feff}\u{e0000}-\u{e007f}]/gu;

/** Controls, direction overrides, line separators and letters that show nothing (Hangul fillers). */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;

const tabStop = 8;
/** Spaces by their number. */
const gaps = Array.from({ length: tabStop + 1 }, (_, spaces) => " ".repeat(spaces));

/** Turns untrusted text into one line without any control or invisible character; cleaning twice changes nothing. */
export function cleanLine(text: string): string {
  if (isSimple(text)) return text;
  const visible = text.toWellFormed().replace(dropped, "").replace(unseen, reveal);
  return visible.replace(/^\p{M}/u, "\u25cc$&"); // a mark without a letter would sit on the cell before it
}

/** Like `cleanLine` for several lines: keeps `\n`, reads CRLF as `\n` and expands tabs to 8 columns. */
export function cleanText(text: string): string {
  if (isSimple(text)) return text;
  return text.replaceAll("\r\n", "\n").split("\n").map(cleanTabbed).join("\n");
}

/**
 * Like `cleanText` for the clipboard: tabs stay what they are. What is pasted into a shell must not hold an escape, be it
 * one that ends the paste and has the rest act as keys.
 */
export function cleanCopy(text: string): string {
  if (isSimple(text)) return text;
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines.map((line) => line.split("\t").map(cleanLine).join("\t")).join("\n");
}

/** Cleans one line that may hold tabs, which become spaces up to the next multiple of 8 columns. */
function cleanTabbed(line: string): string {
  return expandTabs(line.split("\t").map(cleanLine).join("\t"));
}

/** Replaces each tab by spaces up to the next multiple of 8 columns, counting from column `start`. */
export function expandTabs(text: string, start = 0): string {
  let expanded = "";
  let column = start;
  let from = 0;
  // No list of the pieces: this is done for all the lines of a log.
  for (let tab = text.indexOf("\t"); tab >= 0; tab = text.indexOf("\t", from)) {
    const piece = text.slice(from, tab);
    const end = column + width(piece);
    const gap = tabStop - (end % tabStop);
    expanded += piece + gaps[gap];
    column = end + gap;
    from = tab + 1;
  }
  return from === 0 ? text : expanded + text.slice(from);
}

/** A visible stand-in: the control picture (Unicode block 2400) of a C0 control, else its code in hex. */
function reveal(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  const hex = code.toString(16);
  if (code < 0xa0) return `\\x${hex}`;
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}
