import { expect, test, vi } from "vitest";
import { createLogBuffer, type LogFeed } from "../../../src/docker/log-buffer.ts";
import { createStore } from "../../../src/docker/store.ts";
import { parsePattern } from "../../../src/format/log/filter.ts";
import { askFields, createLogColumns } from "../../../src/hooks/log/columns.ts";
import { createLogView } from "../../../src/hooks/log/view.ts";
import { openSession } from "../../fake-session.ts";

const size = { columns: 80, rows: 10 };

function viewOf(texts: readonly string[]) {
  const buffer = createLogBuffer({ lines: 100_000, bytes: 1e9 });
  const add = (more: readonly string[]) =>
    buffer.append(more.map((text) => ({ stamp: "", stream: "out" as const, text })));
  add(texts);
  const state = createStore({ status: "following", older: "none", newer: "live", version: 0 });
  const view = createLogView({ ...state, buffer, loadOlder() {}, loadNewer() {} } as unknown as LogFeed);
  const choose = (...fields: string[]) =>
    view.update((before) => ({ ...before, columns: { fields, message: true } }));
  return { view, add, choose };
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `n=${at} b=1`);

/** The fields that the form of a view lists. */
async function listed(view: ReturnType<typeof viewOf>["view"]) {
  const { session } = await openSession([]);
  askFields({ view, session });
  const top = session.overlays.get().at(-1);
  return top?.kind === "question" ? top.question.fields.slice(2).map(({ label }) => label) : undefined;
}

test("there are no columns before some are chosen, nor while lines are shown raw", () => {
  const { view, choose } = viewOf(numbered(3));
  const columns = createLogColumns(view);
  expect(columns.grid(size)).toBeUndefined();
  choose("n");
  expect(columns.grid(size)?.cells).toEqual([{ key: "n", width: 1, align: "right" }]);
  view.update((before) => ({ ...before, raw: true }));
  expect(columns.grid(size)).toBeUndefined();
});

test("columns make room for the last thousands of lines at once, and for what comes on the screen later", () => {
  const { view, choose } = viewOf(["n=first_and_wide b=1", ...numbered(7_000), "n=last b=1"]);
  const columns = createLogColumns(view);
  const cell = () => columns.grid(size)?.cells[0];
  choose("n");
  expect(cell()).toEqual({ key: "n", width: 4, align: "left" });
  view.update((before) => ({ ...before, follow: false, top: 0 }));
  expect(cell()).toEqual({ key: "n", width: 14, align: "left" });
  view.update((before) => ({ ...before, follow: true }));
  expect(cell()).toEqual({ key: "n", width: 14, align: "left" });
});

test("lines are looked through once when columns are chosen, then only those on the screen", () => {
  const { view, add, choose } = viewOf(["plain"]);
  const columns = createLogColumns(view);
  choose("n");
  columns.grid(size);
  add(numbered(2_000));
  const structure = vi.spyOn(view, "structure");
  expect(columns.grid(size)?.cells).toEqual([{ key: "n", width: 4, align: "right" }]);
  expect(structure.mock.calls.length).toBeLessThanOrEqual(2 * size.rows);
});

test("the fields are those of the last thousands of lines that are shown", async () => {
  const { view } = viewOf(["gone=1 b=1", ...numbered(6_000)]);
  expect(await listed(view)).toEqual(["n", "b"]);
  const filter = parsePattern("gone");
  if ("fault" in filter) throw new Error(filter.fault);
  view.update((before) => ({ ...before, filters: [filter] }));
  expect(await listed(view)).toEqual(["gone", "b"]);
});

test("few lines are looked through where they are very long", async () => {
  const { view } = viewOf([
    "gone=1 b=1",
    ...Array.from({ length: 100 }, () => `n=${"x".repeat(60_000)} b=1`),
  ]);
  expect(await listed(view)).toEqual(["n", "b"]);
});

test("a log without fields asks nothing, one whose columns are gone can still be rid of them", async () => {
  const { view, choose } = viewOf(["plain", "lines"]);
  expect(await listed(view)).toBeUndefined();
  choose("n");
  expect(await listed(view)).toEqual([]);
});
