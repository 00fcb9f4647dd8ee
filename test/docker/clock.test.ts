import { afterEach, expect, test, vi } from "vitest";
import { deadline, systemClock } from "../../src/docker/clock.ts";
import { createFakeClock } from "../fake-clock.ts";

afterEach(() => vi.useRealTimers());

const days = 86_400_000;

test("a wait of a hundred days is over after a hundred days, not at once", () => {
  vi.useFakeTimers();
  let called = 0;
  systemClock.after(100 * days, () => (called += 1));
  vi.advanceTimersByTime(100 * days - 1);
  expect(called).toBe(0);
  vi.advanceTimersByTime(1);
  expect(called).toBe(1);
});

test("a wait that long can be cancelled at any time", () => {
  vi.useFakeTimers();
  let called = 0;
  const cancel = systemClock.after(100 * days, () => (called += 1));
  vi.advanceTimersByTime(60 * days);
  cancel();
  vi.advanceTimersByTime(100 * days);
  expect([called, vi.getTimerCount()]).toEqual([0, 0]);
});

test("its ticks go on when the time of day is set back", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const before = systemClock.ticks();
  vi.setSystemTime(0);
  expect(systemClock.ticks()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now()).toBe(0);
});

test("a deadline leaves a turn to what came while the process was stopped", async () => {
  const clock = createFakeClock();
  let late = false;
  const cancel = deadline(clock, 10_000, () => {
    late = true;
  });
  // Stopped for an hour, a process finds one timer due, however many would have been.
  expect(clock.due()).toEqual([5_000]);
  await clock.wind(5_000);
  expect([late, clock.due()]).toEqual([false, [5_000]]);
  cancel();
  expect(clock.due()).toEqual([]);
});
