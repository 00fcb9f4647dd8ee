import { openOverlay } from "../../actions/overlays.ts";
import { notify } from "../../actions/session.ts";
import { plainText } from "../../format/ansi.ts";
import { localTime } from "../../format/local-time.ts";
import { readStructure } from "../../format/log/structure.ts";
import { decimalSize } from "../../format/size.ts";
import type { LogPlace } from "./ask.ts";
import type { LogView } from "./view.ts";

/** The most bytes that terminals take into the clipboard at once (xterm and tmux: 100,000 in base64). */
const clipboardBytes = 74_000;

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
  const { picked, top } = view.get();
  if (!picked) return;
  const head = view.shown().step(picked.head, lines);
  const bottom = view.move({ top, row: 0 }, view.page).top;
  const below = head > bottom ? view.move({ top: head, row: 0 }, -view.page) : undefined;
  const spot = head < top ? { top: head, row: 0 } : (below ?? {});
  view.update((state) => ({ ...state, ...spot, picked: { ...picked, head } }));
  if (lines < 0 && head - view.feed.buffer.first() < view.page) view.feed.loadOlder();
  if (lines > 0 && view.feed.buffer.end() - head < view.page) view.feed.loadNewer();
}

/** Selects nothing any more. */
export function endPicking(view: LogView): void {
  view.update((state) => ({ ...state, picked: undefined }));
}

/** Whether a line lies within a selection. */
export function isPicked({ anchor, head }: { anchor: number; head: number }, number: number): boolean {
  return number >= Math.min(anchor, head) && number <= Math.max(anchor, head);
}

/** The shown lines from one to another, plain, as they are copied and saved. */
export function linesBetween(view: LogView, from: number, to: number): string[] {
  const shown = view.shown();
  const texts: string[] = [];
  for (let number = from; number <= to; number += 1)
    if (shown.has(number)) texts.push(plainText(view.text(number)));
  return texts;
}

/** Copies the selected lines into the clipboard of the person's terminal; what is too much for it is to be saved. */
export function copyPicked({ view, session }: LogPlace): void {
  const { picked } = view.get();
  if (!picked) return;
  const { anchor, head } = picked;
  const lines = linesBetween(view, Math.min(anchor, head), Math.max(anchor, head));
  const text = lines.join("\n");
  const size = new TextEncoder().encode(text).length;
  if (size > clipboardBytes)
    return notify(
      session,
      "warn",
      `${decimalSize(size)} are too much for the terminal's clipboard: ctrl+s saves them to a file.`,
    );
  session.host.copy(text);
  endPicking(view);
  notify(session, "good", `Copied ${lines.length} ${lines.length === 1 ? "line" : "lines"}.`);
}
