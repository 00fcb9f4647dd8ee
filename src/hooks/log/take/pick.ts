import { openOverlay } from "../../../actions/overlays.ts";
import { plainText } from "../../../format/ansi.ts";
import { localTime } from "../../../format/local-time.ts";
import { readStructure } from "../../../format/log/structure.ts";
import { wordNear } from "../../../format/log/words.ts";
import type { LogPlace } from "../ask.ts";
import { paintedText } from "../painted.ts";
import { isBefore, type LogView, type Spot } from "../view.ts";
import type { Picked } from "./picked.ts";

/** Begins to select lines: with the one that was jumped to, else with the last or the first on the screen. */
export function beginPicking(view: LogView): void {
  const { follow } = view.get();
  const from = meantLine(view);
  if (!view.feed.buffer.get(from)) return;
  const rest = view.rest();
  view.update((state) => ({
    ...state,
    ...(follow ? { follow: false, ...rest } : {}),
    picked: { anchor: from, head: from },
  }));
}

/** The line that a key means: where the selection is, what was jumped to, or the last or first one on the screen. */
function meantLine(view: LogView): number {
  const { picked, at, follow, top } = view.get();
  const shown = view.shown();
  if (picked) return picked.head;
  if (follow) return shown.step(view.feed.buffer.end(), -1);
  return at ?? (shown.has(top) ? top : shown.step(top, 1));
}

/** Opens one line: JSON as a tree, anything else whole and wrapped. */
export function openLine({ view, session }: LogPlace): void {
  const number = meantLine(view);
  const line = view.feed.buffer.get(number);
  if (!line) return;
  const text = plainText(view.text(number));
  const title = `Line of ${localTime(Date.parse(line.stamp), "millisecond")}`;
  const structure = readStructure(text);
  if (structure?.kind === "json") openOverlay(session, { kind: "json", title, value: structure.value });
  else openOverlay(session, { kind: "text", title, text });
}

/** Moves the selection's end by so many lines, and what is on the screen with it. */
export function movePick(view: LogView, lines: number): void {
  const { picked } = view.get();
  if (!picked) return;
  const head = view.shown().step(picked.head, lines);
  pick(view, { ...picked, head });
  fetchBeside(view, head, lines);
}

/** Fetches more lines where a selection moves to the end of what is kept, upwards or downwards. */
export function fetchBeside({ feed, page }: LogView, line: number, direction: number): void {
  if (direction < 0 && line - feed.buffer.first() < page) feed.loadOlder();
  if (direction > 0 && feed.buffer.end() - line < page) feed.loadNewer();
}

/** Selects that, and brings its end onto the screen. */
export function pick(view: LogView, picked: Picked): void {
  const { head, words } = picked;
  const word = words && wordNear(paintedText(view, head), words.head);
  const { row, left } = word ? view.sight(head, word) : { row: 0, left: view.get().left };
  view.update((state) => ({ ...state, ...spotOf(view, { top: head, row }), left, picked }));
}

/** Where the view stands for that row to be on the screen. */
function spotOf(view: LogView, wanted: Spot): Partial<Spot> {
  const { top, row } = view.get();
  if (isBefore(wanted, { top, row })) return wanted;
  const bottom = view.move({ top, row }, view.page);
  return isBefore(bottom, wanted) ? view.move(wanted, -view.page) : {};
}

/** Goes on at the other end of the selection. */
export function swapEnds(view: LogView): void {
  const { picked } = view.get();
  if (!picked) return;
  const { anchor, head, words } = picked;
  const swapped = { anchor: head, head: anchor };
  pick(view, words ? { ...swapped, words: { anchor: words.head, head: words.anchor } } : swapped);
}

/** Selects nothing any more. */
export function endPicking(view: LogView): void {
  view.update((state) => ({ ...state, picked: undefined }));
}
