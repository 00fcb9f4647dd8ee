import { expect, test } from "vitest";
import { createRate } from "../../../src/hooks/log/rate.ts";

test("a rate is that of the last five whole seconds, without what was there at first", () => {
  let now = 10_000;
  const rate = createRate(() => now);
  rate.begin();
  rate.add(500);
  now = 11_000;
  rate.add(10);
  expect(rate.perSecond()).toBe(0);
  now = 12_000;
  rate.add(40);
  expect(rate.perSecond()).toBe(2);
  now = 13_500;
  expect(rate.perSecond()).toBe(10);
  now = 16_100;
  expect(rate.perSecond()).toBe(10);
  now = 17_000;
  expect(rate.perSecond()).toBe(8);
  now = 18_000;
  expect(rate.perSecond()).toBe(0);
  rate.begin();
  rate.add(5_000);
  now = 19_000;
  expect(rate.perSecond()).toBe(0);
});
