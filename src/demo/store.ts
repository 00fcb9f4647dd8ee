import { createContainer } from "./container.ts";
import { idOf } from "./ids.ts";
import { createImage, findImage, type ImageRecipe } from "./images.ts";
import { type Chains, createChains } from "./layers.ts";
import { joinedBy, networkNamed } from "./networking.ts";
import type {
  ContainerRecipe,
  DemoCacheRecord,
  DemoContainer,
  DemoImage,
  DemoNetwork,
  DemoVolume,
} from "./types.ts";
import { anonymousLabel, isAnonymous } from "./volumes.ts";

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
  /** The chain ids of the layers of an image. */
  readonly chains: Chains;
  addNetwork(name: string, created: number, labels?: Readonly<Record<string, string>>): DemoNetwork;
};

const predefined = [
  ["bridge", "bridge", "172.17"],
  ["host", "host", ""],
  ["none", "null", ""],
] as const;

/** Subnet number n as Docker deals them out: 172.18 … 172.31, then 10.n. */
const prefixOf = (n: number): string => (n < 14 ? `172.${18 + n}` : `10.${n % 250}`);

/** The first subnet that no network has; one of them again when all are taken. */
function freePrefix(networks: readonly DemoNetwork[]): string {
  const taken = new Set(networks.map(({ prefix }) => prefix));
  const first = Math.max(0, networks.length - predefined.length);
  for (let n = first; n < first + 264; n += 1) if (!taken.has(prefixOf(n))) return prefixOf(n);
  return prefixOf(first);
}

/** Makes a store with the predefined networks only. */
export function createStore(seed: number, bornAt: number): Store {
  const containers = new Map<string, DemoContainer>();
  const names = new Map<string, string>();
  const images = new Map<string, DemoImage>();
  const volumes = new Map<string, DemoVolume>();
  const networks = new Map<string, DemoNetwork>();
  let ordinal = 0;

  const addNetwork: Store["addNetwork"] = (name, created, labels = {}) => {
    const [, driver, prefix] = predefined.find(([known]) => known === name) ?? [
      name,
      "bridge",
      freePrefix([...networks.values()]),
    ];
    const network = { id: idOf(seed, `network:${name}`), name, driver, prefix, labels, created };
    networks.set(network.id, network);
    return network;
  };
  const addImage: Store["addImage"] = (recipe) => {
    const image = createImage(seed, bornAt, recipe);
    images.set(image.id, image);
    return image;
  };
  const needNetworks = (container: DemoContainer): void => {
    const project = container.labels["com.docker.compose.project"];
    for (const name of container.networks) {
      if (container.joined[name] !== undefined || networkNamed({ seed, networks }, name)) continue;
      const labels =
        project === undefined
          ? {}
          : { "com.docker.compose.network": "default", "com.docker.compose.project": project };
      addNetwork(name, container.created, labels);
    }
  };
  const needVolumes = (container: DemoContainer): void => {
    for (const mount of container.mounts) {
      const { name } = mount;
      if (name === undefined || volumes.has(name)) continue;
      const labels: Record<string, string> = isAnonymous(mount) ? { [anonymousLabel]: "" } : {};
      const project = container.labels["com.docker.compose.project"];
      if (project !== undefined && !isAnonymous(mount)) labels["com.docker.compose.project"] = project;
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
    chains: createChains(),
    find,
    addImage,
    addNetwork,
    put(recipe, now) {
      const ref = recipe.image ?? "alpine:3.20";
      const image = images.get(recipe.imageId ?? "") ?? findImage(images, ref) ?? addImage({ ref });
      ordinal += 1;
      const made = createContainer({ seed, ordinal, image, now }, { ...recipe, image: ref });
      needNetworks(made);
      needVolumes(made);
      const joined = made.status === "created" ? {} : joinedBy({ seed, networks }, made.networks);
      const container = { ...made, joined: { ...joined, ...made.joined } };
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
