import { cleanLine } from "../format/clean.ts";

/** Text from the engine, made harmless; anything but text is empty. Every string passes here on its way in. */
export function text(value: unknown): string {
  return typeof value === "string" ? cleanLine(value) : "";
}

/** A number from the engine; anything else is 0. */
export function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

/** An object's own fields, or none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** A list, or an empty one (the engine writes null for "none"). */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; one that is told without its id is none: nothing could be done with it. */
export function objects<Item extends { id: string }>(value: unknown, read: (row: unknown) => Item): Item[] {
  return list(value)
    .map(read)
    .filter(({ id }) => id !== "");
}

/** Labels, clean in key and value. */
export function labels(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, label]) => [text(key), text(label)]));
}

/** A moment the engine wrote as RFC 3339, in ms; its zero time (year 1) and nonsense are undefined. */
export function moment(value: unknown): number | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return ms > 0 ? ms : undefined;
}
