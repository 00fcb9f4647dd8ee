import { list, record } from "../raw.ts";
import type { Pair } from "./spec.ts";

/** An object of an inspect, whose text stays as it is: it goes back to the engine. */
export type Raw = Readonly<Record<string, unknown>>;

/** Text as it came; anything else is empty. */
export function raw(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A list of text as it came. */
export function words(value: unknown): readonly string[] {
  return list(value).map(raw);
}

/** The fields of an object, in the order of their names. */
export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(record(value)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A map of text as names with values, in the order of the names. */
export function pairs(value: unknown): readonly Pair[] {
  return entries(value).map(([key, text]) => ({ key, value: raw(text) }));
}

/** The fields that hold something: empty text, 0 and undefined stand for docker's default. */
export function filled<Fields extends Raw>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  const some = Object.entries(fields).filter(
    ([, value]) => value !== "" && value !== 0 && value !== undefined,
  );
  return Object.fromEntries(some) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}
