/** How wide a column may be, in display columns; what it asks for lies between. */
export type ColumnSize = {
  id: string;
  min: number;
  max: number;
  /** What its title and the texts shown in it need. */
  wanted: number;
  /** The lowest rank is given room first, and is the last to go. */
  rank: number;
  /** Takes what the others leave, beyond its `max`. */
  grows?: boolean;
};

/** A column that is shown, and the width it got. */
export type PlacedColumn = { id: string; width: number };

/**
 * Shares out `total` display columns, `gap` between neighbours: by rank each column gets what it wants, the last one
 * that fits only in part gets what is left if that is its minimum at least; the rest are not shown. What is left over
 * goes to those that grow. The answer keeps the order of `columns`.
 */
export function placeColumns(columns: readonly ColumnSize[], total: number, gap: number): PlacedColumn[] {
  const widths = new Map<string, number>();
  let left = total;
  for (const { id, min, max, wanted } of [...columns].sort((a, b) => a.rank - b.rank)) {
    const room = left - (widths.size === 0 ? 0 : gap);
    const ideal = Math.max(min, Math.min(wanted, max));
    const width = Math.min(ideal, room);
    const first = widths.size === 0;
    if (width < min && !first) break;
    widths.set(id, Math.max(1, width));
    left = room - width;
  }
  for (const { id, wanted, grows } of columns) {
    const width = widths.get(id);
    if (!grows || width === undefined || wanted <= width) continue;
    const more = Math.max(0, Math.min(wanted - width, left));
    widths.set(id, width + more);
    left -= more;
  }
  return columns.flatMap(({ id }) => {
    const width = widths.get(id);
    return width === undefined ? [] : [{ id, width }];
  });
}
