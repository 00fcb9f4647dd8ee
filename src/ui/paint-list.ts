import type { Column, Look, Tone } from "../actions/list-screen.ts";
import { type ColumnSize, placeColumns } from "../format/columns.ts";
import { fit } from "../format/fit.ts";
import { graphemes, width } from "../format/width.ts";
import { columnsOf } from "../hooks/column-choice.ts";
import type { List } from "../hooks/list.ts";
import type { Theme } from "./theme.ts";

/** Where a list is on the screen; `top` is the first row shown, `widths` what each column came to want. */
export type ListWindow = { top: number; widths: Map<string, number>; query: string; columns: number };

/** A window that has shown nothing yet. */
export function listWindow(): ListWindow {
  return { top: 0, widths: new Map(), query: "", columns: 0 };
}

/** Columns before the first cell: the cursor and the mark. */
const gutter = 3;

/**
 * The heading and the visible rows: `rows` lines of at most `columns`, the one under the cursor exactly as wide. Only what is in the window is formatted.
 * Columns grow to what they show and do not shrink again before the size or the query changes, so that nothing jumps.
 */
export function paintList<Item extends { id: string }>(
  list: List<Item>,
  window: ListWindow,
  { columns, rows, theme, stale }: { columns: number; rows: number; theme: Theme; stale: boolean },
): string[] {
  const height = rows - 1;
  const cursor = list.settle();
  const items = list.shown();
  window.top = scroll(window.top, { cursor, height, count: items.length });
  const visible = items.slice(window.top, window.top + height);
  const look = list.look();
  const query = list.get().query.text;
  if (window.query !== query || window.columns !== columns) {
    window.widths.clear();
    window.query = query;
    window.columns = columns;
  }
  const all = columnsOf(list);
  const cells = visible.map((item) => all.map((column) => column.text(item, look)));
  const placed = place(all, cells, window, columns);
  const context: RowContext<Item> = { list, placed, look, theme, columns, stale, query };
  const painted = visible.map((item, row) =>
    paintRow(context, item, cells[row] ?? [], window.top + row === cursor),
  );
  return [paintHeading(context), ...painted, ...Array.from({ length: height - painted.length }, () => "")];
}

/** A column on the screen: what it is, its place among the cells of a row, and its width. */
type Placed<Item> = { column: Column<Item>; index: number; size: number };

type RowContext<Item extends { id: string }> = {
  list: List<Item>;
  placed: readonly Placed<Item>[];
  look: Look;
  theme: Theme;
  columns: number;
  stale: boolean;
  query: string;
};

/** Keeps the cursor in the window, with the window full as long as there are rows to fill it. */
function scroll(
  top: number,
  { cursor, height, count }: { cursor: number; height: number; count: number },
): number {
  const low = Math.min(top, cursor);
  const high = Math.max(low, cursor - height + 1);
  return Math.max(0, Math.min(high, count - height));
}

function place<Item>(
  columns: readonly Column<Item>[],
  cells: readonly (readonly string[])[],
  window: ListWindow,
  total: number,
): Placed<Item>[] {
  const sizes = columns.flatMap((column, index): ColumnSize[] => {
    let wanted = window.widths.get(column.id) ?? 0;
    for (const row of cells) wanted = Math.max(wanted, width(row[index] ?? ""));
    window.widths.set(column.id, wanted);
    if (column.optional && wanted === 0) return [];
    const max =
      column.rank === 0 ? Math.max(column.min, Math.min(column.max, Math.floor(total * 0.4))) : column.max;
    return [
      {
        id: column.id,
        min: column.min,
        max,
        wanted: Math.max(wanted, column.title.length + 1),
        rank: column.rank,
      },
    ];
  });
  const gap = gapOf(total);
  return placeColumns(sizes, total - gutter, gap).flatMap(({ id, width: size }) => {
    const index = columns.findIndex((column) => column.id === id);
    const column = columns[index];
    return column ? [{ column, index, size }] : [];
  });
}

function gapOf(total: number): number {
  return total >= 100 ? 2 : 1;
}

function paintHeading<Item extends { id: string }>(context: RowContext<Item>): string {
  const { list, placed, theme, columns } = context;
  const { sort } = list.get();
  const titles = placed.map(({ column, size }) => {
    const down = Boolean(column.descending) !== sort.reversed;
    const arrow = column.id === sort.column ? (down ? "↓" : "↑") : "";
    return fit(`${column.title}${arrow}`, size, column.align ? { align: column.align } : {});
  });
  const text = " ".repeat(gutter) + titles.join(" ".repeat(gapOf(columns)));
  return theme.paint("dim", fit(text, columns).trimEnd());
}

function paintRow<Item extends { id: string }>(
  context: RowContext<Item>,
  item: Item,
  texts: readonly string[],
  underCursor: boolean,
): string {
  const { list, placed, theme, columns, stale } = context;
  const marked = list.get().marks.has(item.id);
  const plain = stale || underCursor;
  const cells = placed.map(({ column, index, size }) => {
    const { align, cut } = column;
    const cell = fit(texts[index] ?? "", size, { ...(align ? { align } : {}), ...(cut ? { cut } : {}) });
    const text = texts[index] ?? "";
    const shown = withHits(context, item, column.id, { text, cell });
    return plain ? shown : paintText(theme, column.tone?.(item, context.look) ?? "plain", shown);
  });
  const lead = `${underCursor ? "▌" : " "}${marked ? "✓" : " "} `;
  const used =
    gutter +
    placed.reduce((sum, { size }) => sum + size, 0) +
    gapOf(columns) * Math.max(0, placed.length - 1);
  const row = lead + cells.join(" ".repeat(gapOf(columns)));
  if (underCursor) return theme.cursor(row + " ".repeat(Math.max(0, columns - used)));
  // Every character on the screen costs each frame, blanks too.
  const short = row.trimEnd();
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
  if (hits.size === 0 || !cell.startsWith(text)) return cell;
  let at = 0;
  return graphemes(cell)
    .map((letter) => {
      const hit = hits.has(at);
      at += letter.length;
      return hit ? `${theme.hit.open}${letter}${theme.hit.close}` : letter;
    })
    .join("");
}

/** The items a closer look is worth: those in the window, or all when the list is sorted by what that look finds. */
export function visibleItems<Item extends { id: string }>(
  list: List<Item>,
  window: ListWindow,
  rows: number,
): readonly Item[] {
  const { column } = list.get().sort;
  const sampled = list.screen.columns.some(({ id, sampled }) => id === column && sampled === true);
  return sampled ? list.shown() : list.shown().slice(window.top, window.top + rows - 1);
}
