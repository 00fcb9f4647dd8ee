import type { Column, Look, Tone } from "../actions/list-screen.ts";
import { fit } from "../format/fit.ts";
import { graphemes } from "../format/width.ts";
import type { List } from "../hooks/list/list.ts";
import type { Row } from "../hooks/list/rows.ts";
import type { Theme } from "./theme.ts";

/** A column on the screen: what it is, its place among the cells of a row, and its width. */
export type Placed<Item> = { column: Column<Item>; index: number; size: number };

/** What all rows of a list are painted with. */
export type RowContext<Item extends { id: string }> = {
  list: List<Item>;
  placed: readonly Placed<Item>[];
  look: Look;
  theme: Theme;
  columns: number;
  stale: boolean;
  query: string;
};

/** Columns before the first cell: the cursor and the mark. */
export const gutter = 3;

/** Columns between two cells of a list that wide. */
export function gapOf(total: number): number {
  return total >= 100 ? 2 : 1;
}

/** What stands under a heading is set in by this for each of them. */
const indent = "  ";

/** The texts of a row, one for each column; the first one is set in under headings. */
export function cellsOf<Item>(row: Row<Item>, columns: readonly Column<Item>[], look: Look): string[] {
  const lead = indent.repeat(row.level);
  if (row.kind === "item")
    return columns.map((column, at) => (at === 0 ? lead : "") + column.text(row.item, look));
  const name = `${lead}${row.folded ? "▸" : "▾"} ${row.path.at(-1) ?? ""}`;
  return columns.map((column, at) => (at === 0 ? name : (column.group?.(row.items, look) ?? "")));
}

/** A row of exactly the list's width under the cursor, without the blanks at its end elsewhere. */
export function paintRow<Item extends { id: string }>(
  context: RowContext<Item>,
  row: Row<Item>,
  texts: readonly string[],
  underCursor: boolean,
): string {
  const { placed, theme, columns, stale } = context;
  const plain = stale || underCursor;
  const cells = placed.map(({ column, index, size }) => {
    const { align, cut } = column;
    const cell = fit(texts[index] ?? "", size, { ...(align ? { align } : {}), ...(cut ? { cut } : {}) });
    const text = texts[index] ?? "";
    if (row.kind === "group") return plain ? cell : paintText(theme, "strong", cell);
    const shown = withHits(context, row.item, column.id, { text, cell });
    return plain ? shown : paintText(theme, column.tone?.(row.item, context.look) ?? "plain", shown);
  });
  const lead = `${underCursor ? "▌" : " "}${isMarked(context, row) ? "✓" : " "} `;
  const used =
    gutter +
    placed.reduce((sum, { size }) => sum + size, 0) +
    gapOf(columns) * Math.max(0, placed.length - 1);
  const line = lead + cells.join(" ".repeat(gapOf(columns)));
  if (underCursor) return theme.cursor(line + " ".repeat(Math.max(0, columns - used)));
  // Every character on the screen costs each frame, blanks too.
  const short = line.trimEnd();
  return stale ? theme.paint("dim", short) : short;
}

/** Text in a tone without the blanks after it. */
function paintText(theme: Theme, tone: Tone, cell: string): string {
  const text = cell.trimEnd();
  return theme.paint(tone, text) + " ".repeat(cell.length - text.length);
}

/** Marks the letters the query hit, where the cell shows its text from the beginning. */
function withHits<Item extends { id: string }>(
  { list, query, theme }: RowContext<Item>,
  item: Item,
  field: string,
  { text, cell }: { text: string; cell: string },
): string {
  if (query === "" || theme.hit.open === "") return cell;
  const hits = new Set(list.finder.hits(item, field, query));
  if (hits.size === 0 || !cell.startsWith(text) || text.startsWith(indent)) return cell;
  let at = 0;
  return graphemes(cell)
    .map((letter) => {
      const hit = hits.has(at);
      at += letter.length;
      return hit ? `${theme.hit.open}${letter}${theme.hit.close}` : letter;
    })
    .join("");
}

/** A heading counts as marked when all of its objects are. */
function isMarked<Item extends { id: string }>({ list }: RowContext<Item>, row: Row<Item>): boolean {
  const { marks } = list.get();
  if (row.kind === "item") return marks.has(row.id);
  return marks.size > 0 && row.items.every(({ id }) => marks.has(id));
}
