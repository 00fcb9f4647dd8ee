import { cleanLine } from "../clean.ts";
import { plainText } from "../sgr.ts";
import type { Level } from "./level-names.ts";
import { clockTime, type Zone } from "./moment.ts";
import type { Structured } from "./structure.ts";

/** The SGR sequences that switch a style on and off; both '' where there are no colours. */
export type Ink = { open: string; close: string };

/** How the parts of a structured line look, and in which zone its time is told. */
export type Look = {
  time: Ink;
  level: Readonly<Record<Level, Ink>>;
  message: Ink;
  key: Ink;
  value: Ink;
  zone: Zone;
};

/** The level as a column of five, as wide as the longest one. */
export const levelWidth = 5;
const longestTime = 32;
/** The key of the field that says how many more there are. */
export const moreFields = "…";

/**
 * `time level message key=value …` as an SGR text: the time as clock time where it is a full one, values in quotes
 * where they need them, everything made harmless, whatever the fields hold.
 */
export function structuredLine(line: Structured, look: Look): string {
  const { level, message, fields } = line;
  const parts = [
    ink(look.time, timeText(line, look.zone)),
    level === undefined ? "" : ink(look.level[level], level.toUpperCase().padEnd(levelWidth)),
    ink(look.message, harmless(message)),
    ...fields.map((field) => fieldPart(field, look)),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** When a line was, by its own words, as clock time where that is a full one; '' where it does not say. */
export function timeText({ time }: Structured, zone: Zone): string {
  return time === undefined ? "" : harmless(clockTime(time, zone).slice(0, longestTime));
}

function fieldPart([key, value]: Structured["fields"][number], look: Look): string {
  if (key === moreFields) return ink(look.key, `${moreFields} ${harmless(value)}`);
  return `${ink(look.key, `${quoted(key)}=`)}${ink(look.value, quoted(value))}`;
}

/** A text in a style; nothing has none. */
export function ink({ open, close }: Ink, text: string): string {
  return text === "" ? "" : open + text + close;
}

/** What a field decoded to as one printable line: styles dropped, tabs as spaces, every other control visible. */
export function harmless(text: string): string {
  return cleanLine(plainText(text).replaceAll("\t", "  "));
}

/** A text as it is, or in quotes when it is empty or could be taken for more than one. */
function quoted(text: string): string {
  const clean = harmless(text);
  return /^[^\s"=]+$/.test(clean) ? clean : `"${clean.replaceAll('"', '\\"')}"`;
}
