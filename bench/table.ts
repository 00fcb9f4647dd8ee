/** One line of the table: a figure, what it should be at most, and what lazydocker needs for the same. */
export type Row = {
  measure: string;
  unit: string;
  /** The most that is good; undefined if the figure is only for information. */
  target?: number;
  /** Undefined when it could not be measured. */
  measured: number | undefined;
  /** Behind the figure, such as "(38 of 40 answered)". */
  note?: string;
  lazydocker?: string;
};

/** The rows as one table with aligned columns; a missed target is marked at the end of its line. */
export function table(rows: Row[]): string {
  const lines = [
    ["measure", "target", "measured", "lazydocker", ""],
    ...rows.map((row) => [
      row.measure,
      row.target === undefined ? "–" : `≤ ${row.target} ${row.unit}`.trimEnd(),
      measured(row),
      row.lazydocker ?? "–",
      missed(row) ? "✗" : "",
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  const rule = widths.slice(0, 4).map((width) => "─".repeat(width));
  const [head = [], ...body] = lines;
  return [head, rule, ...body]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Whether a row has a target that its figure does not meet, or no figure at all. */
export function missed(row: Row): boolean {
  if (row.target === undefined) return false;
  return row.measured === undefined || row.measured > row.target;
}

function measured({ measured, unit, note }: Row): string {
  if (measured === undefined) return note ?? "not measured";
  const digits = measured >= 100 || Number.isInteger(measured) ? 0 : measured >= 10 ? 1 : 2;
  return [measured.toFixed(digits), unit, note].filter(Boolean).join(" ");
}
