const eighths = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A value at a moment (ms); undefined where it could not be told. */
export type Point = { at: number; value: number | undefined };

/** A stretch of time as columns of `stepMs` each; the last one holds `end` (ms). */
export type Span = { end: number; stepMs: number; columns: number };

/**
 * The largest value in each column of a span. A value tells of the time since the point before; where that is longer
 * ago than `gapMs`, nothing is known of the time between, and its columns are undefined. Points are in order of time.
 */
export function toColumns(points: readonly Point[], span: Span, gapMs: number): (number | undefined)[] {
  const { end, stepMs, columns } = span;
  const values = Array.from<number | undefined>({ length: Math.max(0, columns) });
  const place = (at: number) => Math.floor(at / stepMs) - Math.floor(end / stepMs) + columns - 1;
  let before: number | undefined;
  for (const { at, value } of points) {
    const to = Math.min(columns - 1, place(at));
    const from = before !== undefined && at - before <= gapMs ? Math.min(to, place(before) + 1) : place(at);
    before = at;
    if (value === undefined) continue;
    for (let column = Math.max(0, from); column <= to; column += 1)
      values[column] = Math.max(values[column] ?? value, value);
  }
  return values;
}

/**
 * An area under the values, one column each, as `rows` texts from the top down; `max` fills the whole height. What was
 * nothing still has the lowest block, so that it differs from what is not known, which is blank.
 */
export function areaGraph(
  values: readonly (number | undefined)[],
  { rows, max }: { rows: number; max: number },
): string[] {
  const heights = values.map((value) => (value === undefined ? 0 : heightOf(value, rows * 8, max)));
  return Array.from({ length: Math.max(0, rows) }, (_, row) => {
    const below = (rows - 1 - row) * 8;
    return heights
      .map((height) => (height <= below ? " " : eighths[Math.min(8, height - below) - 1]))
      .join("");
  });
}

function heightOf(value: number, whole: number, max: number): number {
  const height = max > 0 ? Math.round((value / max) * whole) : 0;
  return Number.isNaN(height) ? 1 : Math.max(1, Math.min(whole, height));
}

const steps = [1, 2, 2.5, 5, 10];

/**
 * The next round number that is not below a value: 1, 2, 2.5 or 5 times a power of ten, in units of `base` to some
 * power; `least` when that is more.
 */
export function roundTop(value: number, least: number, base = 1000): number {
  if (!(value > least)) return least;
  const unit = base ** Math.max(0, Math.floor(Math.log(value) / Math.log(base)));
  const power = unit * 10 ** Math.floor(Math.log10(value / unit));
  return (steps.find((step) => step * power >= value) ?? 10) * power;
}
