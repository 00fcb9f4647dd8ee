import { type Level, levelLettered, levelNamed, levelNumbered } from "./level-names.ts";

/** A field of a line: the key it stands under and its value, of JSON as parsed. */
export type Field = readonly [key: string, value: unknown];

/** What the parts of a line are called, in lower case; the first that is there and makes sense is taken. */
const times =
  "@timestamp timestamp ts time @t t datetime date asctime __realtime_timestamp eventtime instant".split(" ");
const levels =
  "log.level level @level lvl severity levelname loglevel log_level level_name @l severity_text priority s".split(
    " ",
  );
const messages =
  "message msg @message @m renderedmessage @mt messagetemplate short_message textpayload event log text body".split(
    " ",
  );
const known: ReadonlySet<string> = new Set([...times, ...levels, ...messages]);

/** The fields that say when, how grave and what, with the keys they were found under. */
export type Known = { time?: string; level?: Level; message?: string; keys: ReadonlySet<string> };

/** Picks time, level and message among fields by the names that logging libraries give them, in any case. */
export function pickKnown(fields: readonly Field[]): Known {
  const byName = new Map<string, Field>();
  for (const field of fields) {
    const name = field[0].toLowerCase();
    if (known.has(name) && !byName.has(name)) byName.set(name, field);
  }
  const time = first(byName, times, timeText);
  const level = first(byName, levels, levelValue);
  const message = first(byName, messages, messageText);
  return {
    ...(time && { time: time.value }),
    ...(level && { level: level.value }),
    ...(message && { message: message.value }),
    keys: new Set([time, level, message].flatMap((it) => (it ? [it.key] : []))),
  };
}

function first<Value>(
  byName: ReadonlyMap<string, Field>,
  wanted: readonly string[],
  read: (value: unknown, name: string) => Value | undefined,
): { key: string; value: Value } | undefined {
  for (const name of wanted) {
    const field = byName.get(name);
    const value = field && read(field[1], name);
    if (field && value !== undefined) return { key: field[0], value };
  }
  return undefined;
}

/** A text with a clock or a date, or a number that is unix time in any unit: a duration called "time" is neither. */
function timeText(value: unknown): string | undefined {
  if (typeof value === "number") return value > 1e8 ? String(value) : undefined;
  if (typeof value === "string")
    return /\d[:/.-]\d|^\d{9,19}$/.test(value) && value.length <= 64 ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  return timeText(Reflect.get(value, "$date") ?? Reflect.get(value, "epochSecond")); // MongoDB, log4j
}

function levelValue(value: unknown, name: string): Level | undefined {
  if (typeof value === "number") return levelNumbered(value);
  if (typeof value !== "string" || value.length > 16) return undefined;
  if (/^\d{1,2}$/.test(value)) return levelNumbered(Number(value));
  return name === "s" ? levelLettered(value) : levelNamed(value); // "s" is MongoDB's
}

function messageText(value: unknown): string | undefined {
  if (typeof value === "string") return value.replace(/[\r\n]+$/, "");
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
