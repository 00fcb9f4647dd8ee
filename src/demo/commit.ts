import { type Call, fail, json, named, type Reply, type Route } from "./http.ts";
import { freshId, idOf } from "./ids.ts";
import { giveTag } from "./image-routes.ts";
import { familiar } from "./images.ts";
import type { DemoImage } from "./types.ts";

/** Makes an image of a container: its image's layers and one more of what was written. */
function commit({ world, query }: Call): Reply {
  const container = named(world, query.get("container") ?? "");
  const repository = query.get("repo") ?? "";
  if (/[A-Z]/.test(repository)) fail(400, `invalid reference format: repository name must be lowercase`);
  const base = world.images.get(container.imageId);
  const madeBy = container.command.join(" ");
  const digest = `sha256:${idOf(world.seed, `commit:${container.id}/${world.now()}`)}`;
  const image: DemoImage = {
    ...{ id: `sha256:${freshId()}`, tags: [], digests: [], created: world.now() },
    layers: [...(base?.layers ?? []), { digest, size: container.sizeRw, madeBy }],
    steps: [{ madeBy, layer: true, comment: query.get("comment") ?? "" }],
    labels: base?.labels ?? {},
    command: container.command,
    ...(base === undefined ? {} : { parent: base.id }),
  };
  world.images.set(image.id, image);
  world.tell(container, "commit", { comment: query.get("comment") ?? "", imageID: image.id });
  if (repository !== "") giveTag(world, image, familiar(`${repository}:${query.get("tag") || "latest"}`));
  return json({ Id: image.id }, 201);
}

/** The route that makes images of containers. */
export const commitRoutes: readonly Route[] = [{ method: "POST", pattern: /^\/commit$/, answer: commit }];
