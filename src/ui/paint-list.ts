import type { Column } from "../actions/list-screen.ts";
import { type ColumnSize, placeColumns } from "../format/columns.ts";
import { fit } from "../format/fit.ts";
import { width } from "../format/width.ts";
import { columnsOf } from "../hooks/list/column-choice.ts";
import type { List } from "../hooks/list/list.ts";
import { cellsOf, gapOf, gutter, type Placed, paintRow, type RowContext } from "./paint-row.ts";
import type { Theme } from "./theme.ts";

/** Where a list is on the screen; `top` is the first row shown, `widths` what each column came to want. */
export type ListWindow = { top: number; widths: Map<string, number>; query: string; columns: number };

/** A window that has shown nothing yet. */
export function listWindow(): ListWindow {
  return { top: 0, widths: new Map(), query: "", columns: 0 };
}

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
  const all = list.rows();
  window.top = scroll(window.top, { cursor, height, count: all.length });
  const visible = all.slice(window.top, window.top + height);
  const look = list.look();
  const query = list.get().query.text;
  if (window.query !== query || window.columns !== columns) {
    window.widths.clear();
    window.query = query;
    window.columns = columns;
  }
  const shown = columnsOf(list);
  const cells = visible.map((row) => cellsOf(row, shown, look));
  const placed = place(shown, cells, window, columns);
  const context: RowContext<Item> = { list, placed, look, theme, columns, stale, query };
  const painted = visible.map((row, index) =>
    paintRow(context, row, cells[index] ?? [], window.top + index === cursor),
  );
  return [paintHeading(context), ...painted, ...Array.from({ length: height - painted.length }, () => "")];
}

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
        ...(column.grows ? { grows: true } : {}),
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

/** A heading tells what its objects take together, hidden ones too; of more than so many that costs the engine too much. */
const looksUnder = 20;

/** The items a closer look is worth: those in the window, or all when the list is sorted by what that look finds. */
export function visibleItems<Item extends { id: string }>(
  list: List<Item>,
  window: ListWindow,
  rows: number,
): readonly Item[] {
  const { column } = list.get().sort;
  const sampled = list.screen.columns.some(({ id, sampled }) => id === column && sampled === true);
  if (sampled) return list.shown();
  const visible = list.rows().slice(window.top, window.top + rows - 1);
  const near = visible.flatMap((row) => {
    if (row.kind === "item") return [row.item];
    return row.items.length <= looksUnder ? row.items : [];
  });
  return [...new Set(near)];
}
