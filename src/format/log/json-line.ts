import { flatten } from "./flatten.ts";
import { pickKnown } from "./known-fields.ts";
import { levelOf } from "./level.ts";
import type { Structured } from "./structure.ts";

/**
 * What may stand before the object: a time in one or two words, the stream and the mark of the container runtime
 * ("stdout F"), the name that `docker compose logs` writes ("web-1  | "), a syslog priority.
 */
const prefix =
  /^\s*(?:[\w.-]{1,64}\s+\|\s+)?(?:<\d{1,3}>)?(?:\[?(\d{4}-\d\d-\d\d(?:[T ][\d:.,]{5,20})?(?:Z| ?[+-]\d\d:?\d\d)?|[\d:.]{8,20})\]?:?\s+)?(?:(?:stdout|stderr)\s+[FP]\s+)?$/;
const longestPrefix = 160;

/** A line that is one JSON object as structure; undefined when it is not. */
export function readJsonLine(text: string): Structured | undefined {
  const at = text.indexOf("{");
  if (at < 0 || at > longestPrefix || !/\}\s*$/.test(text.slice(-8))) return undefined;
  const before = prefix.exec(text.slice(0, at));
  if (before === null) return undefined;
  const value = parseObject(at === 0 ? text : text.slice(at));
  if (value === undefined) return undefined;
  const {
    time = before[1],
    level,
    message = "",
    keys,
  } = pickKnown([...nestedLevel(value), ...Object.entries(value)]);
  const grave = level ?? (message === "" ? undefined : levelOf(message));
  return {
    kind: "json",
    ...(time !== undefined && { time }),
    ...(grave && { level: grave }),
    message,
    fields: flatten(value, keys),
    value,
  };
}

/** Elastic's common schema may nest the level: {"log":{"level":"error"}}. */
function nestedLevel(value: object): [key: string, value: unknown][] {
  const log: unknown = Reflect.get(value, "log");
  if (typeof log !== "object" || log === null) return [];
  return Object.hasOwn(log, "level") ? [["log.level", Reflect.get(log, "level")]] : [];
}

/** An object with at least one field; undefined for any other text. */
function parseObject(text: string): object | undefined {
  try {
    const value: unknown = /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined; // not JSON, or nested too deep to be walked
  }
}

/** Keeps ids of more than 15 digits as text, where the runtime tells how they were written (Node 21 and newer). */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? "";
  return /^-?\d+$/.test(source) && source !== String(value) ? source : value;
}
