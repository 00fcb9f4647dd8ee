import { idOf } from "./ids.ts";
import { findImage } from "./images.ts";
import type { ContainerRecipe, DemoCacheRecord, DemoImage, DemoNetwork, DemoVolume, Layer } from "./types.ts";
import { MiB } from "./units.ts";
import { anonymousLabel, isAnonymous } from "./volumes.ts";
import type { DemoWorld } from "./world.ts";

/** What one says of an image: its own layers, above those of the image it was made from. */
export type ImagePlan = Partial<Omit<DemoImage, "layers" | "parent">> & {
  /** Sizes in bytes, digests and texts are made up where they are not said; without it there is one layer of 1 MiB. */
  layers?: readonly Partial<Layer>[];
  /** Tag or id of the image it was made from, by the legacy builder or a commit: the engine knows it as its parent. */
  parent?: string;
  /** Tag or id of the image it stands on without the engine knowing it, as BuildKit makes them. */
  on?: string;
};

/** A network of which only the name must be said. */
export type NetworkPlan = Partial<DemoNetwork> & Pick<DemoNetwork, "name">;
/** A volume of which only the name must be said. */
export type VolumePlan = Partial<DemoVolume> & Pick<DemoVolume, "name">;
/** A record of the build cache of which only the id must be said. */
export type CachePlan = Partial<DemoCacheRecord> & Pick<DemoCacheRecord, "id">;

/** All that a world has, beside what its containers need and the predefined networks. */
export type WorldPlan = {
  images?: readonly ImagePlan[];
  networks?: readonly NetworkPlan[];
  volumes?: readonly VolumePlan[];
  containers?: readonly ContainerRecipe[];
  cache?: readonly CachePlan[];
};

/** Puts all of a plan into a world, images in their order; emits nothing. */
export function fill(world: DemoWorld, plan: WorldPlan): void {
  for (const image of plan.images ?? []) putImage(world, image);
  for (const network of plan.networks ?? []) putNetwork(world, network);
  for (const volume of plan.volumes ?? []) putVolume(world, volume);
  for (const container of plan.containers ?? []) world.put(container, world.bornAt);
  for (const record of plan.cache ?? []) putCache(world, record);
}

/** The image of that id or tag; throws when there is none. */
function known(world: DemoWorld, ref: string): DemoImage {
  const found = findImage(world.images, ref);
  if (found === undefined) throw new Error(`No such image: ${ref}`);
  return found;
}

/** Puts an image into a world, emitting nothing; throws when there is no image it is to stand on. */
export function putImage(world: DemoWorld, { parent, on, layers = [{}], ...said }: ImagePlan): DemoImage {
  const below = parent ?? on;
  const base = below === undefined ? undefined : known(world, below);
  const id = said.id ?? `sha256:${idOf(world.seed, `plan:${world.images.size}/${said.tags?.join()}`)}`;
  const own = layers.map((layer, index) => ({
    digest: `sha256:${idOf(world.seed, `layer:${id}/${index}`)}`,
    size: MiB,
    madeBy: `RUN /bin/sh -c step ${index + 1}`,
    ...layer,
  }));
  const tags = said.tags ?? [];
  const image: DemoImage = {
    ...{ tags, digests: [], created: world.bornAt, labels: {}, command: ["/bin/sh"] },
    ...(tags.length === 0 ? {} : { tagged: said.created ?? world.bornAt }),
    ...(parent === undefined || base === undefined ? {} : { parent: base.id }),
    ...said,
    ...{ id, layers: [...(base?.layers ?? []), ...own] },
  };
  world.images.set(id, image);
  return image;
}

/** Puts a network into a world, emitting nothing. */
export function putNetwork(world: DemoWorld, plan: NetworkPlan): DemoNetwork {
  const made = world.addNetwork(plan.name, plan.created ?? world.bornAt, plan.labels);
  const network = { ...made, ...plan };
  world.networks.delete(made.id);
  world.networks.set(network.id, network);
  return network;
}

/** Puts a volume into a world, emitting nothing; one named by 64 hex digits is anonymous unless labels are said. */
export function putVolume(world: DemoWorld, plan: VolumePlan): DemoVolume {
  const labels: Record<string, string> = isAnonymous(plan) ? { [anonymousLabel]: "" } : {};
  const volume = { labels, created: world.bornAt, size: 0, ...plan };
  world.volumes.set(volume.name, volume);
  return volume;
}

/** Puts a record into the build cache of a world. */
export function putCache(world: DemoWorld, plan: CachePlan): DemoCacheRecord {
  const moments = { created: world.bornAt, lastUsed: world.bornAt };
  const record = {
    ...{ parents: [], type: "regular", description: "", inUse: false, shared: false, size: 0, usageCount: 1 },
    ...moments,
    ...plan,
  };
  world.buildCache.set(record.id, record);
  return record;
}
