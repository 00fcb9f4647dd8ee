import { expect, test } from "vitest";
import { clockTime, deltaTime, momentOf, parseMoment, relativeTime } from "../../../src/format/log/moment.ts";

const second = 1000;
const hour = 3600 * second;
/** Saturday, 14:30 local time. */
const now = new Date(2026, 10, 21, 14, 30).getTime();
const local = (day: number, h: number, m: number, s = 0, ms = 0) =>
  new Date(2026, 10, day, h, m, s, ms).getTime();

test.each([
  ["14:05", local(21, 14, 5)],
  ["9:05", local(21, 9, 5)],
  ["14:05:30", local(21, 14, 5, 30)],
  ["14:05:30.250", local(21, 14, 5, 30, 250)],
  ["14:30", now],
  ["14:31", local(20, 14, 31)],
  ["23:59", local(20, 23, 59)],
  ["today 14:31", local(21, 14, 31)],
  ["today 00:00", local(21, 0, 0)],
  ["yesterday 14:05", local(20, 14, 5)],
  ["Yesterday 14:05:01", local(20, 14, 5, 1)],
  ["2026-11-20 14:05", local(20, 14, 5)],
  ["2026-11-20 14:05:30", local(20, 14, 5, 30)],
  ["2026-11-20T14:05", local(20, 14, 5)],
  ["2026-11-20", local(20, 0, 0)],
  ["2026-11-20T14:05:03.5Z", Date.UTC(2026, 10, 20, 14, 5, 3, 500)],
  ["2026-11-20t14:05:03z", Date.UTC(2026, 10, 20, 14, 5, 3)],
  ["2026-11-20 14:05:03+02:00", Date.UTC(2026, 10, 20, 12, 5, 3)],
  ["2026-11-20T14:05:03.227052550Z", Date.UTC(2026, 10, 20, 14, 5, 3, 227)],
  ["-2h", now - 2 * hour],
  ["- 2h", now - 2 * hour],
  ["2h", now - 2 * hour],
  ["2h ago", now - 2 * hour],
  ["-1h30m", now - 1.5 * hour],
  ["3d ago", now - 72 * hour],
  [" 90s ", now - 90 * second],
  ["now", now],
  ["1795226348", 1_795_226_348_000],
  ["1795226348.515", 1_795_226_348_515],
  ["1795226348515", 1_795_226_348_515],
  ["24:00", undefined],
  ["14:60", undefined],
  ["14:05:60", undefined],
  ["14", undefined],
  ["1405", undefined],
  ["0", undefined],
  ["-14:05", undefined],
  ["2026-02-30 14:05", undefined],
  ["2h later", undefined],
  ["ago", undefined],
  ["tomorrow 14:05", undefined],
  ["", undefined],
])("a jump to %j is to %s", (text, moment) => {
  expect(parseMoment(text, now)).toBe(moment);
});

test.each([
  [0, "now"],
  [999, "now"],
  [-999, "now"],
  [1000, "1s ago"],
  [3 * 60 * second, "3m ago"],
  [47 * hour, "47h ago"],
  [-5 * second, "in 5s"],
])("%i ms ago is told as %s", (ms, text) => {
  expect(relativeTime(now - ms, now)).toBe(text);
});

test.each([
  [0, "+0.000s"],
  [34, "+0.034s"],
  [59_999, "+59.999s"],
  [60_000, "+1m"],
  [185_999, "+3m5s"],
  [-2, "-0.002s"],
])("a line %i ms after another has %s", (ms, text) => {
  expect(deltaTime(now + ms, now)).toBe(text);
});

test.each([
  ["2026-11-21T10:00:00.123456789Z", Date.UTC(2026, 10, 21, 10, 0, 0, 123)],
  ["2026-11-21T10:00:00Z", Date.UTC(2026, 10, 21, 10)],
  ["2026-11-21 10:00:00 UTC", Date.UTC(2026, 10, 21, 10)],
  ["2026-11-21 10:00:00,5 +0200", Date.UTC(2026, 10, 21, 8, 0, 0, 500)],
  ["2026/11/21 10:00:00-03:00", Date.UTC(2026, 10, 21, 13)],
  ["1795226348", 1_795_226_348_000],
  ["1795226348.5155", 1_795_226_348_515],
  ["1795226348515", 1_795_226_348_515],
  ["1795226348515000", 1_795_226_348_515],
  ["1795226348515000000", 1_795_226_348_515],
  ["2026-11-21 10:00:00", undefined],
  ["2026-99-21T10:00:00Z", undefined],
  ["10:00:00", undefined],
  ["soon", undefined],
])("the time %j of a line is %s", (time, moment) => {
  expect(momentOf(time)).toBe(moment);
});

test.each([
  ["2026-11-21T10:00:00.123456Z", "10:00:00.123"],
  ["2026-11-21T10:00:00+01:00", "09:00:00.000"],
  ["1795226348515", "01:59:08.515"],
  ["2026-11-21 10:00:00,123", "10:00:00.123"],
  ["2026-11-21 10:00:00", "10:00:00"],
  ["10:00AM", "10:00AM"],
])("%j is %s on the clock", (time, clock) => {
  expect(clockTime(time, "utc")).toBe(clock);
});

test("a certain time is told in local time", () => {
  const moment = local(21, 9, 8, 7, 6);
  expect(clockTime(new Date(moment).toISOString(), "local")).toBe("09:08:07.006");
});
