import { expect, test } from "vitest";
import type { Follower } from "../../src/docker/connection.ts";
import { createSource } from "../../src/docker/source.ts";
import { createFakeClock, rest } from "../fake-clock.ts";

type Row = { id: string; state: string; since?: number };
type Load = {
  ids: readonly string[] | undefined;
  signal: AbortSignal;
  answer(rows: readonly Row[]): Promise<void>;
  fail(error: unknown): Promise<void>;
};

/** A source whose loads the test answers itself. */
function openSource(retryMs?: number) {
  const loads: Load[] = [];
  const clock = createFakeClock(5);
  const followed: string[] = [];
  const source = createSource<Row>({
    load: (ids, signal) =>
      new Promise((resolve, reject) => {
        const answer = (rows: readonly Row[]) => {
          resolve(rows);
          return rest();
        };
        const fail = (error: unknown) => {
          reject(error);
          return rest();
        };
        loads.push({ ids, signal, answer, fail });
      }),
    follow(refresh: Follower) {
      followed.push("start");
      refresh(undefined);
      return () => followed.push("stop");
    },
    clock,
    ...(retryMs === undefined ? {} : { retryMs }),
  });
  const last = () => loads.at(-1) as Load;
  return { source, loads, followed, last, clock };
}

const web = { id: "web", state: "running" };
const db = { id: "db", state: "running" };
const copy = (row: Row) => ({ ...row });

/** One that somebody looks at, with both rows loaded. */
async function loaded() {
  const opened = openSource();
  const unsubscribe = opened.source.subscribe(() => {});
  await opened.last().answer([web, db]);
  return { ...opened, unsubscribe };
}

test("nothing is loaded before somebody looks, nor after the last one left", async () => {
  const { source, loads, followed } = openSource();
  source.refresh(undefined);
  expect([loads.length, followed]).toEqual([0, []]);
  const first = source.subscribe(() => {});
  const second = source.subscribe(() => {});
  expect([loads.length, followed]).toEqual([1, ["start"]]);
  first();
  expect(followed).toEqual(["start"]);
  second();
  source.refresh(undefined);
  expect([loads.length, followed]).toEqual([1, ["start", "stop"]]);
});

test("the last one who leaves aborts the load, and its late answer changes nothing", async () => {
  const { source, last } = openSource();
  source.subscribe(() => {})();
  expect(last().signal.aborted).toBe(true);
  await last().answer([web]);
  expect(source.get().items).toEqual([]);
});

test("who comes back gets a load of their own", async () => {
  const { source, loads } = openSource();
  source.subscribe(() => {})();
  source.subscribe(() => {});
  await loads[1]?.answer([db]);
  await loads[0]?.answer([web]);
  expect(source.get()).toEqual({ items: [db], loadedAt: 5, loading: false });
});

test("one load at a time; whatever is asked meanwhile becomes one more", async () => {
  const { source, loads, last } = openSource();
  source.subscribe(() => {});
  for (const id of ["web", "db", "web"]) source.refresh([id]);
  expect(loads.length).toBe(1);
  await last().answer([web, db]);
  expect(loads.map(({ ids }) => ids)).toEqual([undefined, ["web", "db"]]);
  source.refresh(["web"]);
  source.refresh(undefined);
  source.refresh(["db"]);
  await last().answer([web, db]);
  expect(loads.map(({ ids }) => ids)).toEqual([undefined, ["web", "db"], undefined]);
  await last().answer([web, db]);
  expect(loads.length).toBe(3);
});

test("many changed ids are one whole list", async () => {
  const { source, last } = await loaded();
  source.refresh(Array.from({ length: 21 }, (_, index) => `${index}`));
  expect(last().ids).toBeUndefined();
});

test("a list that never came is loaded whole, whatever is asked", async () => {
  const { source, loads, last } = openSource();
  source.subscribe(() => {});
  source.refresh(["web"]);
  await last().fail(new Error("no"));
  expect(loads.map(({ ids }) => ids)).toEqual([undefined, undefined]);
});

test("what did not change stays the same object, the whole list too", async () => {
  const { source, last } = await loaded();
  const before = source.get().items;
  source.refresh(undefined);
  await last().answer([web, db].map((row) => ({ ...row, since: 1 })));
  const stamped = source.get().items;
  expect(stamped).not.toBe(before);
  source.refresh(undefined);
  await last().answer([web, db].map((row) => ({ ...row, since: 2 })));
  expect(source.get().items).toBe(stamped);
  source.refresh(undefined);
  await last().answer([
    { ...web, since: 3 },
    { ...db, state: "paused", since: 3 },
  ]);
  expect(source.get().items.map((row, index) => row === stamped[index])).toEqual([true, false]);
});

test("changed ids replace their rows in place; new ones come, gone ones go, the rest is not touched", async () => {
  const { source, last } = await loaded();
  const before = source.get().items;
  const cron = { id: "cron", state: "created" };
  source.refresh(["web", "cron"]);
  await last().answer([cron, { ...web, state: "paused" }]);
  expect(source.get().items).toEqual([cron, { ...web, state: "paused" }, db]);
  expect(source.get().items[2]).toBe(before[1]);
  source.refresh(["web"]);
  await last().answer([]);
  expect(source.get().items.map(({ id }) => id)).toEqual(["cron", "db"]);
});

test("an error keeps the list and says why it may be old, until the next load", async () => {
  const { source, last } = await loaded();
  source.refresh(undefined);
  expect(source.get().loading).toBe(true);
  await last().fail({ code: "ECONNRESET" });
  expect(source.get()).toMatchObject({ items: [web, db], loading: false, problem: { kind: "lost" } });
  source.refresh(undefined);
  await last().answer([copy(web), copy(db)]);
  expect(source.get().problem).toBeUndefined();
});

test("rows that come unasked are taken, and none is there twice", async () => {
  const { source, last } = await loaded();
  source.refresh(["web"]);
  await last().answer([{ ...db, state: "paused" }]);
  expect(source.get().items).toEqual([{ ...db, state: "paused" }]);
});

test("a list that failed is loaded again after a while, until it comes or nobody looks any more", async () => {
  const { source, loads, last, clock } = openSource(2000);
  const unsubscribe = source.subscribe(() => {});
  await last().fail(new Error("no"));
  await clock.wind(1999);
  expect(loads.length).toBe(1);
  await clock.wind(1);
  expect(loads.length).toBe(2);
  await last().answer([web]);
  await clock.wind(10_000);
  expect(loads.length).toBe(2);
  source.refresh(undefined);
  await last().fail(new Error("no"));
  unsubscribe();
  await clock.wind(10_000);
  expect(loads.length).toBe(3);
});
