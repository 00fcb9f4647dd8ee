import type { LogView, Spot } from "../hooks/log/view.ts";
import { type Frame, paintLine, sightOf } from "./log-line.ts";

/** A jump of more rows than this goes to an end: lines need not be wrapped to know where that is. */
const farRows = 10_000;

/** The part of a log that is on the screen, as text of at most `columns`; exactly `rows` of it. */
export function paintLog(view: LogView, frame: Frame): string[] {
  const { follow, top, row } = view.get();
  view.page = Math.max(1, frame.rows - 1);
  view.rest = () => restOf(view, frame);
  view.move = (from, rows) => moved(view, frame, from, rows);
  view.sight = (number, part) => sightOf(view, frame, number, part);
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
