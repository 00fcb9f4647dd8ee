import { expect, test } from "vitest";
import { carryOut, type Outcome } from "../../../src/actions/clean-up/carry-out.ts";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import type { Engine } from "../../../src/docker/engine.ts";
import { itemOf, worldOf } from "./world.ts";

test("images go from the uppermost down, the nameless ones between them in their turn", async () => {
  const world = worldOf({
    images: [
      { id: "base", tags: ["base:1"] },
      { id: "web", tags: ["web:1"], parent: "upper" },
    ],
    hidden: [{ id: "upper", parent: "lower" }, { id: "lower", parent: "base" }, { id: "below" }],
  });
  const gone: string[] = [];
  const names: Record<string, string[]> = { base: ["base:1"], web: ["web:1"] };
  const engine = {
    namesOfImage: async (id: string) => (gone.includes(id) ? undefined : (names[id] ?? [])),
    allImages: async () => (world.figures?.images ?? []).filter(({ id }) => !gone.includes(id)),
    async removeImage(reference: string) {
      gone.push(reference);
      return { untagged: [], deleted: [reference] };
    },
  } as unknown as Engine;
  await carryOut(planOf(world), {
    ...{ engine, world, signal: new AbortController().signal },
    tell() {},
    whenBack: () => Promise.reject(new Error("It is not lost.")),
  });
  expect(gone).toEqual(["web", "upper", "lower", "base"]);
});

test("a nameless image under one that was left alone stays, also where the store would let it go", async () => {
  const world = worldOf({
    images: [
      { id: "web", parent: "upper" },
      { id: "job", parent: "other" },
    ],
    hidden: [{ id: "upper", parent: "lower" }, { id: "lower" }, { id: "other" }],
  });
  const gone: string[] = [];
  const names: Record<string, string[]> = { web: ["saved:1"] };
  const engine = {
    namesOfImage: async (id: string) => (gone.includes(id) ? undefined : (names[id] ?? [])),
    allImages: async () => (world.figures?.images ?? []).filter(({ id }) => !gone.includes(id)),
    async removeImage(reference: string) {
      gone.push(reference);
      return { untagged: [], deleted: [reference] };
    },
  } as unknown as Engine;
  const outcomes = new Map<string, Outcome>();
  await carryOut(planOf(world), {
    ...{ engine, world, signal: new AbortController().signal },
    tell: (item, outcome) => void outcomes.set(item.ref, outcome),
    whenBack: () => Promise.reject(new Error("It is not lost.")),
  });
  expect(outcomes.get("web")).toEqual({ kind: "skipped", reason: "It was called saved:1 meanwhile." });
  expect(gone).toEqual(["job", "other"]);
});

test("an object that makes the engine fall silent each time is given up, and the others go on", async () => {
  const world = worldOf({
    containers: [
      { name: "stuck", state: "exited" },
      { name: "down", state: "exited" },
    ],
  });
  const [stuck, down] = [itemOf(world, "stuck"), itemOf(world, "down")];
  let asked = 0;
  const engine = {
    async inspect(id: string) {
      if (id !== stuck.ref) return { State: {} };
      asked += 1;
      throw Object.assign(new Error("timeout"), { name: "TimeoutError" });
    },
    remove: async () => {},
  } as unknown as Engine;
  const outcomes = new Map<string, Outcome>();
  await carryOut([stuck, down], {
    ...{ engine, world, signal: new AbortController().signal },
    tell: (item, outcome) => void outcomes.set(item.name, outcome),
    whenBack: async () => {},
  });
  expect(asked).toBeGreaterThan(1);
  expect(outcomes.get("stuck")).toEqual({
    kind: "failed",
    reason: "the engine did not answer in time. Whether it went is not known.",
  });
  expect(outcomes.get("down")).toMatchObject({ kind: "removed" });
});
