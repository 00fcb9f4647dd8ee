import { expect, test } from "vitest";
import { createHistories } from "../../src/actions/history.ts";
import type { Sample } from "../../src/docker/inside/samples.ts";

const flow = { total: 0 };
const sample = (pids: number): Sample => ({
  at: 0,
  running: true,
  cores: 1,
  read: flow,
  written: flow,
  pids,
});

test("ten minutes are kept at most, and six hundred samples", () => {
  const history = createHistories().of("web");
  for (let second = 0; second < 2_000; second += 1) history.add(sample(second), second * 1000);
  expect(history.get()).toHaveLength(600);
  expect(history.get()[0]?.at).toBe(1_400_000);
  history.add(sample(1), 2_300_000);
  expect(history.get().map(({ at }) => at)).toEqual(
    Array.from({ length: 299 }, (_, index) => 1_701_000 + index * 1000).concat(2_300_000),
  );
  for (let fast = 0; fast < 1_000; fast += 1) history.add(sample(fast), 2_300_001);
  expect(history.get()).toHaveLength(600);
});

test("a container that does not run leaves the history as it is", () => {
  const history = createHistories().of("web");
  history.add(sample(1), 1000);
  const before = history.get();
  history.add({ at: 0, running: false }, 2000);
  expect(history.get()).toBe(before);
});

test("who was asked for longest ago is forgotten first", () => {
  const histories = createHistories();
  const first = histories.of("first");
  const second = histories.of("second");
  for (let other = 0; other < 31; other += 1) {
    histories.of(`other ${other}`);
    expect(histories.of("first")).toBe(first);
  }
  expect(histories.of("second")).not.toBe(second);
});
