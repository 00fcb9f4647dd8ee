/** The word that was probably meant by a mistyped one: at most two letters are wrong, and fewer than half. */
export function meant(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const near = known
    .map((name) => ({ name, faults: typingFaults(typed, name) }))
    .filter(({ name, faults }) => faults <= 2 && faults * 2 < name.length + 1)
    .sort((a, b) => a.faults - b.faults);
  return near[0]?.name;
}

/** How many letters are missing, too many, wrong, or the other way round. */
function typingFaults(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const ways = [
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
      ];
      if (swapped) ways.push(at(row - 2, column - 2) + 1);
      (rows[row] as number[])[column] = Math.min(...ways);
    }
  }
  return at(a.length, b.length);
}
