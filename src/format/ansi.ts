import { cleanLine, expandTabs } from "./clean.ts";
import { GraphemeSegmenter } from "./segmenter.ts";
import { applySgr, noStyle, openSgr, plainText, type Run, runsOf, writeRuns } from "./sgr.ts";
import { firstGrapheme, graphemes, isSimple, splitColumns, width } from "./width.ts";

export { plainText } from "./sgr.ts";

/**
 * One token of terminal output (ECMA-48, xterm ctlseqs): SGR (its parameters captured), other CSI, OSC, DCS/SOS/PM/
 * APC, other escapes, CR or BS, text, a lone ESC. No body may hold ESC, so every character is looked at a
 * bounded number of times.
 */
const token = new RegExp(
  [
    /\x1b\[([0-9;:]*)m/,
    /\x1b\[[0-?]*[ -/]*[@-~]/,
    /\x1b\][^\x07\x18\x1a\x1b\x9c]*(?:\x07|\x1b\\|\x9c)/,
    /\x1b[PX^_][^\x18\x1a\x1b\x9c]*(?:\x1b\\|\x9c)/,
    /\x1b[ -/]+[0-~]/,
    /\x1b[0-OQ-WYZ\\`-~]/,
    /[\r\b]/,
    /[^\x1b\r\b]+/,
    /\x1b/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Spinners go back to the first column or erase the line for what they write next, as `\r` does. */
const startsAnew = /^\x1b\[(?:[01]?G|[12]K)$/;
/** Erases from here to the end of the line. */
const rubsOut = /^\x1b\[0?K$/;

const segmenter = new GraphemeSegmenter();

/**
 * One raw log line as a text of printable characters and harmless SGR only: other sequences are dropped, lone
 * controls shown; `\r`, backspaces and what erases a line carried out, tabs expanded to 8 columns; ends with a reset iff a style is open.
 */
export function logText(raw: string): string {
  if (isSimple(raw)) return raw;
  const line = raw.endsWith("\n") ? raw.slice(0, -1) : raw;
  return writeRuns(withoutTabs(lastOverwrite(line)));
}

/** What a terminal would show last: the runs after the last `\r` that has content, backspaces carried out. */
function lastOverwrite(line: string): Run[] {
  const overstrikes = line.includes("\b");
  let style = noStyle;
  let open = "";
  let shown: Run[] = [];
  let runs: Run[] = [];
  let cursor = 0; // index into runs; with overstrikes each run is one grapheme
  for (const [found, parameters] of line.matchAll(token)) {
    if (parameters !== undefined) {
      style = applySgr(style, parameters);
      open = openSgr(style);
    } else if (found === "\b") cursor = Math.max(0, cursor - 1);
    else if (rubsOut.test(found)) runs.length = Math.min(runs.length, cursor);
    else if (found === "\r" || startsAnew.test(found)) {
      if (runs.length > 0) shown = runs;
      runs = [];
      cursor = 0;
    } else if (found === "\x1b" || !found.startsWith("\x1b")) {
      const text = found.split("\t").map(cleanLine).join("\t");
      for (const part of overstrikes ? graphemes(text) : [text]) {
        if (part !== "") runs[cursor++] = { open, text: part };
      }
    }
  }
  return runs.length > 0 ? runs : shown;
}

function* withoutTabs(runs: readonly Run[]): Generator<Run> {
  if (!runs.some(({ text }) => text.includes("\t"))) return yield* runs;
  let column = 0;
  for (const run of runs) {
    const text = expandTabs(run.text, column);
    column += width(text);
    yield { open: run.open, text };
  }
}

/**
 * The part of an SGR text in `columns` display columns starting at column `from`, its styles kept; never wider, not
 * padded. Of a wide character cut by the left edge a space remains, one cut by the right edge is left out.
 */
export function sliceColumns(text: string, from: number, columns: number): string {
  if (columns <= 0) return "";
  if (isSimple(text)) return text.slice(Math.max(0, from), Math.max(0, from) + columns);
  return writeRuns(sliceRuns(runsOf(text), Math.max(0, from), columns));
}

function* sliceRuns(runs: Iterable<Run>, from: number, columns: number): Generator<Run> {
  let skip = from;
  let isSkipping = from > 0;
  let room = columns;
  for (const { open, text } of runs) {
    let visible = text;
    if (isSkipping) {
      const split = splitColumns(text, skip);
      skip -= split.columns;
      if (split.rest === "") continue;
      isSkipping = false;
      visible = skip === 0 ? split.rest : withoutLeftHalf(split.rest, skip);
    }
    const { head, columns: used, rest } = splitColumns(visible, room);
    room -= used;
    yield { open, text: head };
    if (rest !== "") return;
  }
}

/** Replaces the first grapheme, `hidden` columns of which are out of sight, by spaces for those still in sight. */
function withoutLeftHalf(text: string, hidden: number): string {
  const first = firstGrapheme(text);
  return " ".repeat(width(first) - hidden) + text.slice(first.length);
}

/**
 * Puts `open` before and `close` after each range of indices into `plainText(text)`, and switches the styles in
 * force on again after each `close`. Ranges grow to whole characters: a style before a combining mark would make
 * terminals show it in a cell of its own.
 */
export function highlight(
  text: string,
  ranges: readonly [from: number, to: number][],
  open: string,
  close: string,
): string {
  const pending = ranges.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  if (pending.length === 0) return text;
  return writeRuns(
    markRuns(runsOf(text), { ranges: wholeCharacters(pending, plainText(text)), open, close }),
  );
}

/** The ranges, each grown to the ends of the graphemes it cuts. */
function wholeCharacters(ranges: Marks["ranges"], plain: string): Marks["ranges"] {
  if (isSimple(plain)) return ranges;
  const segments = segmenter.segment(plain);
  return ranges.map(([from, to]) => {
    const last = segments.containing(to - 1);
    return [segments.containing(from)?.index ?? from, last ? last.index + last.segment.length : to];
  });
}

type Marks = { ranges: readonly (readonly [from: number, to: number])[]; open: string; close: string };

/** Cuts runs at the edges of sorted ranges and writes the marks into those inside. */
function* markRuns(runs: Iterable<Run>, { ranges, open, close }: Marks): Generator<Run> {
  const pending = [...ranges].reverse();
  let start = 0;
  for (const run of runs) {
    const end = start + run.text.length;
    const part = (from: number, to: number) => run.text.slice(from - start, to - start);
    let at = start;
    for (let range = pending.at(-1); range !== undefined && range[0] < end; range = pending.at(-1)) {
      const [from, to] = [Math.max(at, range[0]), Math.min(end, range[1])];
      if (to > from) {
        yield { open: run.open, text: part(at, from) };
        yield { open: run.open, text: open + part(from, to) + close + run.open };
        at = to;
      }
      if (range[1] > end) break;
      pending.pop();
    }
    yield { open: run.open, text: part(at, end) };
    start = end;
  }
}
