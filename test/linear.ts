import { expect } from "vitest";

const times = 16;
const atMost = 100;

/**
 * Expects work to take time in proportion to its size: for what is sixteen times as large at most a hundred times as
 * long (the caches of a machine are small), which a square, 256 times, does not keep to. Sizes are taken in turns and
 * the shortest of some runs counts, so that a busy machine makes no difference.
 */
export function expectLinear(work: (size: number) => void, size: number): void {
  const small = { size: Math.floor(size / times), ms: Number.POSITIVE_INFINITY };
  const large = { size, ms: Number.POSITIVE_INFINITY };
  work(small.size); // compiled before it is timed
  for (let turn = 0; turn < 5; turn += 1) {
    for (const each of [small, large]) {
      const began = performance.now();
      work(each.size);
      each.ms = Math.min(each.ms, performance.now() - began);
    }
    // What takes next to nothing cannot be compared, and is no square of anything.
    if (large.ms < Math.max(small.ms * atMost, 100)) return;
  }
  expect.fail(`${large.size} takes ${large.ms} ms, ${small.size} takes ${small.ms} ms`);
}
