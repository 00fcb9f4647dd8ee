import { type Call, fail, json, named, type Reply, type Route } from "./http.ts";
import { idOf } from "./ids.ts";
import type { DemoImage } from "./types.ts";

/** Makes an image of a container: its image's layers and one more of what was written. */
function commit({ world, query }: Call): Reply {
  const container = named(world, query.get("container") ?? "");
  const repository = query.get("repo") ?? "";
  const tag = `${repository}:${query.get("tag") || "latest"}`;
  if (/[A-Z]/.test(repository)) fail(400, `invalid reference format: repository name must be lowercase`);
  const base = world.images.get(container.imageId);
  const digest = `sha256:${idOf(world.seed, `commit:${container.id}/${world.now()}`)}`;
  const image: DemoImage = {
    ...{ id: digest, tags: repository === "" ? [] : [tag], digests: [], created: world.now() },
    layers: [...(base?.layers ?? []), { digest, size: container.sizeRw, madeBy: query.get("comment") ?? "" }],
    labels: base?.labels ?? {},
    command: container.command,
  };
  for (const [id, other] of world.images)
    if (other.tags.includes(tag))
      world.images.set(id, { ...other, tags: other.tags.filter((one) => one !== tag) });
  world.images.set(image.id, image);
  world.tell(container, "commit", { comment: query.get("comment") ?? "", imageID: image.id });
  world.bus.emit({ type: "image", action: "tag", id: image.id, attributes: { name: tag } });
  return json({ Id: image.id }, 201);
}

/** The route that makes images of containers. */
export const commitRoutes: readonly Route[] = [{ method: "POST", pattern: /^\/commit$/, answer: commit }];
