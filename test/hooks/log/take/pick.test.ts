import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogBuffer, type LogFeed } from "../../../../src/docker/log-buffer.ts";
import { createStore } from "../../../../src/docker/store.ts";
import { parsePattern } from "../../../../src/format/log/filter.ts";
import { wordsOf } from "../../../../src/format/log/words.ts";
import { paintedText } from "../../../../src/hooks/log/painted.ts";
import { beginPicking, movePick, swapEnds } from "../../../../src/hooks/log/take/pick.ts";
import { pickLines, pickToEdge, pickWord } from "../../../../src/hooks/log/take/pick-words.ts";
import { pickedTexts } from "../../../../src/hooks/log/take/picked.ts";
import { createLogView, type LogState, type LogView } from "../../../../src/hooks/log/view.ts";
import { paintLog } from "../../../../src/ui/paint-log.ts";
import { createTheme } from "../../../../src/ui/theme.ts";

const theme = createTheme({ colour: true, styles: true });

type Size = { columns: number; rows: number };

/** A view of lines, from the first one on, in which they are being selected from the first one on. */
function picking(texts: readonly string[], { size, state }: { size?: Size; state?: Partial<LogState> } = {}) {
  const { columns, rows } = size ?? { columns: 80, rows: 20 };
  const buffer = createLogBuffer({ lines: 1000, bytes: 1e9 });
  buffer.append(texts.map((text) => ({ stamp: "2026-11-21T10:00:00.000000000Z", stream: "out", text })));
  const none = { status: "following", older: "none", newer: "live", version: 0 };
  const feed = { ...createStore(none), buffer, loadOlder() {}, loadNewer() {} } as unknown as LogFeed;
  const view = createLogView(feed);
  view.update((before) => ({ ...before, follow: false, top: 0, ...state }));
  const paint = () => paintLog(view, { now: 0, columns, rows, theme });
  paint();
  beginPicking(view);
  return { view, paint };
}

/** What is painted inverse, row by row. */
function inverse(rows: readonly string[]): string[] {
  return rows.flatMap((row) => {
    let on = false;
    const parts = row.split(/\u001b\[([\d;]*)m/).map((part, index) => {
      if (index % 2 === 0) return on ? part : "";
      const codes = part.split(";");
      if (codes.includes("27") || codes.includes("0") || part === "") on = false;
      if (codes.includes("7")) on = true;
      return "";
    });
    const text = parts.join("");
    return text === "" ? [] : [text];
  });
}

const lines = ["GET /orders 200 took=3ms", "", 'from "10.0.0.1:80", id: ab-12', "last words here"];

test("a word of the line is selected, then the next, over the ends of lines and over empty ones", () => {
  const { view, paint } = picking(lines);
  const seen: string[] = [];
  for (let press = 0; press < 7; press += 1) {
    pickWord(view, 1, "alone");
    seen.push(pickedTexts(view).join("|"));
    expect(inverse(paint())).toEqual(pickedTexts(view));
  }
  expect(seen).toEqual(["GET", "/orders", "200", "took", "3ms", "from", "10.0.0.1:80"]);
  pickWord(view, -1, "alone");
  pickWord(view, -1, "alone");
  expect(pickedTexts(view)).toEqual(["3ms"]);
});

test("more words are selected from the first on, over several lines, and back beyond it", () => {
  const { view, paint } = picking(lines);
  for (let press = 0; press < 4; press += 1) pickWord(view, 1, "alone");
  pickWord(view, 1, "more");
  expect(pickedTexts(view)).toEqual(["took=3ms"]);
  pickWord(view, 1, "more");
  pickWord(view, 1, "more");
  expect(pickedTexts(view)).toEqual(["took=3ms", "", 'from "10.0.0.1:80']);
  expect(inverse(paint())).toEqual(["took=3ms", 'from "10.0.0.1:80']);
  swapEnds(view);
  pickWord(view, -1, "more");
  expect(pickedTexts(view)).toEqual(["200 took=3ms", "", 'from "10.0.0.1:80']);
  for (let press = 0; press < 9; press += 1) pickWord(view, -1, "more");
  expect(pickedTexts(view)[0]).toBe(lines[0]);
});

test("lines up and down keep to the column, the edges of a line are reached at once, and V takes whole lines", () => {
  const { view } = picking(lines);
  pickToEdge(view, "last");
  expect(pickedTexts(view)).toEqual(["3ms"]);
  movePick(view, 2);
  expect(pickedTexts(view)).toEqual(["3ms", "", 'from "10.0.0.1:80", id']);
  movePick(view, 1);
  expect(pickedTexts(view).at(-1)).toBe("last words here");
  pickToEdge(view, "first");
  expect(pickedTexts(view).at(-1)).toBe("last");
  movePick(view, -3);
  expect(pickedTexts(view)).toEqual(["GET /orders 200 took=3ms"]);
  pickLines(view);
  movePick(view, 1);
  expect(pickedTexts(view)).toEqual([lines[0], ""]);
});

test("words are taken as they are shown, whole lines as they were written", () => {
  const json = '{"level":"error","msg":"no route","peer":"10.0.0.1"}';
  const { view, paint } = picking([json]);
  pickToEdge(view, "last");
  expect(pickedTexts(view)).toEqual(["10.0.0.1"]);
  expect(inverse(paint())).toEqual(["10.0.0.1"]);
  for (let press = 0; press < 2; press += 1) pickWord(view, -1, "more");
  expect(pickedTexts(view)).toEqual(["route peer=10.0.0.1"]);
  pickLines(view);
  expect(pickedTexts(view)).toEqual([json]);
  const raw = picking([json], { state: { raw: true } });
  pickWord(raw.view, 1, "alone");
  pickWord(raw.view, 1, "more");
  expect(pickedTexts(raw.view)).toEqual(['level":"error']);
});

test("hidden lines are neither gone to nor taken", () => {
  const filter = parsePattern("!noise");
  if (!("test" in filter)) throw new Error("no pattern");
  const { view } = picking(["one two", "noise", "three"], { state: { filters: [filter] } });
  pickToEdge(view, "last");
  pickWord(view, 1, "more");
  expect(pickedTexts(view)).toEqual(["two", "three"]);
});

test("what is searched for is underlined while words are selected, and a line's own inverse is left out", () => {
  const { view, paint } = picking(["\u001b[7mfound\u001b[0m or found"], { state: { search: "found" } });
  pickWord(view, 1, "alone");
  pickWord(view, 1, "alone");
  expect(inverse(paint())).toEqual(["or"]);
  expect(paint()[0]).toContain("\u001b[4mfound");
});

test("a word that is out of sight is scrolled to, sideways and in a line of many rows", () => {
  const long = Array.from({ length: 200 }, (_, word) => `word${word}`).join(" ");
  const cut = picking(["short", long, "end"], { size: { columns: 40, rows: 4 } });
  movePick(cut.view, 1);
  for (const [edge, word] of [
    ["last", "word199"],
    ["first", "word0"],
  ] as const) {
    pickToEdge(cut.view, edge);
    pickWord(cut.view, edge === "last" ? -1 : 1, "alone");
    pickWord(cut.view, edge === "last" ? 1 : -1, "alone");
    expect(inverse(cut.paint())).toEqual([word]);
  }
  const wrapped = picking(["short", long, "end"], { size: { columns: 40, rows: 4 }, state: { wrap: true } });
  movePick(wrapped.view, 1);
  pickToEdge(wrapped.view, "last");
  expect(inverse(wrapped.paint()).join("")).toBe("word199");
  for (let press = 0; press < 199; press += 1) {
    pickWord(wrapped.view, -1, "alone");
    expect(inverse(wrapped.paint()).join("")).toBe(`word${198 - press}`);
  }
});

const keys: Record<string, (view: LogView) => void> = {
  right: (view) => pickWord(view, 1, "alone"),
  left: (view) => pickWord(view, -1, "alone"),
  more: (view) => pickWord(view, 1, "more"),
  less: (view) => pickWord(view, -1, "more"),
  first: (view) => pickToEdge(view, "first"),
  last: (view) => pickToEdge(view, "last"),
  down: (view) => movePick(view, 1),
  up: (view) => movePick(view, -1),
  swap: swapEnds,
};

test("what is copied is exactly what is marked, whatever the lines and keys, wrapped or not", () => {
  const piece = fc.constantFrom(
    "a",
    "é",
    "漢字",
    "10.0.0.1",
    "=",
    '"',
    " ",
    "  ",
    "\t",
    "\u001b[31m",
    "\u001b[0m",
    "-",
    "👍🏽",
  );
  const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom(...Object.keys(keys)), { maxLength: 12 }),
      fc.integer({ min: 6, max: 60 }),
      fc.boolean(),
      (texts, presses, columns, wrap) => {
        const size = { columns: wrap ? columns : 500, rows: 200 };
        const { view, paint } = picking(texts, { size, state: { wrap } });
        for (const key of presses) {
          keys[key]?.(view);
          paint();
        }
        if (!view.get().picked?.words) return;
        expect(inverse(paint()).join("")).toBe(pickedTexts(view).join(""));
      },
    ),
    { numRuns: 1500 },
  );
});

test("the word selected last is always on the screen", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "漢", "="), maxLength: 120 });
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 8 }),
      fc.array(fc.constantFrom(...Object.keys(keys)), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 12, max: 60 }),
      fc.boolean(),
      (texts, presses, columns, wrap) => {
        const { view, paint } = picking(texts, { size: { columns, rows: 3 }, state: { wrap } });
        for (const key of presses) {
          keys[key]?.(view);
          paint();
        }
        const { picked } = view.get();
        if (!picked?.words) return;
        const { head, words } = picked;
        if (wordsOf(paintedText(view, head)).length === 0) return;
        const alone = { anchor: head, head, words: { anchor: words.head, head: words.head } };
        view.update((before) => ({ ...before, picked: alone }));
        expect(inverse(paint()).join(""), JSON.stringify(view.get())).not.toBe("");
      },
    ),
    { numRuns: 1500 },
  );
});
