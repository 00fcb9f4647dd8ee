import { highlight, plainText, sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { localTime } from "../format/local-time.ts";
import { type FieldGrid, gridHeading, gridLine } from "../format/log/field-columns.ts";
import type { Level } from "../format/log/level.ts";
import { relativeTime } from "../format/log/moment.ts";
import { type Look, structuredLine } from "../format/log/structured-line.ts";
import { width } from "../format/width.ts";
import { wrapColumns } from "../format/wrap.ts";
import { isPicked } from "../hooks/log/pick.ts";
import type { LogView, Spot, Times } from "../hooks/log/view.ts";
import type { Theme } from "./theme.ts";

/** Where a log is painted; with a grid its structured lines are columns. */
type Frame = { columns: number; rows: number; theme: Theme; now: number; grid?: FieldGrid | undefined };

/** A jump of more rows than this goes to an end: lines need not be wrapped to know where that is. */
const farRows = 10_000;

/** The part of a log that is on the screen, as text of at most `columns`; exactly `rows` of it. */
export function paintLog(view: LogView, frame: Frame): string[] {
  const { follow, top, row } = view.get();
  view.page = Math.max(1, frame.rows - 1);
  view.rest = () => restOf(view, frame);
  view.move = (from, rows) => moved(view, frame, from, rows);
  const rest = view.rest();
  const isBelow = top > rest.top || (top === rest.top && row > rest.row);
  const from = follow || isBelow ? rest : { top: Math.max(top, view.feed.buffer.first()), row };
  const shown = downwards(view, frame, from);
  return [...shown, ...Array.from({ length: frame.rows - shown.length }, () => "")];
}

/** The first row that is on the screen when the end of the log is. */
function restOf(view: LogView, frame: Frame): Spot {
  const { buffer } = view.feed;
  const last = lastShown(view);
  if (last === undefined) return { top: buffer.first(), row: 0 };
  return moved(view, frame, { top: last, row: rowsOf(view, frame, last) - 1 }, 1 - frame.rows);
}

function lastShown({ feed: { buffer }, shown }: LogView): number | undefined {
  const last = shown().step(buffer.end(), -1);
  return last < buffer.end() && shown().has(last) && buffer.get(last) ? last : undefined;
}

/** How many rows a line takes. */
function rowsOf(view: LogView, frame: Frame, number: number): number {
  return view.get().wrap ? paintLine(view, frame, number).length : 1;
}

/** The spot so many rows away, as far as there are any. */
function moved(view: LogView, frame: Frame, from: Spot, rows: number): Spot {
  const shown = view.shown();
  if (!view.get().wrap || Math.abs(rows) > farRows) return { top: shown.step(from.top, rows), row: 0 };
  let { top, row } = from;
  for (let left = Math.abs(rows); left > 0; ) {
    const room = rows > 0 ? rowsOf(view, frame, top) - 1 - row : row;
    if (room >= left) return { top, row: row + Math.sign(rows) * left };
    const next = shown.step(top, Math.sign(rows));
    if (next === top) return { top, row: rows > 0 ? row + room : 0 };
    left -= room + 1;
    top = next;
    row = rows > 0 ? 0 : rowsOf(view, frame, top) - 1;
  }
  return { top, row };
}

function downwards(view: LogView, frame: Frame, { top, row }: Spot): string[] {
  const { buffer } = view.feed;
  const shown = view.shown();
  const painted: string[] = [];
  let number = shown.has(top) ? top : shown.step(top, 1);
  let skip = number === top ? row : 0;
  while (number < buffer.end() && painted.length < frame.rows) {
    if (shown.has(number)) painted.push(...paintLine(view, frame, number).slice(skip));
    skip = 0;
    const next = shown.step(number, 1);
    if (next === number) break;
    number = next;
  }
  return painted.slice(0, frame.rows);
}

const levelTones: Partial<Record<Level, "bad" | "warn" | "dim">> = {
  fatal: "bad",
  error: "bad",
  warn: "warn",
  debug: "dim",
  trace: "dim",
};

/** One line of the log as rows: a bar in front tells stderr, whatever the colours. */
function paintLine(view: LogView, frame: Frame, number: number): string[] {
  const { columns, theme, now } = frame;
  const { wrap, times, left } = view.get();
  const line = view.feed.buffer.get(number);
  if (!line) return [];
  const bar = barOf(view, number, theme);
  const time = times === "off" ? "" : `${theme.paint("dim", timeText(line.stamp, times, now))} `;
  const name = line.from === undefined ? "" : ownerText(line.from, view, theme);
  const toned = textOf(view, number, frame);
  const hits = view.hits(plainText(toned));
  const marked = hits.length === 0 ? toned : highlight(toned, hits, "\u001b[7m", "\u001b[27m");
  const lead = time + name;
  const room = Math.max(1, columns - 1 - width(lead));
  if (!wrap) return [`${bar}${lead}${sliceColumns(marked, left, room)}`];
  const indent = " ".repeat(width(lead));
  return wrapColumns(marked, room).map((part, index) => `${bar}${index === 0 ? lead : indent}${part}`);
}

/** What stands in front of a line: that it is selected, was jumped to, or came over stderr. */
function barOf(view: LogView, number: number, theme: Theme): string {
  const { at, picked } = view.get();
  if (picked?.head === number) return theme.paint("accent", "▌");
  if (picked && isPicked(picked, number)) return theme.paint("accent", "│");
  if (at === number) return theme.paint("accent", "▌");
  return view.feed.buffer.get(number)?.stream === "err" ? theme.paint("bad", "!") : " ";
}

/** The names above the columns, over their cells; nothing where lines are not shown in columns. */
export function paintHeading(view: LogView, { columns, theme, grid }: Omit<Frame, "rows" | "now">): string[] {
  if (!grid) return [];
  const { wrap, times, left } = view.get();
  const lead =
    (times === "off" ? 0 : timeWidth(times) + 1) + (view.owners.length > 0 ? ownerWidth(view) + 1 : 0);
  const room = Math.max(1, columns - 1 - lead);
  const shown = sliceColumns(gridHeading(grid), wrap ? 0 : left, room);
  return [theme.paint("dim", " ".repeat(1 + lead) + shown)];
}

/** The text of a line: its fields in one form for all programs, or as it was written. */
function textOf(view: LogView, number: number, { theme, grid }: Frame): string {
  const structure = view.structure(number);
  const look = structure && lookOf(theme, view.get().times === "utc" ? "utc" : "local");
  if (look) return grid ? gridLine(structure, grid, look) : structuredLine(structure, look);
  const text = view.text(number);
  const tone = levelTones[view.level(number) ?? "info"];
  // What has colours of its own keeps them.
  return tone && text === plainText(text) ? theme.paint(tone, text) : text;
}

function lookOf(theme: Theme, zone: Look["zone"]): Look {
  const ink = (tone: Parameters<Theme["paint"]>[0]) => {
    const [open = "", close = ""] = theme.paint(tone, "|").split("|");
    return { open, close };
  };
  const [bad, warn, dim, plain] = [ink("bad"), ink("warn"), ink("dim"), ink("plain")];
  return {
    ...{ time: dim, key: dim, value: plain, message: plain, zone },
    level: { fatal: bad, error: bad, warn, info: ink("good"), debug: dim, trace: dim },
  };
}

/** Names of containers are told apart by their text; the colour only helps. */
const ownerTones = ["accent", "good", "warn", "strong", "dim"] as const;

function ownerText(name: string, view: LogView, theme: Theme): string {
  const at = view.owners.indexOf(name);
  const size = ownerWidth(view);
  return `${theme.paint(ownerTones[Math.max(0, at) % ownerTones.length] ?? "dim", fit(name, size, { cut: "middle" }))} `;
}

function ownerWidth({ owners }: LogView): number {
  return Math.min(24, Math.max(...owners.map(width)));
}

function timeWidth(times: Exclude<Times, "off">): number {
  return times === "relative" ? 8 : 23;
}

/** "2026-11-21T02:06:42.227052550Z" as date and time to the millisecond, local or UTC, or how long ago that was. */
function timeText(stamp: string, times: Exclude<Times, "off">, now: number): string {
  const moment = Date.parse(stamp);
  if (Number.isNaN(moment)) return fit(stamp, timeWidth(times));
  if (times === "relative") return fit(relativeTime(moment, now), timeWidth(times), { align: "right" });
  return times === "utc"
    ? new Date(moment).toISOString().slice(0, 23).replace("T", " ")
    : localTime(moment, "millisecond");
}
