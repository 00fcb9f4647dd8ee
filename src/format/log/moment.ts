import { age, duration, parseDuration, parseUntil } from "../age.ts";
import { localTime } from "../local-time.ts";

const second = 1000;
const minute = 60 * second;

const clock = /^(?:(today|yesterday) )?(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?$/;

/**
 * The moment (unix ms) a person means to jump to, in local time: "14:05", "14:05:30", "yesterday 14:05",
 * "2026-11-20 14:05", RFC 3339, "-2h", "2h", "2h ago", unix seconds or ms, "now"; undefined when nonsense. A clock
 * time that is still to come today is yesterday's.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === "now") return now;
  const parts = clock.exec(wanted);
  if (parts !== null) return clockMoment(parts, now);
  const before = parseDuration(wanted.replace(/^-\s*|\s*ago$/g, ""));
  if (before !== undefined) return wanted === "0" ? undefined : Math.floor(now - before);
  if (/^\d{12,14}$/.test(wanted)) return Number(wanted);
  if (/^\d{1,8}(?:\.\d*)?$/.test(wanted)) return undefined; // no unix time of any log: more likely half a clock time
  const moment = parseUntil(wanted.replace(/^(\d{4}-\d\d-\d\d)[ t](?=\d)/, "$1T").replace("z", "Z"), now);
  return moment === undefined ? undefined : Math.floor(moment);
}

function clockMoment(parts: RegExpExecArray, now: number): number | undefined {
  const [, day, hours, minutes, seconds = "0", fraction = "0"] = parts;
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  const today = new Date(now);
  const at = (daysAgo: number) =>
    new Date(
      today.getFullYear(),
      today.getMonth(),
      today.getDate() - daysAgo,
      h,
      m,
      s,
      Math.floor(Number(fraction) * second),
    ).getTime();
  if (day !== undefined) return at(day === "yesterday" ? 1 : 0);
  return at(0) > now ? at(1) : at(0);
}

/** How long ago a moment (unix ms) was, in one unit and at most eight columns: "3m ago", "now", "in 2h". */
export function relativeTime(moment: number, now: number): string {
  const ms = now - moment;
  if (Math.abs(ms) < second) return "now";
  return ms > 0 ? `${age(moment, now)} ago` : `in ${age(now, moment)}`;
}

/** The time from one line to the next (ms), as `journalctl -o short-delta` and `dmesg -d` tell it: "+0.034s". */
export function deltaTime(moment: number, previous: number): string {
  const ms = moment - previous;
  const sign = ms < 0 ? "-" : "+";
  const length = Math.abs(ms);
  if (length < minute) return `${sign}${(length / second).toFixed(3)}s`;
  return `${sign}${duration(Math.floor(length / second) * second).replace(" ", "")}`;
}

/** Whose clock times are told by. */
export type Zone = "local" | "utc";

/** A date, a clock time, and the zone if there is one. */
const full = /^(\d{4}[-/.]\d\d[-/.]\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** What unix time is counted in, told by its size: from which number on, and units in a millisecond. */
const epochs: readonly [from: number, perMs: number][] = [
  [1e17, 1e6],
  [1e14, 1e3],
  [1e11, 1],
  [1e8, 1 / second],
];

/**
 * The moment (unix ms) that a log line's own time says as long as that is certain: with a date and a zone, or as unix
 * time in s, ms, µs or ns; undefined for all else.
 */
export function momentOf(time: string): number | undefined {
  if (/^\d{9,19}(?:\.\d+)?$/.test(time)) {
    const number = Number(time);
    const [, perMs = 1] = epochs.find(([from]) => number >= from) ?? [];
    return Math.floor(number / perMs);
  }
  const [, day, hours, fraction = "0", zone] = full.exec(time) ?? [];
  if (day === undefined || zone === undefined) return undefined;
  const offset = /^(?:Z|UTC)$/i.test(zone) ? "Z" : zone.replace(/^(...):?/, "$1:");
  const moment = Date.parse(
    `${day.replace(/[/.]/g, "-")}T${hours}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`,
  );
  return Number.isNaN(moment) ? undefined : moment;
}

/** A log line's own time cut to the clock: in that zone where it is certain, as written where not ("10:00:00.123"). */
export function clockTime(time: string, zone: Zone): string {
  const moment = momentOf(time);
  if (moment !== undefined) {
    const shown = zone === "utc" ? new Date(moment).toISOString() : localTime(moment, "millisecond");
    return shown.slice(11, 23);
  }
  const [, day, hours, fraction] = full.exec(time) ?? [];
  if (day === undefined || hours === undefined) return time;
  return fraction === undefined ? hours : `${hours}.${fraction.slice(0, 3)}`;
}
