import type { CleanUpItem } from "../../../src/actions/clean-up/item.ts";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import type { World } from "../../../src/actions/clean-up/world.ts";
import type { Container } from "../../../src/docker/containers.ts";
import type { CacheRecord, Df } from "../../../src/docker/disk/df.ts";
import type { Layers } from "../../../src/docker/disk/layers.ts";
import type { Figures } from "../../../src/docker/disk/survey.ts";
import type { Image } from "../../../src/docker/images.ts";
import type { Network } from "../../../src/docker/networks.ts";
import type { Volume } from "../../../src/docker/volumes.ts";
import { containerOf } from "../../fake-session.ts";

/** An image with what a test says of it; `layers` are its sizes by key, from the base up. */
export type ImageRecipe = { id: string; tags?: string[]; parent?: string; layers?: Record<string, number> };

/** What a world is made of. */
export type WorldRecipe = {
  containers?: (Partial<Container> & { name: string; sizeRw?: number })[];
  images?: ImageRecipe[];
  /** Between a base and what is built on it: not listed. */
  hidden?: ImageRecipe[];
  networks?: (Partial<Network> & { name: string })[];
  volumes?: (Partial<Volume> & { name: string; bytes?: number })[];
  cache?: (Partial<CacheRecord> & { id: string })[];
  measured?: boolean;
};

/** A world by a recipe. */
export function worldOf(recipe: WorldRecipe): World {
  const { containers = [], images = [], hidden = [], networks = [], volumes = [], cache = [] } = recipe;
  const all = [...images, ...hidden].map(imageOf);
  const world: World = {
    containers: containers.map(({ sizeRw, ...container }) => containerOf(container)),
    images: all.slice(0, images.length),
    networks: networks.map(networkOf),
    volumes: volumes.map(({ bytes, ...volume }) => volumeOf(volume)),
  };
  if (recipe.measured === false) return world;
  const df: Df = {
    layersSize: 0,
    containers: new Map(world.containers.map(({ id }, at) => [id, containers[at]?.sizeRw ?? 0])),
    volumes: new Map(volumes.map(({ name, bytes }) => [name, bytes])),
    cache: cache.map(cacheOf),
  };
  const layers = new Map([...images, ...hidden].map(({ id, layers = {} }) => [id, layersOf(layers)]));
  const figures: Figures = {
    ...{ at: 0, df, images: all, layers, logs: new Map() },
    root: { path: "/var/lib/docker", driver: "overlay2", containerdStore: false },
  };
  return { ...world, figures };
}

/** The row of that name. */
export function itemOf(world: World, name: string): CleanUpItem {
  const found = planOf(world).find((item) => item.name === name);
  if (!found) throw new Error(`There is no ${name} in the plan.`);
  return found;
}

function imageOf({ id, tags = [], parent }: ImageRecipe): Image {
  return {
    ...{ id, tags, digests: [], created: 0, size: 0, labels: {} },
    ...(parent === undefined ? {} : { parent }),
  };
}

function layersOf(sizes: Record<string, number>): Layers {
  return {
    chain: Object.entries(sizes).map(([key, size]) => ({ key, size })),
    exact: true,
    buildKit: false,
  };
}

function networkOf(change: Partial<Network> & { name: string }): Network {
  return {
    ...{ id: change.name, driver: "bridge", scope: "local", internal: false, subnets: [], labels: {} },
    ...change,
  };
}

function volumeOf(change: Partial<Volume> & { name: string }): Volume {
  return {
    ...{ id: change.name, driver: "local", mountpoint: "", anonymous: false, labels: {}, created: 0 },
    ...change,
  };
}

function cacheOf(change: Partial<CacheRecord> & { id: string }): CacheRecord {
  return {
    ...{ parents: [], type: "regular", description: change.id, inUse: false, shared: false, size: 0 },
    ...change,
  };
}
