import { highlight, plainText, sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { localTime } from "../format/local-time.ts";
import { gridHeading } from "../format/log/field-columns.ts";
import type { Level } from "../format/log/level.ts";
import { relativeTime } from "../format/log/moment.ts";
import type { Look } from "../format/log/structured-line.ts";
import { width } from "../format/width.ts";
import { wrapColumns } from "../format/wrap.ts";
import { fieldsText, paintedText, zoneOf } from "../hooks/log/painted.ts";
import { isPicked, partOf } from "../hooks/log/take/picked.ts";
import type { LogView, Times } from "../hooks/log/view.ts";
import type { Theme } from "./theme.ts";

/** The room there is for a log, and the moment (unix ms) it is painted at. */
export type Frame = { columns: number; rows: number; theme: Theme; now: number };

const levelTones: Partial<Record<Level, "bad" | "warn" | "dim">> = {
  fatal: "bad",
  error: "bad",
  warn: "warn",
  debug: "dim",
  trace: "dim",
};

/** One line of the log as rows: a bar in front tells stderr, whatever the colours. */
export function paintLine(view: LogView, frame: Frame, number: number): string[] {
  const { wrap, left } = view.get();
  const { columns, theme } = frame;
  if (!view.feed.buffer.get(number)) return [];
  const bar = barOf(view, number, theme);
  const lead = leadOf(view, number, frame);
  const room = roomOf(columns, lead);
  const marked = marksOn(view, number, textOf(view, number, theme));
  if (!wrap) return [`${bar}${lead}${sliceColumns(marked, left, room)}`];
  const indent = " ".repeat(width(lead));
  return wrapColumns(marked, room).map((part, index) => `${bar}${index === 0 ? lead : indent}${part}`);
}

/** The time and the name in front of a line, as far as they are shown. */
function leadOf({ get, owners, feed }: LogView, number: number, { theme, now }: Frame): string {
  const line = feed.buffer.get(number);
  if (!line) return "";
  const { times } = get();
  const time = times === "off" ? "" : `${theme.paint("dim", timeText(line.stamp, times, now))} `;
  return time + (line.from === undefined ? "" : ownerText(line.from, owners, theme));
}

/** The names above the columns, over their cells; nothing where lines are not shown in columns. */
export function paintHeading(
  { get, grid, owners }: LogView,
  { columns, theme }: Pick<Frame, "columns" | "theme">,
): string[] {
  if (!grid) return [];
  const { wrap, times, left } = get();
  const lead =
    (times === "off" ? 0 : timeWidth(times) + 1) + (owners.length > 0 ? ownerWidth(owners) + 1 : 0);
  const room = Math.max(1, columns - 1 - lead);
  const shown = sliceColumns(gridHeading(grid), wrap ? 0 : left, room);
  return [theme.paint("dim", " ".repeat(1 + lead) + shown)];
}

function roomOf(columns: number, lead: string): number {
  return Math.max(1, columns - 1 - width(lead));
}

const inverse = { on: "\u001b[7m", off: "\u001b[27m" };
const underline = { on: "\u001b[4m", off: "\u001b[24m" };

/** A line with what is searched for in it, or with the words of it that are selected: those only are inverse then. */
function marksOn(view: LogView, number: number, toned: string): string {
  const { picked } = view.get();
  const plain = plainText(toned);
  const hits = view.hits(plain);
  if (!picked?.words) return highlight(toned, hits, inverse.on, inverse.off);
  const part = partOf(picked, number, plain);
  const found = highlight(isInverse.test(toned) ? plain : toned, hits, underline.on, underline.off);
  return part ? highlight(found, [part], inverse.on, inverse.off) : found;
}

/** Whether a text is inverse by itself, be it in part. */
const isInverse = /\u001b\[(?:\d+;)*7[;m]/;

/** In which of its rows a part of a line begins, and how far to the right it is to be seen. */
export function sightOf(
  view: LogView,
  frame: Frame,
  number: number,
  [from, to]: readonly [from: number, to: number],
): { row: number; left: number } {
  const { wrap, left } = view.get();
  const room = roomOf(frame.columns, leadOf(view, number, frame));
  const text = paintedText(view, number);
  if (wrap) return { row: wrapColumns(text.slice(0, from + 1), room).length - 1, left };
  const [begin, end] = [width(text.slice(0, from)), width(text.slice(0, to))];
  if (begin >= left && end <= left + room) return { row: 0, left };
  if (end <= room) return { row: 0, left: 0 };
  return { row: 0, left: begin < left ? begin : Math.min(begin, end - room) };
}

/** What stands in front of a line: that it is selected, was jumped to, or came over stderr. */
function barOf(view: LogView, number: number, theme: Theme): string {
  const { at, picked } = view.get();
  if (picked?.head === number) return theme.paint("accent", "▌");
  if (picked && isPicked(picked, number)) return theme.paint("accent", "│");
  if (at === number) return theme.paint("accent", "▌");
  return view.feed.buffer.get(number)?.stream === "err" ? theme.paint("bad", "!") : " ";
}

/** The text of a line: its fields in one form for all programs, or as it was written. */
function textOf(view: LogView, number: number, theme: Theme): string {
  const structure = view.structure(number);
  if (structure) return fieldsText(view, structure, lookOf(theme, zoneOf(view)));
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

function ownerText(name: string, owners: LogView["owners"], theme: Theme): string {
  const at = owners.indexOf(name);
  const size = ownerWidth(owners);
  return `${theme.paint(ownerTones[Math.max(0, at) % ownerTones.length] ?? "dim", fit(name, size, { cut: "middle" }))} `;
}

function ownerWidth(owners: LogView["owners"]): number {
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
