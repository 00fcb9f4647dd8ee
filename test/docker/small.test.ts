import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inParallel } from "../../src/docker/in-parallel.ts";
import { compareVersions, toAbout } from "../../src/docker/negotiate.ts";
import { same } from "../../src/docker/same.ts";
import { createStore } from "../../src/docker/store.ts";
import { rest } from "../fake-clock.ts";

test.each([
  ["1.9", "1.41", -1],
  ["1.41", "1.41", 0],
  ["1.52", "1.51", 1],
  ["2.0", "1.99", 1],
])("API version %s against %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test("what the header says of an engine, and what tells it from another one", () => {
  const raw = {
    ID: "A:B",
    Name: "web-01",
    ServerVersion: "28.2",
    OperatingSystem: "Debian",
    NCPU: 8,
    MemTotal: 9,
  };
  const about = { id: "A:B", host: "web-01", version: "28.2", system: "Debian", cores: 8, memory: 9 };
  expect(toAbout(raw)).toEqual(about);
  // Podman makes up another id for each answer.
  expect(toAbout({ ...raw, BuildahVersion: "1" })).toEqual({ ...about, id: "web-01" });
});

const row = fc.record({
  name: fc.constantFrom("a", "b"),
  ports: fc.array(fc.record({ private: fc.nat(2) }, { requiredKeys: [] }), { maxLength: 2 }),
  labels: fc.dictionary(fc.constantFrom("x", "y"), fc.constantFrom("1", "2")),
});

test("rows are the same when they hold the same, and only then", () => {
  fc.assert(
    fc.property(row, row, (a, b) => {
      expect(same(a, structuredClone(a))).toBe(true);
      expect(same(a, b)).toBe(isDeepStrictEqual(structuredClone(a), structuredClone(b)));
    }),
    { numRuns: 2000 },
  );
});

test("a reckoned time is no difference, its presence neither", () => {
  expect(same({ id: 1, since: 5 }, { id: 1, since: 9 })).toBe(true);
  expect(same({ id: 1, since: 5 }, { id: 2, since: 5 })).toBe(false);
  expect(same({ id: 1 }, { id: 1, name: "x" })).toBe(false);
  expect(same([1, 2], [2, 1])).toBe(false);
});

test("work in parallel keeps its limit and does everything", async () => {
  let now = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await rest();
    now -= 1;
    done.push(item);
  });
  expect(most).toBe(3);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  await expect(inParallel([1], 2, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("a store wakes its listeners for another value only, also those that leave meanwhile", () => {
  const store = createStore(1);
  const heard: number[] = [];
  const stop = store.subscribe(() => stop());
  store.subscribe(() => heard.push(store.get()));
  for (const value of [1, 2, 2, 3]) store.set(value);
  store.set((value) => value + 1);
  expect(heard).toEqual([2, 3, 4]);
});
