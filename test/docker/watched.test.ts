import { expect, test } from "vitest";
import type { Container } from "../../src/docker/containers.ts";
import type { Engine } from "../../src/docker/engine.ts";
import { createWatcher } from "../../src/docker/watched.ts";
import { createFakeClock, rest } from "../fake-clock.ts";
import { containerOf } from "../fake-session.ts";

/** An engine on TCP (no cgroup files) that says what it was asked, and may be slow. */
function watch() {
  const clock = createFakeClock();
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const fake = { slow: false, failing: false };
  const answer = async <Value>(what: string, value: () => Value) => {
    asked.push(what);
    if (fake.slow) await new Promise<void>((resolve) => waiting.push(resolve));
    if (fake.failing) throw new Error("no");
    return value();
  };
  const engine = {
    endpoint: { kind: "tcp" },
    detail: (id: string) => answer(`detail ${id[0]}`, () => ({ id, pid: 0 })),
    usage: (id: string) =>
      answer(`usage ${id[0]}`, () => ({ at: clock.now(), cpuNs: clock.ticks() * 5e5, memory: 7 })),
  } as unknown as Engine;
  const news = () => asked.splice(0);
  const go = async () => {
    for (const resolve of waiting.splice(0)) resolve();
    await rest();
  };
  return { watcher: createWatcher(engine, clock), clock, news, fake, waiting, go };
}

const named = (name: string, change: Partial<Container> = {}) => containerOf({ name, ...change });

test("a row on the screen is inspected once, and sampled: soon for its CPU, then every five seconds", async () => {
  const { watcher, clock, news } = watch();
  const web = named("w");
  watcher.watch([web]);
  await clock.wind(0);
  expect(news()).toEqual(["detail w", "usage w"]);
  await clock.wind(100);
  expect(watcher.get().loads.get(web.id)).toEqual({ memory: 7 });
  await clock.wind(1000);
  expect(news()).toEqual(["usage w"]);
  expect(watcher.get().loads.get(web.id)).toEqual({ cpu: 50, memory: 7 });
  await clock.wind(10_000);
  expect(news()).toEqual(["usage w", "usage w"]);
});

test.each([-3_600_000, 3_600_000, 40 * 86_400_000])(
  "a clock that is set by %i ms changes nothing about samples",
  async (ms) => {
    const { watcher, clock, news } = watch();
    const web = named("w");
    watcher.watch([web]);
    await clock.wind(1_100);
    news();
    clock.set(ms);
    await clock.wind(10_000);
    expect(news()).toEqual(["usage w", "usage w"]);
    expect(watcher.get().loads.get(web.id)).toEqual({ cpu: 50, memory: 7 });
  },
);

test("what does not run is inspected and not sampled", async () => {
  const { watcher, clock, news } = watch();
  watcher.watch([named("w", { state: "exited" }), named("p", { state: "paused" })]);
  await clock.wind(60_000);
  expect(news()).toEqual(["detail w", "detail p"]);
});

test("a row that changed is inspected again, one that did not is not", async () => {
  const { watcher, clock, news } = watch();
  const [web, db] = [named("w", { state: "exited" }), named("d", { state: "exited" })];
  watcher.watch([web, db]);
  await clock.wind(100);
  news();
  watcher.watch([{ ...web }, db]);
  await clock.wind(100);
  expect(news()).toEqual(["detail w"]);
});

test("at most four requests are under way", async () => {
  const { watcher, clock, fake, waiting, go, news } = watch();
  fake.slow = true;
  watcher.watch([..."abcdefghij"].map((name) => named(name, { state: "exited" })));
  await clock.wind(1000);
  expect([waiting.length, news().length]).toEqual([4, 4]);
  await go();
  expect([waiting.length, news().length]).toEqual([4, 4]);
  await go();
  expect([waiting.length, news().length]).toEqual([2, 2]);
});

test("what scrolled away is forgotten and asked for no more; watching nothing stops everything", async () => {
  const { watcher, clock, news } = watch();
  const [web, db] = [named("w"), named("d")];
  watcher.watch([web, db]);
  await clock.wind(2000);
  watcher.watch([db]);
  news();
  await clock.wind(20_000);
  expect(new Set(news())).toEqual(new Set(["usage d"]));
  expect([...watcher.get().loads.keys()]).toEqual([db.id]);
  watcher.watch([]);
  await clock.wind(1000);
  news();
  expect(clock.due()).toEqual([]);
  await clock.wind(60_000);
  expect(news()).toEqual([]);
});

test("a sample that fails shows no load, and is asked again as seldom as any other", async () => {
  const { watcher, clock, fake, news } = watch();
  const web = named("w");
  fake.failing = true;
  watcher.watch([web]);
  await clock.wind(4900);
  expect(news()).toEqual(["detail w", "usage w"]);
  expect(watcher.get().loads.get(web.id)).toEqual({});
  await clock.wind(200);
  expect(news()).toEqual(["usage w"]);
});

test("results are told gathered", async () => {
  const { watcher, clock } = watch();
  const heard: number[] = [];
  watcher.subscribe(() => heard.push(watcher.get().details.size));
  watcher.watch([..."abcdefgh"].map((name) => named(name, { state: "exited" })));
  await clock.wind(200);
  expect(heard).toEqual([8]);
});
