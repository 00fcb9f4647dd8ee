import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Container } from "../../src/docker/containers.ts";
import type { LogFeed } from "../../src/docker/log-buffer.ts";
import { createLogBuffer } from "../../src/docker/log-buffer.ts";
import { createStore } from "../../src/docker/store.ts";
import { cleanLine } from "../../src/format/clean.ts";
import { plainText } from "../../src/format/sgr.ts";
import { width } from "../../src/format/width.ts";
import { lineOf } from "../../src/hooks/line-editor.ts";
import { createList } from "../../src/hooks/list/list.ts";
import { groupId } from "../../src/hooks/list/rows.ts";
import { createLogView } from "../../src/hooks/log/view.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { listWindow, paintList, visibleItems } from "../../src/ui/paint-list.ts";
import { paintLog } from "../../src/ui/paint-log.ts";
import { createTheme } from "../../src/ui/theme.ts";
import { containerOf, openSession } from "../fake-session.ts";
import { clean, hostile } from "../format/hostile.ts";

const colourful = createTheme({ colour: true, styles: true });
const plain = createTheme({ colour: false, styles: false });

async function listOf(containers: readonly Container[]) {
  const opened = await openSession([...containers]);
  return { ...opened, list: createList(opened.session, containersScreen) };
}

const many = Array.from({ length: 30 }, (_, index) => containerOf({ name: `c${index}` }));

describe("paintList", () => {
  const text = fc.oneof(clean, hostile.map(cleanLine));
  const size = fc.record({
    columns: fc.integer({ min: 40, max: 160 }),
    rows: fc.integer({ min: 1, max: 8 }),
    theme: fc.constantFrom(colourful, plain),
    stale: fc.boolean(),
  });

  test("gives exactly the rows asked for, none wider than asked, whatever the names hold", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { maxLength: 6 }),
        size,
        text,
        async (named, frame, query) => {
          const rows = named.map(([name, image], id) => ({
            ...containerOf({ name: "x" }),
            id: `${id}`,
            name,
            image,
          }));
          const { list } = await listOf(rows);
          list.find(lineOf(query.slice(0, 3)));
          list.update((state) => ({ ...state, marks: new Set(["1"]) }));
          const lines = paintList(list, listWindow(), frame);
          expect(lines.length).toBe(frame.rows);
          const filled = lines.slice(0, 1 + Math.min(list.shown().length, frame.rows - 1));
          const widths = filled.map((line) => width(plainText(line)));
          expect(Math.max(...widths)).toBeLessThanOrEqual(frame.columns);
          // The row under the cursor is marked over the whole screen.
          if (widths.length > 1) expect(widths[1]).toBe(frame.columns);
          expect(lines.slice(filled.length).filter((line) => line !== "")).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("shows the cursor, the marks and the letters that were hit without any colour", async () => {
    const { list } = await listOf([containerOf({ name: "web" }), containerOf({ name: "db" })]);
    list.update((state) => ({ ...state, marks: new Set([containerOf({ name: "web" }).id]) }));
    const shown = () => paintList(list, listWindow(), { columns: 60, rows: 3, theme: plain, stale: false });
    expect(shown()[0]).toMatch(/^ {3}NAME↑ +STATE/);
    expect(
      shown()
        .slice(1)
        .map((line) => line.slice(0, 12)),
    ).toEqual(["▌  db       ", " ✓ web      "]);
    const styled = createTheme({ colour: false, styles: true });
    list.find(lineOf("we"));
    list.find(lineOf("we"));
    const [, hit] = paintList(list, listWindow(), { columns: 60, rows: 3, theme: styled, stale: false });
    expect(hit).toContain("\u001b[1;4mw\u001b[22;24m\u001b[1;4me\u001b[22;24mb");
  });

  test("keeps the cursor in the window and scrolls no further than it must", async () => {
    const { list } = await listOf(many);
    const window = listWindow();
    const paint = () => paintList(list, window, { columns: 60, rows: 6, theme: plain, stale: false });
    paint();
    const tops = [4, 5, 9, 8, 5, 4, 99, 0].map((index) => {
      list.moveTo(index);
      paint();
      return window.top;
    });
    expect(tops).toEqual([0, 1, 5, 5, 5, 4, 25, 0]);
    expect(visibleItems(list, window, 6).length).toBe(5);
  });

  test("a heading tells what all under it take together, folded away or not, and nothing of a part", async () => {
    const shop = (name: string) => ({ ...containerOf({ name }), project: "shop", service: "web" });
    const [one, two] = [shop("shop-web-1"), shop("shop-web-2")];
    const { list } = await listOf([one, two]);
    list.update((state) => ({ ...state, grouped: true, folded: new Set([groupId(["shop"])]) }));
    expect(list.rows()).toHaveLength(1);
    expect(visibleItems(list, listWindow(), 6).map(({ name }) => name)).toEqual(["shop-web-1", "shop-web-2"]);
    const memory = containersScreen.columns.find(({ id }) => id === "memory");
    const told = (known: readonly Container[]) => {
      const loads = new Map(known.map(({ id }) => [id, { memory: 1 << 20 }]));
      return memory?.group?.([one, two], { ...list.look(), loads });
    };
    expect(told([one])).toBe("");
    expect(told([one, two])).toBe("2MiB");
  });

  test("columns do not jump when a wide row scrolls away", async () => {
    const { list } = await listOf([containerOf({ name: "aaaaaaaaaaaaaaaaaaaa" }), ...many]);
    const window = listWindow();
    const heading = () => paintList(list, window, { columns: 80, rows: 6, theme: plain, stale: false })[0];
    const before = heading();
    list.moveTo(30);
    expect(heading()).toBe(before);
  });

  test("formats only the rows in the window", async () => {
    const { session } = await listOf(many);
    const asked = new Set<string>();
    const [name] = containersScreen.columns;
    if (!name) throw new Error("There is no column.");
    const counting = { ...name, text: ({ id }: Container) => String(asked.add(id).size) };
    const list = createList(session, { ...containersScreen, columns: [counting] });
    paintList(list, listWindow(), { columns: 60, rows: 6, theme: plain, stale: false });
    expect(asked.size).toBe(5);
  });

  test("a list sorted by samples has every row watched, any other only those in the window", async () => {
    const { list } = await listOf(many);
    list.update((state) => ({ ...state, sort: { column: "cpu", reversed: false } }));
    expect(visibleItems(list, listWindow(), 6).length).toBe(30);
  });
});

describe("paintLog", () => {
  function viewOf(texts: readonly string[], stream: "out" | "err" = "out") {
    const buffer = createLogBuffer({ lines: 1000, bytes: 1e9 });
    buffer.append(texts.map((text) => ({ stamp: "2026-11-21T02:06:42.227052550Z", stream, text })));
    const feed = { ...createStore({ older: "none" }), buffer, loadOlder() {} } as unknown as LogFeed;
    return createLogView(feed);
  }
  const frame = { columns: 20, rows: 3, theme: plain, now: 0 };

  test("shows the end while following, and the top line otherwise", () => {
    const view = viewOf(["a", "b", "c", "d", "e"]);
    expect(paintLog(view, frame)).toEqual([" c", " d", " e"]);
    view.update((state) => ({ ...state, follow: false, top: 1 }));
    expect(paintLog(view, frame)).toEqual([" b", " c", " d"]);
    view.update((state) => ({ ...state, top: 4 }));
    expect(paintLog(view, frame)).toEqual([" c", " d", " e"]);
  });

  test("a short log stands at the top", () => {
    expect(paintLog(viewOf(["a"]), frame)).toEqual([" a", "", ""]);
  });

  test("stderr carries a mark that needs no colour", () => {
    expect(paintLog(viewOf(["a"], "err"), frame)[0]).toBe("!a");
  });

  test("long lines are cut, scrolled sideways, or wrapped under their beginning", () => {
    const view = viewOf(["abcdefghijklmnopqrstuvwxyz"]);
    expect(paintLog(view, frame)[0]).toBe(" abcdefghijklmnopqrs");
    view.update((state) => ({ ...state, left: 20 }));
    expect(paintLog(view, frame)[0]).toBe(" uvwxyz");
    view.update((state) => ({ ...state, left: 0, wrap: true }));
    expect(paintLog(view, frame)).toEqual([" abcdefghijklmnopqrs", " tuvwxyz", ""]);
  });

  test("times stand in front, and the text keeps the room that is left", () => {
    const view = viewOf(["hello world, this is long"]);
    view.update((state) => ({ ...state, times: "local" }));
    const [line = ""] = paintLog(view, { ...frame, columns: 40 });
    expect(line).toMatch(/^ 2026-11-2\d \d\d:\d\d:42\.227 hello world, th$/);
  });

  test("what is searched for is inverse, within the line's own colours", () => {
    const view = viewOf(["\u001b[31mbad error\u001b[0m"]);
    view.update((state) => ({ ...state, search: "error" }));
    expect(paintLog(view, frame)[0]).toMatch(/\u001b\[(\d+;)*7merror\u001b/);
  });

  test("gives exactly the rows asked for, none wider than asked and none with a control, whatever a log holds", () => {
    const sizes = fc.record({
      columns: fc.integer({ min: 30, max: 80 }),
      rows: fc.integer({ min: 1, max: 6 }),
    });
    const state = fc.record({
      wrap: fc.boolean(),
      stamps: fc.boolean(),
      left: fc.nat(30),
      follow: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), sizes, state, (texts, size, change) => {
        const view = viewOf(texts);
        view.update((before) => ({ ...before, ...change }));
        const lines = paintLog(view, { now: 0, ...size, theme: plain });
        expect(lines.length).toBe(size.rows);
        for (const line of lines) {
          expect(width(line)).toBeLessThanOrEqual(size.columns);
          expect(line.replace(/\u001b\[[0-9;:]*m/g, "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
    );
  });
});
