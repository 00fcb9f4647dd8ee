import { expect, test } from "vitest";
import { localTime } from "../../src/format/local-time.ts";

const moment = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();

test.each([
  ["minute", "2026-01-02 03:04"],
  ["second", "2026-01-02 03:04:05"],
  ["millisecond", "2026-01-02 03:04:05.006"],
] as const)("to the %s it is %s", (to, text) => {
  expect(localTime(moment, to)).toBe(text);
});
