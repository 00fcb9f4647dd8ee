import type { ServerResponse } from "node:http";
import { type Call, fail, type Reply, type Route, stream } from "./http.ts";
import { fractionOf, idOf } from "./ids.ts";
import { imageCatalog } from "./image-catalog.ts";
import { findImage } from "./images.ts";
import { MiB } from "./units.ts";
import type { DemoWorld } from "./world.ts";

/** What the simulated registry has beside the images of the fleet: repository and size in MiB. */
const repositories: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "alpine busybox hello-world debian ubuntu nginx httpd caddy traefik redis memcached postgres mysql mariadb"
      .split(" ")
      .map((name, index) => [name, 3 + index * 9]),
  ),
  "pytorch/pytorch": 6_100,
  ...Object.fromEntries(
    imageCatalog.flatMap(({ ref, layers = [12] }) =>
      ref === undefined ? [] : [[ref.replace(/:[^:/]*$/, ""), layers.reduce((sum, size) => sum + size, 0)]],
    ),
  ),
};

const tickMs = 50;
/** MiB a second. */
const rate = 200;

/** Fetches an image and tells how far it is; throws ApiError 404 for what the registry does not have. */
function pull({ world, query }: Call): Reply {
  const repository = (query.get("fromImage") ?? "").replace(/^docker\.io\//, "").replace(/^library\//, "");
  const tag = query.get("tag") || "latest";
  const denied = `pull access denied for ${repository}, repository does not exist or may require 'docker login'`;
  const size =
    repositories[repository] ?? fail(404, `${denied}: denied: requested access to the resource is denied`);
  const ref = `${repository}:${tag}`;
  if (!/^(\d|v\d|latest$|stable|alpine|sha256:)/.test(tag))
    fail(404, `manifest for ${ref} not found: manifest unknown: manifest unknown`);
  return stream("application/json", (response) => {
    fetchLayers(world, { ref, repository, tag, size }, response).catch(() => response.destroy());
  });
}

type Wanted = { ref: string; repository: string; tag: string; size: number };

async function fetchLayers(world: DemoWorld, wanted: Wanted, response: ServerResponse): Promise<void> {
  const { ref, repository, tag } = wanted;
  const say = (line: object) => void (response.destroyed || response.write(`${JSON.stringify(line)}\r\n`));
  const path = repository.includes("/") ? repository : `library/${repository}`;
  const digest = `sha256:${idOf(world.seed, `digest:${ref}`)}`;
  say({ status: `Pulling from ${path}`, id: tag });
  const known = findImage(world.images, ref) !== undefined;
  const layers = known ? [] : layersOf(world, wanted);
  for (const { id } of layers) say({ status: "Pulling fs layer", progressDetail: {}, id });
  for (const layer of layers) {
    await download(world, layer, { response, say });
    if (response.destroyed) return;
  }
  if (!known) world.addImage({ ref, layers: layers.map(({ size }) => size), age: 4 });
  if (!known) world.bus.emit({ type: "image", action: "pull", id: ref, attributes: { name: repository } });
  say({ status: `Digest: ${digest}` });
  const outcome = known ? "Image is up to date" : "Downloaded newer image";
  say({ status: `Status: ${outcome} for ${ref}` });
  response.end();
}

/** Sizes in MiB. */
function layersOf({ seed }: DemoWorld, { ref, size }: Wanted): { id: string; size: number }[] {
  const parts = [0, 1, 2, 3].map((index) => 0.2 + fractionOf(seed, `part:${ref}/${index}`));
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part, index) => ({
    id: idOf(seed, `pull:${ref}/${index}`).slice(0, 12),
    size: (size * part) / sum,
  }));
}

type Ear = { response: ServerResponse; say(line: object): void };

async function download(
  world: DemoWorld,
  { id, size }: { id: string; size: number },
  { response, say }: Ear,
): Promise<void> {
  const total = Math.round(size * MiB);
  const step = (rate * MiB * tickMs) / 1000;
  for (let current = Math.min(step, total); current < total; current += step) {
    say({ status: "Downloading", progressDetail: { current: Math.round(current), total }, id });
    await world.timers.sleep(tickMs);
    if (response.destroyed) return;
  }
  say({ status: "Download complete", progressDetail: {}, id });
  say({ status: "Extracting", progressDetail: { current: total, total }, id });
  await world.timers.sleep(tickMs);
  say({ status: "Pull complete", progressDetail: {}, id });
}

/** The routes that fetch images. */
export const pullRoutes: readonly Route[] = [{ method: "POST", pattern: /^\/images\/create$/, answer: pull }];
