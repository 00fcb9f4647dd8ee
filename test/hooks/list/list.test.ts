import { describe, expect, test } from "vitest";
import type { Copied } from "../../../src/docker/clipboard.ts";
import type { Container } from "../../../src/docker/containers.ts";
import { lineOf } from "../../../src/hooks/line-editor.ts";
import { clear, copyNames, sortNext, toggleAll, toggleMark } from "../../../src/hooks/list/edits.ts";
import { type AnyList, createList, type List } from "../../../src/hooks/list/list.ts";
import { queryTarget } from "../../../src/hooks/list/query.ts";
import { containersScreen } from "../../../src/screens/containers.ts";
import { rest } from "../../fake-clock.ts";
import { containerOf, type Opened, openSession } from "../../fake-session.ts";

type Shop = Opened & { list: List<Container>; any: AnyList };

/** The containers api, db, web, shown and painted; the cursor on the first. */
async function openShop(...more: Partial<Container>[]): Promise<Shop> {
  const names = ["web", "db", "api"].map((name) => containerOf({ name }));
  const opened = await openSession([...names, ...more.map((it) => containerOf({ name: "x", ...it }))]);
  const list = createList(opened.session, containersScreen);
  paint(list);
  return { ...opened, list, any: list as unknown as AnyList };
}

/** What painting does to a list, and the terminal having shown it. */
function paint(list: List<Container>): void {
  list.settle();
  list.rest()();
}

const names = (list: List<Container>) => list.shown().map(({ name }) => name);
const query = (list: List<Container>, text: string) => list.find(lineOf(text));

describe("the cursor", () => {
  test("moves by rows and stays in the list", async () => {
    const { list } = await openShop();
    expect(list.current()?.name).toBe("api");
    list.move(1);
    expect(list.current()?.name).toBe("db");
    list.move(-9);
    expect(list.current()?.name).toBe("api");
    list.moveTo(Number.MAX_SAFE_INTEGER);
    expect(list.current()?.name).toBe("web");
  });

  test("stays on its object when others come and go", async () => {
    const { list, containers, reload } = await openShop();
    list.move(1);
    containers.push(containerOf({ name: "aaa" }));
    await reload();
    paint(list);
    expect([list.settle(), list.current()?.name]).toEqual([2, "db"]);
  });

  test("lets no key act on what took the place of a vanished object before that was painted", async () => {
    const { list, containers, reload } = await openShop();
    containers.splice(2, 1);
    await reload();
    expect(list.current()).toBeUndefined();
    expect(list.targets(false).items).toEqual([]);
    paint(list);
    expect(list.current()?.name).toBe("db");
  });

  test("goes to the best match when the query changes, and back to its object when it is cleared", async () => {
    const { list, any } = await openShop();
    query(list, "web");
    paint(list);
    expect(list.current()?.name).toBe("web");
    clear(any);
    expect([list.current()?.name, names(list)]).toEqual(["web", ["api", "db", "web"]]);
  });

  test("is nowhere in an empty list", async () => {
    const { list } = await openShop();
    query(list, "nothing-like-it");
    paint(list);
    list.move(1);
    expect([list.settle(), list.current()]).toEqual([0, undefined]);
  });
});

describe("the targets of an action", () => {
  const hit = (list: List<Container>) => list.targets(false).items.map(({ name }) => name);

  test("are the row under the cursor, or the marked rows", async () => {
    const { list, any } = await openShop();
    expect(hit(list)).toEqual(["api"]);
    toggleMark(any);
    toggleMark(any);
    expect(hit(list)).toEqual(["api", "db"]);
    list.moveTo(0);
    toggleMark(any);
    expect(hit(list)).toEqual(["db"]);
  });

  test("are the marked rows that are shown, and never the cursor's while all marked ones are hidden", async () => {
    const { list, any } = await openShop();
    toggleMark(any);
    toggleMark(any);
    query(list, "db");
    paint(list);
    expect(list.targets(false)).toMatchObject({ items: [{ name: "db" }], hiddenMarks: 1 });
    query(list, "name:web");
    paint(list);
    expect(list.targets(false)).toEqual({ items: [], hiddenMarks: 2 });
  });

  test("do not count marks of objects that are gone", async () => {
    const { list, any, containers, reload } = await openShop();
    toggleMark(any);
    containers.splice(2, 1);
    await reload();
    paint(list);
    expect(hit(list)).toEqual(["db"]);
  });

  test("are none where only ticked rows count and none is", async () => {
    const { list } = await openShop();
    expect(list.targets(true).items).toEqual([]);
  });
});

test("mark all marks what is shown, and again unmarks it", async () => {
  const { list, any } = await openShop();
  query(list, "db");
  toggleAll(any);
  query(list, "");
  expect([...list.get().marks].map((id) => id.replace(/0+$/, ""))).toEqual(["db"]);
  toggleAll(any);
  expect(list.get().marks.size).toBe(3);
  toggleAll(any);
  expect(list.get().marks.size).toBe(0);
});

test("clear takes the query first, then the marks", async () => {
  const { list, any } = await openShop();
  toggleAll(any);
  query(list, "db");
  clear(any);
  expect([list.get().query.text, list.get().marks.size]).toEqual(["", 3]);
  clear(any);
  expect(list.get().marks.size).toBe(0);
});

test("sorting goes through the columns that can be sorted by, and round", async () => {
  const { list, any } = await openShop();
  const sortable = containersScreen.columns.filter(({ sort }) => sort).map(({ id }) => id);
  const seen = sortable.map(() => {
    sortNext(any);
    return list.get().sort.column;
  });
  expect(seen).toEqual([...sortable.slice(1), "name"]);
});

test("what is quiet can be left out", async () => {
  const { list } = await openShop({ name: "old", state: "exited" });
  expect(names(list)).toContain("old");
  list.update((state) => ({ ...state, hidesQuiet: true }));
  expect(names(list)).toEqual(["api", "db", "web"]);
});

test("the shown rows are the same array until something changes", async () => {
  const { list, reload } = await openShop();
  const before = list.shown();
  await reload();
  expect(list.shown()).toBe(before);
  query(list, "db");
  expect(list.shown()).not.toBe(before);
});

test("copy takes the name under the cursor, or those of the marked rows, and says how far it is known to come", async () => {
  const { list, any, session } = await openShop();
  const copied: string[] = [];
  const copyAs = async (how: Copied) => {
    session.host.copy = async (text) => {
      copied.push(text);
      return how;
    };
    copyNames(any);
    await rest();
    return session.notice.get()?.text;
  };
  const look = "Nothing there? Allow OSC 52 in its settings.";
  expect(await copyAs({ kind: "sent", look })).toBe(`Sent api to the terminal's clipboard. ${look}`);
  toggleAll(any);
  expect(await copyAs({ kind: "tmux" })).toBe(
    `Copied ${list.shown().length} names into tmux's buffer and on to the terminal.`,
  );
  expect(copied).toEqual([
    "api",
    list
      .shown()
      .map(({ name }) => name)
      .join("\n"),
  ]);
  query(list, "nothing is called so");
  expect(await copyAs({ kind: "tmux" })).toMatch(/marked are hidden by the query/);
  expect(copied).toHaveLength(2);
});

test("typing a query: letters narrow, arrows move, Enter keeps it, Esc clears it, ctrl+c is not its own", async () => {
  const { list, any } = await openShop();
  expect(queryTarget(any)).toBeUndefined();
  const press = (name: string, text?: string) =>
    queryTarget(any)?.press({ name, ...(text === undefined ? {} : { text }) });
  const begin = () => list.update((state) => ({ ...state, finding: true }));
  begin();
  for (const letter of "db") press(letter, letter);
  expect(names(list)).toEqual(["db"]);
  expect(press("ctrl+c")).toBe(false);
  press("enter");
  expect(list.get()).toMatchObject({ finding: false, query: { text: "db" } });
  begin();
  press("esc");
  expect(list.get()).toMatchObject({ finding: false, query: { text: "" } });
  begin();
  queryTarget(any)?.paste("a\npi");
  expect(list.get().query.text).toBe("a pi");
  press("ctrl+u");
  list.moveTo(0);
  press("down");
  expect(list.current()?.name).toBe("db");
});
