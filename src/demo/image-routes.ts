import { imageEnv } from "./container.ts";
import { isLive } from "./container-filters.ts";
import { allows, hasLabels, readFilters } from "./filters.ts";
import { type Call, fail, flag, json, type Reply, type Route } from "./http.ts";
import { findImage, sharedSizeOf, sizeOf } from "./images.ts";
import type { DemoContainer, DemoImage } from "./types.ts";
import { stamp } from "./units.ts";
import type { DemoWorld } from "./world.ts";

function imageOf({ world, parts }: Call): DemoImage {
  const ref = parts[0] ?? "";
  return (
    findImage(world.images, ref) ?? fail(404, `No such image: ${/:[^/]*$/.test(ref) ? ref : `${ref}:latest`}`)
  );
}

/** The containers made of this image, running or not. */
export const usersOf = (world: DemoWorld, image: DemoImage): DemoContainer[] =>
  [...world.containers.values()].filter(({ imageId }) => imageId === image.id);

/** An image as lists show it; `shared` computes SharedSize, else it is -1. */
export const imageRow = (world: DemoWorld, image: DemoImage, shared = false) => ({
  Containers: -1,
  Created: Math.floor(image.created / 1000),
  Id: image.id,
  Labels: image.labels,
  ParentId: "",
  RepoDigests: image.digests,
  RepoTags: image.tags,
  SharedSize: shared ? sharedSizeOf(image, world.images.values()) : -1,
  Size: sizeOf(image),
});

function list({ world, query }: Call): Reply {
  const filters = readFilters(query, ["before", "dangling", "label", "reference", "since", "until"]);
  const chosen = [...world.images.values()]
    .filter(
      (image) =>
        allows(filters, "dangling", (value) => (image.tags.length === 0) === ["true", "1"].includes(value)) &&
        allows(filters, "reference", (ref) =>
          image.tags.some((tag) => tag === ref || tag.split(":")[0] === ref),
        ) &&
        hasLabels(filters, image.labels),
    )
    .sort((one, other) => other.created - one.created);
  return json(chosen.map((image) => imageRow(world, image, flag(query, "shared-size"))));
}

const inspect = (image: DemoImage) => ({
  Id: image.id,
  RepoTags: image.tags,
  RepoDigests: image.digests,
  Parent: "",
  Comment: "buildkit.dockerfile.v0",
  Created: stamp(image.created),
  Author: "",
  Architecture: "amd64",
  Os: "linux",
  Config: {
    Cmd: image.command,
    Entrypoint: null,
    Env: imageEnv,
    Labels: image.labels,
    WorkingDir: "/",
  },
  Size: sizeOf(image),
  GraphDriver: { Name: "overlay2", Data: null },
  RootFS: { Type: "layers", Layers: image.layers.map(({ digest }) => digest) },
  Metadata: { LastTagTime: stamp(image.created) },
});

const history = (image: DemoImage) =>
  image.layers
    .map(({ madeBy, size }, index) => ({
      Id: index === image.layers.length - 1 ? image.id : "<missing>",
      Created: Math.floor(image.created / 1000),
      CreatedBy: madeBy,
      Tags: index === image.layers.length - 1 && image.tags.length > 0 ? image.tags : null,
      Size: size,
      Comment: "",
    }))
    .reverse();

/** Throws ApiError 409 when the image may not be deleted by this reference. */
function checkUnused(world: DemoWorld, image: DemoImage, how: { ref: string; force: boolean }): void {
  const byId = !image.tags.some((tag) => tag === how.ref || tag === `${how.ref}:latest`);
  const short = image.id.slice(7, 19);
  if (byId && image.tags.length > 1 && !how.force)
    fail(
      409,
      `conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
    );
  if (!byId && image.tags.length > 1) return;
  const users = usersOf(world, image);
  const user = users.find(isLive) ?? users[0];
  if (user === undefined || (how.force && !isLive(user))) return;
  const who = user.id.slice(0, 12);
  if (!byId && !how.force) {
    const text = `conflict: unable to remove repository reference "${how.ref}" (must force)`;
    fail(409, `${text} - container ${who} is using its referenced image ${short}`);
  }
  if (!isLive(user))
    fail(
      409,
      `conflict: unable to delete ${short} (must be forced) - image is being used by stopped container ${who}`,
    );
  if (byId)
    fail(
      409,
      `conflict: unable to delete ${short} (cannot be forced) - image is being used by running container ${who}`,
    );
}

function remove(call: Call): Reply {
  const { world, query, parts } = call;
  const image = imageOf(call);
  const ref = parts[0] ?? "";
  checkUnused(world, image, { ref, force: flag(query, "force") });
  const named = image.tags.filter((tag) => tag === ref || tag === `${ref}:latest`);
  const untagged = named.length === 0 ? image.tags : named;
  const tags = image.tags.filter((tag) => !untagged.includes(tag));
  const used = usersOf(world, image).length > 0;
  const emit = (action: string) =>
    world.bus.emit({ type: "image", action, id: image.id, attributes: { name: untagged[0] ?? image.id } });
  for (const _ of untagged) emit("untag");
  const steps: Record<string, string>[] = untagged.map((tag) => ({ Untagged: tag }));
  if (tags.length > 0 || used) world.images.set(image.id, { ...image, tags });
  else {
    world.images.delete(image.id);
    emit("delete");
    steps.push({ Deleted: image.id });
  }
  return json(steps);
}

function tag(call: Call): Reply {
  const image = imageOf(call);
  const name = `${call.query.get("repo")}:${call.query.get("tag") || "latest"}`;
  call.world.images.set(image.id, { ...image, tags: [...image.tags, name] });
  call.world.bus.emit({ type: "image", action: "tag", id: image.id, attributes: { name } });
  return { kind: "body", status: 201, body: "", headers: {} };
}

/** The routes of images. */
export const imageRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/images\/json$/, answer: list },
  { method: "GET", pattern: /^\/images\/(.+)\/json$/, answer: (call) => json(inspect(imageOf(call))) },
  { method: "GET", pattern: /^\/images\/(.+)\/history$/, answer: (call) => json(history(imageOf(call))) },
  { method: "POST", pattern: /^\/images\/(.+)\/tag$/, answer: tag },
  { method: "DELETE", pattern: /^\/images\/(.+)$/, answer: remove },
];
