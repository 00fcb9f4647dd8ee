import { expect, test } from "vitest";
import { age, duration, parseDuration, parseUntil } from "../../src/format/age.ts";

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 21, 12, 0, 0);

test.each([
  [0, "0s"],
  [-5000, "0s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [59.9 * 60_000, "59m"],
  [3 * hour, "3h"],
  [48 * hour - 1, "47h"],
  [48 * hour, "2d"],
  [12 * day, "12d"],
  [730 * day - 1, "729d"],
  [730 * day, "2y"],
  [3.5 * 365 * day, "3y"],
])("age of something %i ms old is %s", (ms, text) => {
  expect(age(now - ms, now)).toBe(text);
});

test.each([
  [0, "0ms"],
  [-1, "0ms"],
  [350, "350ms"],
  [999.7, "1s"],
  [45_000, "45s"],
  [123_000, "2m 3s"],
  [120_000, "2m"],
  [65 * 60_000, "1h 5m"],
  [hour + 5000, "1h"],
  [3 * day + 4 * hour, "3d 4h"],
])("duration of %d ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  ["24h", 24 * hour],
  ["1h30m", 1.5 * hour],
  ["10m", hour / 6],
  ["1.5h", 1.5 * hour],
  [" 90s ", 90 * second],
  ["1m500ms", 60_500],
  ["7d", 7 * day],
  ["2w", 14 * day],
  ["0", 0],
  ["", undefined],
  ["24", undefined],
  ["h", undefined],
  ["-1h", undefined],
  ["1h x", undefined],
  ["1H", undefined],
  ["yesterday", undefined],
])("parseDuration reads %j as %s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ["24h", now - day],
  ["7d", now - 7 * day],
  ["1795226348", 1_795_226_348_000],
  ["1795226348.5", 1_795_226_348_500],
  ["2026-11-20T10:00:00Z", Date.UTC(2026, 10, 20, 10)],
  ["2026-11-20T10:00:00.25+02:00", Date.UTC(2026, 10, 20, 8, 0, 0, 250)],
  ["2026-11-20Z", Date.UTC(2026, 10, 20)],
  ["2026-11-20", new Date(2026, 10, 20).getTime()],
  ["2026-11-20T15:04", new Date(2026, 10, 20, 15, 4).getTime()],
  ["2026-11-20T15:04:05", new Date(2026, 10, 20, 15, 4, 5).getTime()],
  ["2026-02-30", undefined],
  ["2026-13-01", undefined],
  ["2026-11-20T24:00", undefined],
  ["tomorrow", undefined],
  ["", undefined],
])("parseUntil reads %j as %s", (text, ms) => {
  expect(parseUntil(text, now)).toBe(ms);
});
