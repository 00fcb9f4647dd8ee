import { fit } from "../format/fit.ts";
import { width } from "../format/width.ts";
import { wrapWords } from "../format/wrap.ts";

/**
 * Rows as text, each column as wide as its widest cell; nothing stands behind the last cell that says something. With
 * `columns` it is as wide as that at most: what is too long is cut in its middle, the last cell goes on below.
 */
export function table(rows: readonly (readonly string[])[], columns?: number): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    rows.reduce((widest, row) => Math.max(widest, width(row[index] ?? "")), 0),
  );
  const fits = columns === undefined || total(widths, wideGap) <= columns;
  const gap = fits ? wideGap : narrowGap;
  const placed = fits ? widths : narrowed(widths, columns);
  return rows
    .flatMap((row) => (fits ? [row] : wrapped(row, placed)))
    .map((row) => row.map((cell, index) => fit(cell, placed[index] ?? 0, { cut: "middle" })))
    .map((row) => `${row.join(" ".repeat(gap)).trimEnd()}\n`)
    .join("");
}

const wideGap = 3;
const narrowGap = 2;

/** No column becomes narrower than that, however narrow the terminal. */
const least = 8;

function total(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, each) => sum + each, 0) + gap * (widths.length - 1);
}

/** The widest columns give way, all to the same width. */
function narrowed(widths: readonly number[], columns: number): readonly number[] {
  const cut = (most: number) => widths.map((each) => Math.min(each, most));
  let most = Math.max(...widths);
  while (most > least && total(cut(most), narrowGap) > columns) most -= 1;
  return cut(most);
}

/** A row as lines: what its last cell has no room for stands below. */
function wrapped(row: readonly string[], widths: readonly number[]): readonly (readonly string[])[] {
  const [last = "", ...more] = wrapWords(row.at(-1) ?? "", widths.at(-1) ?? 0);
  const blank = row.slice(1).map(() => "");
  return [[...row.slice(0, -1), last], ...more.map((line) => [...blank, line])];
}
