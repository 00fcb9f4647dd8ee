import { imageEnv } from "./container.ts";
import { allows, hasLabels, readFilters } from "./filters.ts";
import { type Call, fail, flag, isBefore, json, type Reply, type Route } from "./http.ts";
import { deleteImage } from "./image-delete.ts";
import { historyOf } from "./image-history.ts";
import { familiar, findImage, isIdPrefix, repositoryOf, sizeOf } from "./images.ts";
import { type LayerUse, layerUse, sharedSizeOf } from "./layers.ts";
import type { DemoImage } from "./types.ts";
import { stamp, stampOrZero } from "./units.ts";
import type { DemoWorld } from "./world.ts";

/** Throws ApiError 400 for a name that no image can have. */
function checkReference(ref: string): void {
  if (/[A-Z]/.test(repositoryOf(ref)))
    fail(400, "invalid reference format: repository name must be lowercase");
}

function imageOf({ world, parts }: Call): DemoImage {
  const ref = parts[0] ?? "";
  const found = findImage(world.images, ref);
  if (found !== undefined) return found;
  checkReference(ref);
  return fail(404, `No such image: ${/^sha256:[0-9a-f]{64}$/.test(ref) ? ref : familiar(ref)}`);
}

/** The images that lists show: all, or all but nameless ones that others were made from. */
export function shownImages(world: DemoWorld, all: boolean): DemoImage[] {
  const images = [...world.images.values()];
  const parents = new Set(images.map(({ parent }) => parent));
  const hidden = ({ id, tags, digests }: DemoImage) => tags.length + digests.length === 0 && parents.has(id);
  return all ? images : images.filter((image) => !hidden(image));
}

type Counted = { use?: LayerUse; containers?: number };

/** An image as lists show it; without `use` its SharedSize is -1, without `containers` their number. */
export function imageRow({ world, version }: Call, image: DemoImage, { use, containers = -1 }: Counted) {
  const size = sizeOf(image);
  const nameless = isBefore(version, "1.43") && image.tags.length + image.digests.length === 0;
  return {
    Containers: containers,
    Created: Math.floor(image.created / 1000),
    Id: image.id,
    Labels: Object.keys(image.labels).length === 0 ? null : image.labels,
    ParentId: image.parent ?? "",
    RepoDigests: nameless ? ["<none>@<none>"] : image.digests,
    RepoTags: nameless ? ["<none>:<none>"] : image.tags,
    SharedSize: use === undefined ? -1 : sharedSizeOf(image, use, world.chains),
    Size: size,
    ...(isBefore(version, "1.44") ? { VirtualSize: size } : {}),
  };
}

/** Whether an image is one of `dangling=true` (nameless, and nothing made from it) or of `dangling=false`. */
function danglingTest(world: DemoWorld): (image: DemoImage, value: string) => boolean {
  const parents = new Set([...world.images.values()].map(({ parent }) => parent));
  return ({ id, tags, digests }, value) =>
    ["true", "1"].includes(value) ? tags.length === 0 && !parents.has(id) : tags.length + digests.length > 0;
}

function list(call: Call): Reply {
  const { world, query, version } = call;
  const filters = readFilters(query, ["before", "dangling", "label", "reference", "since", "until"]);
  const isDangling = danglingTest(world);
  const chosen = shownImages(world, flag(query, "all"))
    .filter(
      (image) =>
        allows(filters, "dangling", (value) => isDangling(image, value)) &&
        allows(filters, "reference", (ref) =>
          image.tags.some((tag) => tag === ref || repositoryOf(tag) === ref),
        ) &&
        hasLabels(filters, image.labels),
    )
    .sort((one, other) => other.created - one.created);
  const shared = flag(query, "shared-size") && !isBefore(version, "1.42");
  const counted = shared ? { use: layerUse(world.images.values(), world.chains) } : {};
  return json(chosen.map((image) => imageRow(call, image, counted)));
}

const inspect = ({ version }: Call, image: DemoImage) => ({
  Id: image.id,
  RepoTags: image.tags,
  RepoDigests: image.digests,
  Parent: image.parent ?? "",
  Comment: image.steps?.at(-1)?.comment ?? "buildkit.dockerfile.v0",
  Created: stamp(image.created),
  Author: "",
  Architecture: "amd64",
  Os: "linux",
  Config: {
    Cmd: image.command,
    Entrypoint: null,
    Env: imageEnv,
    Labels: Object.keys(image.labels).length === 0 ? null : image.labels,
    WorkingDir: "/",
  },
  Size: sizeOf(image),
  ...(isBefore(version, "1.44") ? { VirtualSize: sizeOf(image) } : {}),
  GraphDriver: { Name: "overlay2", Data: null },
  RootFS: { Type: "layers", Layers: image.layers.map(({ digest }) => digest) },
  Metadata: { LastTagTime: stampOrZero(image.tagged) },
});

function remove(call: Call): Reply {
  const { world, query, parts } = call;
  const image = imageOf(call);
  const how = { ref: parts[0] ?? "", force: flag(query, "force"), prune: !flag(query, "noprune") };
  return json(deleteImage(world, image, how));
}

/** Gives an image a tag, taking it from the one that has it, and emits tag. */
export function giveTag(world: DemoWorld, { id }: DemoImage, tag: string): void {
  const holder = [...world.images.values()].find(({ tags }) => tags.includes(tag));
  if (holder !== undefined && holder.id !== id)
    world.images.set(holder.id, { ...holder, tags: holder.tags.filter((one) => one !== tag) });
  const image = world.images.get(id);
  if (image === undefined) return;
  const tags = [...image.tags.filter((one) => one !== tag), tag];
  world.images.set(id, { ...image, tags, tagged: world.now() });
  world.bus.emit({ type: "image", action: "tag", id, attributes: { ...image.labels, name: tag } });
}

function tag(call: Call): Reply {
  const image = imageOf(call);
  const repository = call.query.get("repo") ?? "";
  const name = call.query.get("tag") || "latest";
  checkReference(repository);
  if (!/^\w[\w.-]{0,127}$/.test(name)) fail(400, "invalid tag format");
  giveTag(call.world, image, familiar(`${repository}:${name}`));
  return { kind: "body", status: 201, body: "", headers: {} };
}

/** Tells how a list names the image of a container: as it was asked for while that still leads to it, else by its id. */
export function imageNames(world: DemoWorld): (container: { image: string; imageId: string }) => string {
  const ids = new Map<string, string>();
  for (const { id, tags, digests } of world.images.values())
    for (const name of [...tags, ...digests]) ids.set(name, id);
  return ({ image, imageId }) => {
    const id = ids.get(image) ?? ids.get(familiar(image));
    return id === imageId || (id === undefined && isIdPrefix(imageId, image)) ? image : imageId;
  };
}

/** The routes of images. */
export const imageRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/images\/json$/, answer: list },
  { method: "GET", pattern: /^\/images\/(.+)\/json$/, answer: (call) => json(inspect(call, imageOf(call))) },
  {
    method: "GET",
    pattern: /^\/images\/(.+)\/history$/,
    answer: (call) => json(historyOf(call.world, imageOf(call))),
  },
  { method: "POST", pattern: /^\/images\/(.+)\/tag$/, answer: tag },
  { method: "DELETE", pattern: /^\/images\/(.+)$/, answer: remove },
];
