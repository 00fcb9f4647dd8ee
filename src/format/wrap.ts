import { cleanLine } from "./clean.ts";
import { type Run, runsOf, writeRuns } from "./sgr.ts";
import { firstGrapheme, isSimple, splitColumns, width } from "./width.ts";

/**
 * An SGR text as rows of at most `columns` display columns, broken exactly there as a terminal does, styles carried
 * over; at least one row. A character wider than a whole row becomes `…`.
 */
export function wrapColumns(text: string, columns: number): string[] {
  if (columns <= 0) return [""];
  if (text.length <= columns && isSimple(text)) return [text];
  return wrapRuns(runsOf(text), columns).map(writeRuns);
}

function wrapRuns(runs: Iterable<Run>, columns: number): Run[][] {
  let row: Run[] = [];
  const rows = [row];
  let room = columns;
  for (const { open, text } of runs) {
    let rest = text;
    while (rest !== "") {
      const split = splitColumns(rest, room);
      const isStuck = split.head === "" && room === columns;
      row.push({ open, text: isStuck ? "…" : split.head });
      rest = isStuck ? rest.slice(firstGrapheme(rest).length) : split.rest;
      room = isStuck ? 0 : room - split.columns;
      if (rest === "") continue;
      row = [];
      rows.push(row);
      room = columns;
    }
  }
  return rows;
}

/**
 * A plain text as clean rows of whole words, each of at most `columns` display columns unless a single word is wider.
 */
export function wrapWords(untrusted: string, columns: number): string[] {
  const rows: string[] = [];
  for (const word of cleanLine(untrusted).split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && width(last) + 1 + width(word) <= columns)
      rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** Like `wrapWords`, with a word that is wider than a row broken. */
export function wrapWhole(text: string, columns: number): string[] {
  return wrapWords(text, columns).flatMap((row) => wrapColumns(row, columns));
}
