import type { LogBuffer } from "../../docker/log-buffer.ts";

/** The numbers of the kept lines for which something is true, in order; grown as the buffer grows. */
export type Matches = {
  /** All of them among the kept lines, found anew only for lines that came since. */
  all(): readonly number[];
};

/** The lines of that buffer that pass; a line's answer never changes. */
export function createMatches(buffer: LogBuffer, passes: (number: number) => boolean): Matches {
  let found: number[] = [];
  let from = buffer.first();
  let to = buffer.first();
  let clearings = buffer.clearings();
  const scan = (first: number, end: number) => {
    const hits: number[] = [];
    for (let number = first; number < end; number += 1) if (passes(number)) hits.push(number);
    return hits;
  };
  return {
    all() {
      const [first, end] = [buffer.first(), buffer.end()];
      const isOther = clearings !== buffer.clearings();
      clearings = buffer.clearings();
      if (isOther || first > to || end < from) [found, from, to] = [[], first, first];
      if (first < from) found = [...scan(first, from), ...found];
      else if (first > from) found = found.slice(indexFrom(found, first));
      if (end > to) {
        const more = scan(Math.max(to, first), end);
        if (more.length > 0) found = found.length === 0 ? more : found.concat(more);
      } else if (end < to) found = found.slice(0, indexFrom(found, end));
      [from, to] = [first, end];
      return found;
    },
  };
}

/** The index of the first number that is not below `number`, by halves. */
export function indexFrom(numbers: readonly number[], number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
