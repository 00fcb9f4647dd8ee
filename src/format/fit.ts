import { cleanLine } from "./clean.ts";
import { graphemes, isSimple, splitColumns, width } from "./width.ts";

/** On which side the padding goes, and where the `…` stands when the text is too long. */
export type FitOptions = { align?: "left" | "right"; cut?: "end" | "middle" | "start" };

const ellipsis = "…";

/**
 * Makes a plain text clean and exactly `columns` display columns wide; '' when `columns` ≤ 0. Whatever a title, a notice,
 * a question or a row says passes here or `format/wrap.ts`: the one place where text of strangers loses its controls
 * before it is painted.
 */
export function fit(untrusted: string, columns: number, options: FitOptions = {}): string {
  if (columns <= 0) return "";
  const text = cleanLine(untrusted);
  const columnsOfText = width(text);
  if (columnsOfText === columns) return text;
  if (columnsOfText < columns) return pad(text, columns - columnsOfText, options.align);
  const short = shorten(text, columns - 1, options.cut);
  return pad(short, columns - width(short), options.align);
}

function pad(text: string, gap: number, align: FitOptions["align"]): string {
  if (gap <= 0) return text;
  return align === "right" ? " ".repeat(gap) + text : text + " ".repeat(gap);
}

function shorten(text: string, columns: number, cut: FitOptions["cut"]): string {
  if (cut === "start") return ellipsis + tail(text, columns);
  if (cut !== "middle") return splitColumns(text, columns).head + ellipsis;
  const right = Math.floor(columns / 2);
  return splitColumns(text, columns - right).head + ellipsis + tail(text, right);
}

/** As many of the last graphemes as fit in `columns`. */
function tail(text: string, columns: number): string {
  if (isSimple(text)) return text.slice(Math.max(0, text.length - columns));
  const all = graphemes(text);
  let from = all.length;
  let used = 0;
  while (from > 0) {
    used += width(all[from - 1] ?? "");
    if (used > columns) break;
    from -= 1;
  }
  return all.slice(from).join("");
}
