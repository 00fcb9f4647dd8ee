import { describe, expect, test } from "vitest";
import { gainOf } from "../../../src/actions/clean-up/gain.ts";
import { hiddenParents } from "../../../src/actions/clean-up/hidden-parents.ts";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import { totalOf } from "../../../src/actions/clean-up/total.ts";
import { sizeText, totalText } from "../../../src/actions/clean-up/words.ts";
import type { World } from "../../../src/actions/clean-up/world.ts";
import { diskUsageOf } from "../../../src/actions/disk/usage.ts";
import { toLayers, withPacked } from "../../../src/docker/disk/layers.ts";
import type { Figures } from "../../../src/docker/disk/survey.ts";
import { itemOf, worldOf } from "./world.ts";

/** A base, two images on it that share a layer, and one that stands alone. */
const family = worldOf({
  images: [
    { id: "base", tags: ["base:1"], layers: { base: 100 } },
    { id: "web", tags: ["web:1"], layers: { base: 100, lib: 10, web: 1 } },
    { id: "api", tags: ["api:1"], layers: { base: 100, lib: 10, api: 2 } },
    { id: "alone", tags: ["alone:1"], layers: { alone: 5 } },
  ],
});

const bytesOf = (world: World, ...names: string[]) =>
  totalOf(
    names.map((name) => itemOf(world, name)),
    world,
  ).bytes;

test("a layer comes back once, and only with the last image that holds it", () => {
  expect(bytesOf(family, "web:1")).toBe(1);
  expect(bytesOf(family, "web:1", "api:1")).toBe(13);
  expect(bytesOf(family, "web:1", "api:1", "base:1")).toBe(113);
  expect(bytesOf(family, "base:1")).toBe(0);
  expect(bytesOf(family, "alone:1", "base:1")).toBe(5);
});

test("a row says what comes back when it goes alone, and what it shares", () => {
  expect(itemOf(family, "web:1")).toMatchObject({ size: 1, shared: 110 });
  expect(itemOf(family, "base:1")).toMatchObject({ size: 0, shared: 100 });
  expect(itemOf(family, "alone:1")).toMatchObject({ size: 5, shared: 0 });
});

test("the image of a container keeps its layers though it has no row any more", () => {
  const world = worldOf({
    containers: [{ name: "up", imageId: "hidden" }],
    images: [{ id: "web", tags: ["web:1"], parent: "hidden", layers: { base: 100, web: 1 } }],
    hidden: [{ id: "hidden", layers: { base: 100 } }],
  });
  expect(bytesOf(world, "web:1")).toBe(1);
  expect(hiddenParents([itemOf(world, "web:1")], world)).toEqual([]);
});

test("the image of a stopped container that goes too comes back whole", () => {
  const world = worldOf({
    containers: [{ name: "down", state: "exited", imageId: "web", sizeRw: 7 }],
    images: [{ id: "web", tags: ["web:1"], layers: { web: 50 } }],
  });
  expect(bytesOf(world, "down", "web:1")).toBe(57);
});

test("the nameless images between go with the last one built on them, uppermost first", () => {
  const world = worldOf({
    images: [
      { id: "web", tags: ["web:1"], parent: "upper" },
      { id: "api", tags: ["api:1"], parent: "lower" },
      { id: "base", tags: ["base:1"] },
    ],
    hidden: [
      { id: "upper", parent: "lower" },
      { id: "lower", parent: "base" },
    ],
  });
  const parents = (...names: string[]) =>
    hiddenParents(
      names.map((name) => itemOf(world, name)),
      world,
    );
  expect(parents("web:1")).toEqual(["upper"]);
  expect(parents("api:1")).toEqual([]);
  expect(parents("web:1", "api:1")).toEqual(["upper", "lower"]);
  expect(parents("base:1")).toEqual([]);
});

test("the sum by kind, and how much of it is not known", () => {
  const world = worldOf({
    containers: [{ name: "down", state: "exited", sizeRw: 7 }],
    volumes: [{ name: "known", bytes: 40 }, { name: "unknown" }],
    networks: [{ name: "lonely" }],
    cache: [
      { id: "free", size: 3 },
      { id: "held", size: 9, shared: true },
    ],
  });
  const { byKind, ...sum } = totalOf(planOf(world), world);
  expect(byKind).toEqual({ container: 7, image: 0, network: 0, volume: 40, cache: 3 });
  expect(sum).toEqual({ bytes: 50, logs: 0, unknown: 1 });
});

test("it is an upper bound where layers cannot be told apart or BuildKit's cache may keep them", () => {
  const world = worldOf({
    images: [{ id: "web", tags: ["web:1"], layers: { web: 5 } }],
    cache: [{ id: "held", shared: true, size: 5 }],
  });
  const layers = world.figures?.layers.get("web");
  if (!layers) throw new Error("There is no such image.");
  expect(totalOf([itemOf(world, "web:1")], world).atMost).toBeUndefined();
  Object.assign(layers, { buildKit: true });
  expect(totalOf([itemOf(world, "web:1")], world).atMost).toBe(true);
  Object.assign(layers, { buildKit: false, exact: false });
  expect(totalOf([itemOf(world, "web:1")], world).atMost).toBe(true);
});

describe("in containerd's store", () => {
  const image = (id: string, size: number, layers: Record<string, number>) => ({
    id,
    tags: [id],
    size,
    layers,
  });
  const recipe = {
    containers: [{ name: "down", state: "exited", imageId: "base", sizeRw: 5 }] as const,
    images: [image("base", 30, { base: 20 }), image("app", 70, { base: 20, app: 30 })],
  };
  const store = { path: "", driver: "overlayfs", containerdStore: true };

  test("the total is only about right, and says so", () => {
    const world = worldOf({ images: [...recipe.images] });
    if (world.figures) world.figures = { ...world.figures, root: store };
    const total = totalOf([itemOf(world, "app")], world);
    expect(total).toMatchObject({ about: true, bytes: 30 });
    expect(totalText(total)).toBe("about 30B come back");
    expect(sizeText(itemOf(world, "app"))).toBe("~30B");
  });

  test("each layer is kept twice, packed and unpacked: it gets its part of what the whole image takes", () => {
    const layers = toLayers({ RootFS: { Layers: ["sha256:a", "sha256:b"] } }, [
      { Size: 30, CreatedBy: "RUN b" },
      { Size: 20, CreatedBy: "RUN a" },
    ]);
    expect(withPacked(layers, 75).chain.map(({ size }) => size)).toEqual([30, 45]);
    expect(withPacked(layers, 0).chain.map(({ size }) => size)).toEqual([20, 30]);
    expect(withPacked(toLayers({}, []), 9).chain).toEqual([]);
  });

  test("so is the build cache, and it comes back once only, or not at all when only its image went", () => {
    const record = { id: "free", size: 20 };
    const world = worldOf({ ...recipe, containers: [], cache: [record] });
    const figures = { ...(world.figures as Figures), root: store };
    const df = (layersSize: number, cache: Figures["df"]["cache"]) => ({ ...figures.df, layersSize, cache });
    const before = { ...figures, df: df(120, figures.df.cache) };
    const both = [itemOf(world, "app"), itemOf(world, "free")];
    expect(gainOf(both, before, { df: df(30, []) })).toMatchObject({ image: 70, cache: 20 });
    const shared = figures.df.cache.map((one) => ({ ...one, shared: true }));
    const kept = { ...figures, df: df(100, shared) };
    expect(gainOf([itemOf(world, "app")], kept, { df: df(80, figures.df.cache) })).toMatchObject({
      image: 20,
    });
  });

  test("what containers have written is part of the engine's total of layers, and comes back once only", () => {
    const world = worldOf({ ...recipe, containers: [...recipe.containers] });
    const figures = { ...(world.figures as Figures), root: store };
    const before = { ...figures, df: { ...figures.df, layersSize: 105 } };
    const after = { df: { ...figures.df, layersSize: 30, containers: new Map() } };
    const items = [itemOf(world, "down"), itemOf(world, "app")];
    expect(gainOf(items, before, after)).toMatchObject({ container: 5, image: 70 });
    const usage = diskUsageOf({ ...world, figures: before });
    expect(usage.map(({ id, size }) => [id, size]).slice(0, 2)).toEqual([
      ["image", 100],
      ["container", 5],
    ]);
  });
});
