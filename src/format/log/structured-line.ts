import { cleanLine } from "../clean.ts";
import type { ColumnSize } from "../columns.ts";
import { plainText } from "../sgr.ts";
import { width } from "../width.ts";
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
const levelWidth = 5;
const longestTime = 32;
/** The key of the field that says how many more there are. */
const more = "…";

/**
 * `time level message key=value …` as an SGR text: the time as clock time where it is a full one, values in quotes
 * where they need them, everything made harmless, whatever the fields hold.
 */
export function structuredLine(line: Structured, look: Look): string {
  const { time, level, message, fields } = line;
  const parts = [
    time === undefined ? "" : ink(look.time, harmless(clockTime(time, look.zone).slice(0, longestTime))),
    level === undefined ? "" : ink(look.level[level], level.toUpperCase().padEnd(levelWidth)),
    ink(look.message, harmless(message)),
    ...fields.map((field) => fieldPart(field, look)),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function fieldPart([key, value]: Structured["fields"][number], look: Look): string {
  if (key === more) return ink(look.key, `${more} ${harmless(value)}`);
  return `${ink(look.key, `${quoted(key)}=`)}${ink(look.value, quoted(value))}`;
}

/** The text of one field as a cell: harmless, '' where the line has no such field. */
export function fieldText({ fields }: Structured, key: string): string {
  return harmless(fields.find(([name]) => name === key)?.[1] ?? "");
}

/** How many columns fields get at most, and how wide one may be. */
const mostColumns = 8;
const widest = 32;
const narrowest = 4;

/**
 * Which fields to show as columns: those that more than half of the lines have, eight at most, in the order they
 * appear in. What most lines have gets its room first; `id` is the key, to be given to `fieldText`.
 */
export function columnsOfFields(lines: readonly Structured[]): ColumnSize[] {
  const counts = new Map<string, number>();
  for (const { fields } of lines)
    for (const key of new Set(fields.map(([name]) => name))) counts.set(key, (counts.get(key) ?? 0) + 1);
  counts.delete(more);
  const common = [...counts].filter(([, count]) => count * 2 > lines.length);
  const best = new Set([...common].sort((a, b) => b[1] - a[1]).slice(0, mostColumns));
  const chosen = common.filter((entry) => best.has(entry));
  const byCount = [...best];
  return chosen.map((entry) => columnOf(entry[0], byCount.indexOf(entry), lines));
}

function columnOf(id: string, rank: number, lines: readonly Structured[]): ColumnSize {
  let wanted = width(harmless(id));
  for (const line of lines) {
    if (wanted >= widest) break;
    wanted = Math.max(wanted, width(fieldText(line, id)));
  }
  const max = Math.max(1, Math.min(wanted, widest));
  return { id, min: Math.min(narrowest, max), max, wanted: max, rank };
}

function ink({ open, close }: Ink, text: string): string {
  return text === "" ? "" : open + text + close;
}

/** What a field decoded to as one printable line: styles dropped, tabs as spaces, every other control visible. */
function harmless(text: string): string {
  return cleanLine(plainText(text).replaceAll("\t", "  "));
}

/** A text as it is, or in quotes when it is empty or could be taken for more than one. */
function quoted(text: string): string {
  const clean = harmless(text);
  return /^[^\s"=]+$/.test(clean) ? clean : `"${clean.replaceAll('"', '\\"')}"`;
}
