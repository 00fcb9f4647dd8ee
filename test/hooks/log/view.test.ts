import { expect, test } from "vitest";
import type { LogFeed } from "../../../src/docker/log-buffer.ts";
import { createLogBuffer } from "../../../src/docker/log-buffer.ts";
import { createStore } from "../../../src/docker/store.ts";
import { createLogView } from "../../../src/hooks/log/view.ts";
import { findAll } from "../../../src/hooks/search-line.ts";
import { paintLog } from "../../../src/ui/paint-log.ts";
import { createTheme } from "../../../src/ui/theme.ts";

/** A view of lines, painted on so many rows; those that begin with "!" came over stderr. */
function viewOf(texts: readonly string[], rows = 3) {
  const buffer = createLogBuffer({ lines: 1000, bytes: 1e9 });
  buffer.append(
    texts.map((text) => ({
      stamp: "",
      stream: text.startsWith("!") ? ("err" as const) : ("out" as const),
      text,
    })),
  );
  let older = 0;
  const state = createStore({ status: "following", older: "more", newer: "live", version: 0 });
  const feed = { ...state, buffer, loadOlder: () => older++, loadNewer() {} } as unknown as LogFeed;
  const view = createLogView(feed);
  paintLog(view, { now: 0, columns: 80, rows, theme: createTheme({ colour: false, styles: false }) });
  return { view, older: () => older, buffer };
}

const ten = Array.from({ length: 10 }, (_, index) => `line ${index}`);

test("scrolling up stops following, scrolling to the end follows again", () => {
  const { view } = viewOf(ten);
  view.scroll(-1);
  expect(view.get()).toMatchObject({ follow: false, top: 6 });
  view.scroll(-2);
  expect(view.get().top).toBe(4);
  view.scroll(2);
  expect(view.get()).toMatchObject({ follow: false, top: 6 });
  view.scroll(9);
  expect(view.get().follow).toBe(true);
});

test("stopping to follow leaves the view where it is", () => {
  const { view } = viewOf(ten);
  view.scroll(0);
  expect(view.get()).toMatchObject({ follow: false, top: 7 });
});

test("some pages below the upper end older lines are fetched", () => {
  const { view, older } = viewOf(Array.from({ length: 100 }, (_, index) => `line ${index}`));
  view.scroll(-77);
  expect([view.get().top, older()]).toEqual([20, 0]);
  view.scroll(-1);
  expect([view.get().top, older()]).toEqual([19, 1]);
  view.scroll(-Number.MAX_SAFE_INTEGER);
  expect([view.get().top, older()]).toEqual([0, 2]);
});

test("search goes up from the end, then down, and says when there is no more", () => {
  const { view } = viewOf(["error a", "b", "error c", "d"]);
  view.update((state) => ({ ...state, search: "error" }));
  expect([view.jump(-1), view.get().top]).toEqual([true, 2]);
  expect([view.jump(-1), view.get().top]).toEqual([true, 0]);
  expect([view.jump(-1), view.get().top]).toEqual([false, 0]);
  expect([view.jump(1), view.get().top]).toEqual([true, 2]);
  expect(view.jump(1)).toBe(false);
});

test("lines of the other output are neither scrolled through nor found", () => {
  const { view } = viewOf(["x 0", "!x 1", "x 2", "!x 3", "x 4"], 1);
  view.update((state) => ({ ...state, streams: "out", search: "x" }));
  view.scroll(-1);
  expect(view.get().top).toBe(2);
  expect([view.jump(-1), view.get().top]).toEqual([true, 0]);
});

test("hits are found in the plain text of a coloured line, also while the search is typed", () => {
  const { view } = viewOf(["\u001b[31mer\u001b[0mror"]);
  view.update((state) => ({ ...state, search: "nothing", typing: { text: "error", cursor: 5 } }));
  expect(view.hits("error")).toEqual([[0, 5]]);
  expect(view.found()?.count).toBe(1);
});

test.each([
  [
    "Error error",
    "error",
    [
      [0, 5],
      [6, 11],
    ],
  ],
  ["Error error", "Error", [[0, 5]]],
  [
    "aaaa",
    "aa",
    [
      [0, 2],
      [2, 4],
    ],
  ],
  ["abc", "", []],
  ["abc", "x", []],
])("findAll(%j, %j)", (text, wanted, found) => {
  expect(findAll(text, wanted)).toEqual(found);
});
