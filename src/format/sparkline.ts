const eighthsHigh = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const eighthsWide = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * The last `columns` values as that many block characters, the newest at the right; a space where there is no
 * value. `max` is the value of a full block, else the largest value shown.
 */
export function sparkline(
  values: readonly number[],
  columns: number,
  options: { max?: number | undefined } = {},
): string {
  if (columns <= 0) return "";
  const shown = values.slice(-columns);
  const max = options.max ?? Math.max(0, ...shown.filter(Number.isFinite));
  return shown
    .map((value) => block(value, max))
    .join("")
    .padStart(columns, " ");
}

function block(value: number, max: number): string {
  if (Number.isNaN(value)) return " ";
  const level = max > 0 ? Math.floor((value / max) * eighthsHigh.length) : 0;
  return eighthsHigh[Math.min(eighthsHigh.length - 1, Math.max(0, level))] ?? " ";
}

/** A fraction from 0 to 1 as a bar exactly `columns` wide, filled to an eighth of a column. */
export function bar(fraction: number, columns: number): string {
  if (columns <= 0) return "";
  const filled = Math.min(1, Math.max(0, Number.isNaN(fraction) ? 0 : fraction));
  const eighths = Math.round(filled * columns * 8);
  const drawn = "█".repeat(Math.floor(eighths / 8)) + (eighthsWide[eighths % 8] ?? "");
  return drawn.padEnd(columns, "░");
}
