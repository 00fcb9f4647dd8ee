const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const year = 365 * day;

/** Time from `since` to `now` (both ms) in one short unit: "59s", "5m", "47h", "12d", "3y"; "0s" when negative. */
export function age(since: number, now: number): string {
  const ms = now - since;
  if (!(ms > 0)) return "0s";
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 2 * year) return `${Math.floor(ms / day)}d`;
  return `${Math.floor(ms / year)}y`;
}

/** A length of time in ms by its two largest units, the second left out when 0: "3d 4h", "1h 5m", "45s", "350ms". */
export function duration(ms: number): string {
  if (!(ms > 0)) return "0ms";
  const whole = Math.round(ms);
  if (whole < second) return `${whole}ms`;
  const parts = spans.map(([unit, length, parent]) => ({
    unit,
    count: Math.floor((whole % parent) / length),
  }));
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count}${unit}`)
    .join(" ");
}

/** Unit, its length and the length of the next larger one, in ms. */
const spans: readonly [unit: string, length: number, parent: number][] = [
  ["d", day, Number.POSITIVE_INFINITY],
  ["h", hour, day],
  ["m", minute, hour],
  ["s", second, minute],
];

/** Units of Go's `time.ParseDuration` in ms, and days and weeks, which Go does not know. */
const units: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["\u00b5s", 1e-3],
  ["\u03bcs", 1e-3],
  ["ms", 1],
  ["s", second],
  ["m", minute],
  ["h", hour],
  ["d", day],
  ["w", week],
]);

const amount = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w)/g;

/** Milliseconds in a Go duration ("24h", "1h30m") or one with days and weeks ("7d", "2w"); undefined when nonsense. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "0") return 0;
  if (trimmed === "" || trimmed.replace(amount, "") !== "") return undefined;
  let sum = 0;
  for (const [, number, unit = ""] of trimmed.matchAll(amount))
    sum += Number(number) * (units.get(unit) ?? 0);
  return sum;
}

/**
 * The moment (unix ms) meant by docker's `until` filter: a duration before `now` (ms), RFC 3339 with or without
 * time and zone (local without), or unix seconds; undefined when nonsense. After moby `timestamp.GetTimestamp`.
 */
export function parseUntil(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  const before = parseDuration(trimmed);
  if (before !== undefined) return now - before;
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * second;
  return parseDate(trimmed);
}

const date = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?$/;

function parseDate(text: string): number | undefined {
  const match = date.exec(text);
  if (match === null) return undefined;
  const [, years, months, days, hours = "0", minutes = "0", seconds = "0", zone] = match;
  const [y, m, d] = [Number(years), Number(months), Number(days)];
  const clock = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * second;
  const midnight = new Date(Date.UTC(y, m - 1, d));
  const isReal = midnight.getUTCMonth() === m - 1 && midnight.getUTCDate() === d;
  if (!isReal || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return undefined;
  if (zone !== undefined) return midnight.getTime() + clock - zoneOffset(zone);
  return new Date(y, m - 1, d, Number(hours), Number(minutes), 0).getTime() + Number(seconds) * second;
}

/** Milliseconds a zone like "Z" or "+02:00" is ahead of UTC. */
function zoneOffset(zone: string): number {
  if (zone === "Z") return 0;
  const ahead = Number(zone.slice(1, 3)) * hour + Number(zone.slice(4)) * minute;
  return zone.startsWith("-") ? -ahead : ahead;
}
