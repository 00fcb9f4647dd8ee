import { isLive } from "./container-filters.ts";
import { fail } from "./http.ts";
import { familiar, isIdPrefix, repositoryOf } from "./images.ts";
import type { DemoContainer, DemoImage } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** A line of the answer to a deletion. */
export type DeletedLine = { Untagged: string } | { Deleted: string };

type Removal = { world: DemoWorld; force: boolean; prune: boolean; lines: DeletedLine[] };

/**
 * Deletes an image by a reference to it as the engine does: a name is untagged, an id loses its one tag, and what then
 * has no name goes with its nameless parents (`prune`). Throws ApiError 409 when it is used.
 */
export function deleteImage(
  world: DemoWorld,
  image: DemoImage,
  how: { ref: string; force: boolean; prune: boolean },
): DeletedLine[] {
  const removal: Removal = { world, force: how.force, prune: how.prune, lines: [] };
  if (isIdPrefix(image.id, how.ref)) {
    if (isSingleReference(image)) untagOnly(removal, image);
    drop(removal, image.id, false);
  } else if (untagByName(removal, image, how.ref)) drop(removal, image.id, true);
  return removal.lines;
}

/** The containers made of this image, running or not. */
export const usersOf = (world: DemoWorld, image: DemoImage): DemoContainer[] =>
  [...world.containers.values()].filter(({ imageId }) => imageId === image.id);

const hasChildren = (world: DemoWorld, id: string): boolean => {
  for (const { parent } of world.images.values()) if (parent === id) return true;
  return false;
};

/** Whether all names are of one repository, with one tag at most. */
const isSingleReference = ({ tags, digests }: DemoImage): boolean =>
  tags.length + digests.length > 0 &&
  tags.length <= 1 &&
  new Set([...tags, ...digests].map(repositoryOf)).size === 1;

const short = (id: string): string => id.replace(/^sha256:/, "").slice(0, 12);

function dropName(removal: Removal, id: string, name: string): void {
  const { world, lines } = removal;
  const image = world.images.get(id);
  if (image === undefined) return;
  const others = (names: readonly string[]) => names.filter((other) => other !== name);
  world.images.set(id, { ...image, tags: others(image.tags), digests: others(image.digests) });
  lines.push({ Untagged: name });
}

function tellUntag({ world }: Removal, { id, labels }: DemoImage): void {
  world.bus.emit({ type: "image", action: "untag", id, attributes: { ...labels, name: id } });
}

/** Takes a name from an image, and digests that lose their last tag by it; answers whether no name is left. */
function untagByName(removal: Removal, image: DemoImage, ref: string): boolean {
  const { world, force } = removal;
  const name = familiar(ref);
  const [user] = !force && isSingleReference(image) ? usersOf(world, image) : [];
  if (user !== undefined) {
    const text = `conflict: unable to remove repository reference "${ref}" (must force)`;
    fail(409, `${text} - container ${short(user.id)} is using its referenced image ${short(image.id)}`);
  }
  dropName(removal, image.id, name);
  tellUntag(removal, image);
  const repository = repositoryOf(name);
  const { tags, digests } = world.images.get(image.id) ?? image;
  if (!name.includes("@") && !tags.some((tag) => repositoryOf(tag) === repository))
    for (const digest of digests)
      if (repositoryOf(digest) === repository) dropName(removal, image.id, digest);
  const left = world.images.get(image.id) ?? image;
  return left.tags.length + left.digests.length === 0;
}

/** Takes the names of an image that is deleted by its id and has one. */
function untagOnly(removal: Removal, image: DemoImage): void {
  const { world, force } = removal;
  const conflict = conflictOf(world, image, { force, names: false });
  if (conflict) fail(409, conflict.text);
  for (const name of [...image.tags, ...image.digests]) {
    dropName(removal, image.id, name);
    tellUntag(removal, image);
  }
}

type Conflict = { used: boolean; text: string };

/** Why an image may not be deleted; `names` asks for its names, too, and `force` overlooks all that can be overlooked. */
function conflictOf(
  world: DemoWorld,
  image: DemoImage,
  { force, names }: { force: boolean; names: boolean },
): Conflict | undefined {
  const text = (how: string, why: string) =>
    `conflict: unable to delete ${short(image.id)} (${how} be forced) - ${why}`;
  if (hasChildren(world, image.id))
    return { used: false, text: text("cannot", "image has dependent child images") };
  const users = usersOf(world, image);
  const running = users.find(isLive);
  const by = (state: string, { id }: DemoContainer) =>
    `image is being used by ${state} container ${short(id)}`;
  if (running) return { used: true, text: text("cannot", by("running", running)) };
  if (force) return undefined;
  if (names && image.tags.length + image.digests.length > 0)
    return { used: false, text: text("must", "image is referenced in multiple repositories") };
  const [stopped] = users;
  return stopped && { used: true, text: text("must", by("stopped", stopped)) };
}

/** Deletes an image and its nameless parents; a quiet one leaves an image alone that something needs. */
function drop(removal: Removal, id: string, quiet: boolean): void {
  const { world, force, prune, lines } = removal;
  const image = world.images.get(id);
  if (image === undefined) return;
  const conflict = conflictOf(world, image, { force, names: true });
  if (conflict) {
    const nameless = image.tags.length + image.digests.length === 0;
    if (quiet && (conflict.used || !nameless || hasChildren(world, id))) return;
    fail(409, conflict.text);
  }
  for (const name of [...image.tags, ...image.digests]) {
    dropName(removal, id, name);
    tellUntag(removal, image);
  }
  world.images.delete(id);
  world.bus.emit({ type: "image", action: "delete", id, attributes: { name: id } });
  lines.push({ Deleted: id }, ...freedLayers(world, image).map((chain) => ({ Deleted: chain })));
  if (prune && image.parent !== undefined) drop({ ...removal, force: false }, image.parent, true);
}

/** The layers of a deleted image that nothing holds any more, the uppermost first. */
function freedLayers(world: DemoWorld, image: DemoImage): string[] {
  if (usersOf(world, image).length > 0) return [];
  const held = new Set<string>();
  for (const other of world.images.values()) for (const chain of world.chains(other)) held.add(chain);
  const cached = new Set([...world.buildCache.values()].map(({ layer }) => layer));
  return world
    .chains(image)
    .filter((chain, index) => !held.has(chain) && !cached.has(image.layers[index]?.digest))
    .reverse();
}
