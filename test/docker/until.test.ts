import { expect, test } from "vitest";
import { createStore } from "../../src/docker/store.ts";
import { until, untilWithin } from "../../src/docker/until.ts";
import { createFakeClock, rest } from "../fake-clock.ts";

function told(promise: Promise<void>): () => boolean {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  return () => over;
}

/** A store that counts who listens. */
function counted(value: number) {
  const store = createStore(value);
  let listeners = 0;
  return {
    ...store,
    listeners: () => listeners,
    subscribe(listener: () => void) {
      const stop = store.subscribe(listener);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    },
  };
}

test("what holds already is not waited for, and nobody is left listening", async () => {
  const store = counted(1);
  await until([store], () => store.get() === 1);
  expect(store.listeners()).toBe(0);
});

test("waits for any of the stores, and leaves them all", async () => {
  const [a, b] = [counted(0), counted(0)];
  const over = told(until([a, b], () => a.get() + b.get() === 3));
  a.set(1);
  await rest();
  expect(over()).toBe(false);
  b.set(2);
  await rest();
  expect([over(), a.listeners(), b.listeners()]).toEqual([true, 0, 0]);
});

test("an abort ends it, also one that came before", async () => {
  const store = counted(0);
  const leaving = new AbortController();
  const over = told(until([store], () => false, leaving.signal));
  await rest();
  expect(over()).toBe(false);
  leaving.abort();
  await rest();
  expect([over(), store.listeners()]).toEqual([true, 0]);
  await until([store], () => false, leaving.signal);
});

test("a store that tells while it is subscribed to is no trouble", async () => {
  const eager = {
    subscribe(listener: () => void) {
      listener();
      return () => {};
    },
  };
  await until([eager, counted(0)], () => true);
});

test("waits no longer than it may", async () => {
  const clock = createFakeClock();
  const over = told(untilWithin(clock, 500, [counted(0)], () => false));
  await clock.wind(400);
  await rest();
  expect(over()).toBe(false);
  await clock.wind(200);
  await rest();
  expect(over()).toBe(true);
});
