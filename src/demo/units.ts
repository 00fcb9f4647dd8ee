/** Milliseconds in a second. */
export const second = 1000;
/** Milliseconds in a minute. */
export const minute = 60 * second;
/** Milliseconds in an hour. */
export const hour = 60 * minute;
/** Milliseconds in a day. */
export const day = 24 * hour;
/** Bytes in a mebibyte. */
export const MiB = 2 ** 20;
/** Nanoseconds in a millisecond. */
export const nanosPerMs = 1_000_000;

/** The moment `ms` (since 1970) as Docker writes it, always 30 characters; `ns` (0…999,999) adds nanoseconds. */
export const stamp = (ms: number, ns = 0): string =>
  `${new Date(ms).toISOString().slice(0, 23)}${String(ns).padStart(6, "0")}Z`;

/** The moment as `stamp` writes it, or Go's zero time when it never came. */
export const stampOrZero = (ms: number | undefined): string =>
  ms === undefined ? "0001-01-01T00:00:00Z" : stamp(ms);
