import { fit } from "../fit.ts";
import { width } from "../width.ts";
import type { Structured } from "./structure.ts";
import { harmless, type Ink, ink, type Look, levelWidth, timeText } from "./structured-line.ts";

/** Which fields of structured lines are columns, by key in their order, and whether the message follows them. */
export type FieldChoice = { fields: readonly string[]; message: boolean };

/** Lines are not shown in columns. */
export const noColumns: FieldChoice = { fields: [], message: true };

/** What the columns came to need: they grow to what was measured and never shrink, so that nothing jumps. */
export type FieldWidths = { time: number; level: number; fields: Map<string, Wanted> };

/** The widest value, and what all values are; nothing but names is known of a field that no line had. */
type Wanted = { width: number; values: "none" | "numbers" | "texts" };

/** Columns as they are painted; those of time and level are 0 wide where no line has one. */
export type FieldGrid = {
  time: number;
  level: number;
  cells: readonly { key: string; width: number; align: "left" | "right" }[];
  message: boolean;
};

/** How wide a column of a field gets at most: a quarter of the terminal, within these bounds. */
const share = 4;
const narrowest = 8;
const widest = 40;
/** So many characters of a value's ends are looked at, since more never fit. */
const longestEnd = 4 * widest;

/** Nothing was measured yet. */
export function fieldWidths(): FieldWidths {
  return { time: 0, level: 0, fields: new Map() };
}

/** Makes room for the names of these fields; whether any of them is new. */
export function beginFields({ fields }: FieldWidths, keys: readonly string[]): boolean {
  const fresh = keys.filter((key) => !fields.has(key));
  for (const key of fresh) fields.set(key, nameOnly(key));
  return fresh.length > 0;
}

/** Makes room for what a line has in those columns. */
export function measureFields(widths: FieldWidths, line: Structured, keys: readonly string[]): void {
  if (line.time !== undefined)
    widths.time = Math.max(widths.time, heads.time.length, width(timeText(line, "utc")));
  if (line.level !== undefined) widths.level = levelWidth;
  for (const key of keys) {
    const before = widths.fields.get(key) ?? nameOnly(key);
    widths.fields.set(key, grown(before, cellText(line, key)));
  }
}

function nameOnly(key: string): Wanted {
  return { width: width(harmless(key)), values: "none" };
}

function grown({ width: before, values }: Wanted, text: string): Wanted {
  const kind = kindOf(text) ?? values;
  return { width: Math.max(before, width(text)), values: values === "texts" ? values : kind };
}

/** Nothing, and what stands for it, is neither a number nor a text. */
function kindOf(text: string): Wanted["values"] | undefined {
  if (text === "" || text === "null" || text === "-") return undefined;
  return /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text) ? "numbers" : "texts";
}

/** The columns of that choice on a terminal of so many columns. */
export function fieldGrid(widths: FieldWidths, { fields, message }: FieldChoice, columns: number): FieldGrid {
  const most = Math.max(narrowest, Math.min(widest, Math.floor(columns / share)));
  const cells = fields.map((key) => {
    const wanted = widths.fields.get(key) ?? nameOnly(key);
    const align = wanted.values === "numbers" ? ("right" as const) : ("left" as const);
    return { key, width: Math.max(1, Math.min(wanted.width, most)), align };
  });
  return { time: widths.time, level: widths.level, cells, message };
}

/** One line in columns as an SGR text without blanks at its end: `time level  field  …  message`, all made harmless. */
export function gridLine(line: Structured, grid: FieldGrid, look: Look): string {
  const { level, message } = line;
  return joined(grid, {
    time: { text: timeText(line, look.zone), ink: look.time },
    level: level === undefined ? blank : { text: level.toUpperCase(), ink: look.level[level] },
    cell: (key) => ({ text: cellText(line, key), ink: look.value }),
    message: { text: harmless(message), ink: look.message },
  });
}

const plain: Ink = { open: "", close: "" };
const blank: Cell = { text: "", ink: plain };
const heads = { time: "time", level: "level", message: "message" };

/** What stands above the columns, as a plain text. */
export function gridHeading(grid: FieldGrid): string {
  const head = (text: string): Cell => ({ text, ink: plain });
  return joined(grid, {
    time: head(heads.time),
    level: head(heads.level),
    cell: (key) => head(harmless(key)),
    message: head(heads.message),
  });
}

type Cell = { text: string; ink: Ink };
type Cells = { time: Cell; level: Cell; cell(key: string): Cell; message: Cell };

const gap = "  ";

function joined(grid: FieldGrid, { time, level, cell, message }: Cells): string {
  const parts = [
    { ...time, width: grid.time, after: grid.level > 0 ? " " : gap },
    { ...level, width: grid.level, after: gap },
    ...grid.cells.map((each) => ({ ...cell(each.key), ...each, after: gap })),
  ].filter((part) => part.width > 0);
  const end = grid.message ? message : blank;
  const last = end.text === "" ? parts.findLastIndex(({ text }) => text !== "") : parts.length;
  const painted = parts.slice(0, last + 1).map((part, at) => {
    const align = "align" in part ? part.align : "left";
    const shown = fit(part.text, part.width, { cut: "middle", align });
    return at === last ? ink(part.ink, shown.trimEnd()) : ink(part.ink, shown) + part.after;
  });
  return painted.join("") + ink(end.ink, end.text);
}

/** A field of a line as a cell: harmless, '' where the line has no such field, the midst of long ones left out. */
function cellText({ fields }: Structured, key: string): string {
  const value = fields.find(([name]) => name === key)?.[1] ?? "";
  if (value.length <= 2 * longestEnd) return harmless(value);
  return harmless(`${value.slice(0, longestEnd)}…${value.slice(-longestEnd)}`);
}
