import type { Container } from "../../docker/containers.ts";
import type { Layers } from "../../docker/disk/layers.ts";
import type { Figures } from "../../docker/disk/survey.ts";
import type { Image } from "../../docker/images.ts";
import { type CleanUpItem, itemId, namesOf, type User } from "./item.ts";
import { type Holding, heldBy, holders, usersOf, type World } from "./world.ts";

/** The images as rows of the plan. */
export function imageItems({ images, containers, figures }: World): CleanUpItem[] {
  const owners = figures ? countOwners(figures, { images, containers }) : new Map<string, number>();
  const parents = new Set((figures?.images ?? images).map(({ parent }) => parent));
  const lastMade = new Map<string, number>();
  for (const { imageId, created } of containers)
    lastMade.set(imageId, Math.max(created, lastMade.get(imageId) ?? 0));
  const byImage = new Map<string, Container[]>();
  for (const container of containers)
    byImage.set(container.imageId, [...(byImage.get(container.imageId) ?? []), container]);
  const cacheShares = figures?.df.cache.some(({ shared }) => shared) ?? false;
  return images.map((image) => {
    const layers = figures?.layers.get(image.id);
    const users = usersOf(byImage.get(image.id) ?? [], () => true);
    const lastUsed = lastMade.get(image.id);
    return {
      ...imageItem(image, heldBy(users), parents.has(image.id)),
      ...(layers ? bytesOf(layers, owners, cacheShares) : {}),
      ...(layers && figures?.root.containerdStore ? { about: true as const } : {}),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    };
  });
}

function imageItem(image: Image, held: ReturnType<typeof heldBy>, isParent: boolean): CleanUpItem {
  const { id, created, labels } = image;
  const tags = [...image.tags, ...image.digests];
  const short = id.replace(/^sha256:/, "").slice(0, 12);
  const dangling = tags.length === 0;
  return {
    ...{ id: itemId("image", id), kind: "image", ref: id, created, labels, tags, minor: dangling },
    name: image.tags[0] ?? image.digests[0] ?? `<none> ${short}`,
    ...held,
    reason: reasonOf({ users: held.users, dangling, isParent }),
    detail: image.tags.slice(1).join(" "),
    offered: dangling && held.users.length === 0,
  };
}

type Place = { users: readonly User[]; dangling: boolean; isParent: boolean };

function reasonOf({ users, dangling, isParent }: Place): string {
  if (users.length > 0) return `needed by ${namesOf(users)}`;
  if (dangling) return "dangling";
  return isParent ? "unused, others are built on it" : "no container uses it";
}

/** The bytes only it holds come back when it goes; BuildKit's cache may keep them. */
function bytesOf(layers: Layers, owners: ReadonlyMap<string, number>, cacheShares: boolean) {
  const sum = (picked: Layers["chain"]) => picked.reduce((total, { size }) => total + size, 0);
  const shared = sum(layers.chain.filter(({ key }) => (owners.get(key) ?? 0) > 1));
  const atMost = !layers.exact || (layers.buildKit && cacheShares);
  return { size: sum(layers.chain) - shared, shared, ...(atMost ? { atMost: true as const } : {}) };
}

/** How many images hold each layer. */
function countOwners(figures: Figures, lists: Holding): Map<string, number> {
  const owners = new Map<string, number>();
  for (const id of holders(lists))
    for (const { key } of figures.layers.get(id)?.chain ?? []) owners.set(key, (owners.get(key) ?? 0) + 1);
  return owners;
}
