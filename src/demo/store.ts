import { createContainer } from "./container.ts";
import { idOf } from "./ids.ts";
import { createImage, type ImageRecipe } from "./images.ts";
import type {
  ContainerRecipe,
  DemoCacheRecord,
  DemoContainer,
  DemoImage,
  DemoNetwork,
  DemoVolume,
} from "./types.ts";

/** What is there, by id or name; changes here are silent. */
export type Store = {
  readonly containers: ReadonlyMap<string, DemoContainer>;
  readonly images: Map<string, DemoImage>;
  readonly volumes: Map<string, DemoVolume>;
  readonly networks: Map<string, DemoNetwork>;
  readonly buildCache: Map<string, DemoCacheRecord>;
  /** The container with this id, name (with or without "/") or unique prefix of an id. */
  find(ref: string): DemoContainer | undefined;
  /** Adds a container with the image, networks and volumes it needs, telling nobody. */
  put(recipe: ContainerRecipe, now: number): DemoContainer;
  /** Replaces fields of the container with this id, telling nobody. */
  patch(id: string, patch: Partial<DemoContainer>): DemoContainer;
  drop(id: string): void;
  addImage(recipe: ImageRecipe): DemoImage;
  addNetwork(name: string, created: number, labels?: Readonly<Record<string, string>>): DemoNetwork;
};

const predefined = [
  ["bridge", "bridge", "172.17"],
  ["host", "host", ""],
  ["none", "null", ""],
] as const;

const isAnonymous = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** Subnet number n as Docker deals them out: 172.18 … 172.31, then 10.n. */
const prefixOf = (n: number): string => (n < 14 ? `172.${18 + n}` : `10.${n % 250}`);

/** Makes a store with the predefined networks only. */
export function createStore(seed: number, bornAt: number): Store {
  const containers = new Map<string, DemoContainer>();
  const names = new Map<string, string>();
  const images = new Map<string, DemoImage>();
  const imageIds = new Map<string, string>();
  const volumes = new Map<string, DemoVolume>();
  const networks = new Map<string, DemoNetwork>();
  const networkNames = new Set<string>();
  let ordinal = 0;

  const addNetwork: Store["addNetwork"] = (name, created, labels = {}) => {
    const [, driver, prefix] = predefined.find(([known]) => known === name) ?? [
      name,
      "bridge",
      prefixOf(networks.size - 3),
    ];
    const network = { id: idOf(seed, `network:${name}`), name, driver, prefix, labels, created };
    networks.set(network.id, network);
    networkNames.add(name);
    return network;
  };
  const addImage: Store["addImage"] = (recipe) => {
    const image = createImage(seed, bornAt, recipe);
    images.set(image.id, image);
    for (const tag of image.tags) imageIds.set(tag, image.id);
    return image;
  };
  const needNetworks = (container: DemoContainer): void => {
    const project = container.labels["com.docker.compose.project"];
    for (const name of container.networks) {
      if (networkNames.has(name)) continue;
      const labels =
        project === undefined
          ? {}
          : { "com.docker.compose.network": "default", "com.docker.compose.project": project };
      addNetwork(name, container.created, labels);
    }
  };
  const needVolumes = (container: DemoContainer): void => {
    for (const { name } of container.mounts) {
      if (name === undefined || volumes.has(name)) continue;
      const labels: Record<string, string> = isAnonymous(name) ? { "com.docker.volume.anonymous": "" } : {};
      const project = container.labels["com.docker.compose.project"];
      if (project !== undefined && !isAnonymous(name)) labels["com.docker.compose.project"] = project;
      volumes.set(name, { name, labels, created: container.created, size: container.memory * 3 });
    }
  };
  const find = (ref: string): DemoContainer | undefined => {
    const exact = containers.get(ref) ?? containers.get(names.get(ref.replace(/^\//, "")) ?? "");
    if (exact !== undefined || !/^[0-9a-f]+$/.test(ref)) return exact;
    for (const [id, container] of containers) if (id.startsWith(ref)) return container;
    return undefined;
  };
  for (const [name] of predefined) addNetwork(name, bornAt);

  return {
    containers,
    images,
    volumes,
    networks,
    buildCache: new Map(),
    find,
    addImage,
    addNetwork,
    put(recipe, now) {
      const ref = recipe.image ?? "alpine:3.20";
      const known = imageIds.get(ref);
      const image = (known === undefined ? undefined : images.get(known)) ?? addImage({ ref });
      ordinal += 1;
      const container = createContainer({ seed, ordinal, image, now }, { ...recipe, image: ref });
      needNetworks(container);
      needVolumes(container);
      containers.set(container.id, container);
      names.set(container.name, container.id);
      return container;
    },
    patch(id, patch) {
      const before = containers.get(id);
      if (before === undefined) throw new Error(`No such container: ${id}`);
      const after = { ...before, ...patch };
      containers.set(id, after);
      if (after.name !== before.name) names.delete(before.name);
      names.set(after.name, id);
      return after;
    },
    drop(id) {
      const container = containers.get(id);
      if (container !== undefined) names.delete(container.name);
      containers.delete(id);
    },
  };
}
