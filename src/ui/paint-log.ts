import { highlight, sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { localTime } from "../format/local-time.ts";
import { width } from "../format/width.ts";
import { wrapColumns } from "../format/wrap.ts";
import type { LogView } from "../hooks/log/view.ts";
import type { Theme } from "./theme.ts";

type Frame = { columns: number; rows: number; theme: Theme };

/** The part of a log that is on the screen, as text of at most `columns`; exactly `rows` of it. */
export function paintLog(view: LogView, frame: Frame): string[] {
  const { follow, top } = view.get();
  const { buffer } = view.feed;
  const painted = follow
    ? upwards(view, frame, buffer.end() - 1)
    : downwards(view, frame, Math.max(top, buffer.first()));
  // Not enough below the top: the view rests on the end of the log.
  const full = painted.length < frame.rows && !follow ? upwards(view, frame, buffer.end() - 1) : painted;
  const shown = full.slice(0, frame.rows);
  view.page = Math.max(1, frame.rows - 1);
  view.lastTop = () => lastTop(view, frame);
  return [...shown, ...Array.from({ length: frame.rows - shown.length }, () => "")];
}

/** The first line that is on the screen as a whole when the end of the log is. */
function lastTop(view: LogView, frame: Frame): number {
  const { buffer } = view.feed;
  let top = Math.max(buffer.first(), buffer.end() - 1);
  let left = frame.rows;
  for (let number = buffer.end() - 1; number >= buffer.first() && left > 0; number--) {
    if (!view.shows(number)) continue;
    left -= view.get().wrap ? paintLine(view, frame, number).length : 1;
    if (left >= 0) top = number;
  }
  return top;
}

function downwards(view: LogView, frame: Frame, from: number): string[] {
  const { buffer } = view.feed;
  const painted: string[] = [];
  for (let number = from; number < buffer.end() && painted.length < frame.rows; number++)
    if (view.shows(number)) painted.push(...paintLine(view, frame, number));
  return painted;
}

function upwards(view: LogView, frame: Frame, from: number): string[] {
  const { buffer } = view.feed;
  const painted: string[][] = [];
  let count = 0;
  for (let number = from; number >= buffer.first() && count < frame.rows; number--) {
    if (!view.shows(number)) continue;
    const rows = paintLine(view, frame, number);
    painted.push(rows);
    count += rows.length;
  }
  return painted
    .reverse()
    .flat()
    .slice(Math.max(0, count - frame.rows));
}

/** One line of the log as rows: a bar in front tells stderr, whatever the colours. */
function paintLine(view: LogView, { columns, theme }: Frame, number: number): string[] {
  const { wrap, stamps, left } = view.get();
  const line = view.feed.buffer.get(number);
  if (!line) return [];
  const bar = line.stream === "err" ? theme.paint("bad", "!") : " ";
  const stamp = stamps ? `${theme.paint("dim", stampText(line.stamp))} ` : "";
  const name = line.from === undefined ? "" : ownerText(line.from, view, theme);
  const hits = view.hits(number);
  const text = view.text(number);
  const marked = hits.length === 0 ? text : highlight(text, hits, "\u001b[7m", "\u001b[27m");
  const lead = stamp + name;
  const room = Math.max(1, columns - 1 - width(lead));
  if (!wrap) return [`${bar}${lead}${sliceColumns(marked, left, room)}`];
  const indent = " ".repeat(width(lead));
  return wrapColumns(marked, room).map((row, index) => `${bar}${index === 0 ? lead : indent}${row}`);
}

/** Names of containers are told apart by their text; the colour only helps. */
const ownerTones = ["accent", "good", "warn", "strong", "dim"] as const;

function ownerText(name: string, { owners }: LogView, theme: Theme): string {
  const at = owners.indexOf(name);
  const size = Math.min(24, Math.max(...owners.map(width)));
  return `${theme.paint(ownerTones[Math.max(0, at) % ownerTones.length] ?? "dim", fit(name, size, { cut: "middle" }))} `;
}

/** "2026-11-21T02:06:42.227052550Z" as local date and time to the millisecond. */
function stampText(stamp: string): string {
  const moment = Date.parse(stamp);
  return Number.isNaN(moment) ? fit(stamp, 23) : localTime(moment, "millisecond");
}
