import { cacheRows } from "./build-cache.ts";
import { type Call, fail, isBefore, json, type Reply, type Route } from "./http.ts";
import { imageNames, imageRow, shownImages } from "./image-routes.ts";
import { layersSize, layerUse } from "./layers.ts";
import { listRow } from "./rows.ts";
import { measuredVolumes } from "./volume-routes.ts";
import type { DemoWorld } from "./world.ts";

/** Resolves after as long as the engine measures, or as soon as the client is gone. */
function measured({ world, request }: Call): Promise<void> {
  const { socket } = request;
  return new Promise((resolve) => {
    const run = {};
    const done = () => {
      cancel();
      socket.off("close", done);
      world.measuring.delete(run);
      resolve();
    };
    const cancel = world.timers.after(world.diskUsage.ms, done);
    world.measuring.add(run);
    socket.once("close", done);
  });
}

function countBy(values: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function images(call: Call) {
  const { world } = call;
  const use = layerUse(world.images.values(), world.chains);
  const users = countBy([...world.containers.values()].map(({ imageId }) => imageId));
  const rows = shownImages(world, false).map((image) =>
    imageRow(call, image, { use, containers: users.get(image.id) ?? 0 }),
  );
  return { LayersSize: layersSize(use), Images: rows };
}

function containers(world: DemoWorld) {
  const nameOf = imageNames(world);
  return [...world.containers.values()].map((container) => listRow(world, container, nameOf(container)));
}

async function diskUsage(call: Call): Promise<Reply> {
  const { world, query, version } = call;
  if (world.diskUsage.once && world.measuring.size > 0)
    fail(500, "a disk usage operation is already running");
  if (world.diskUsage.ms > 0) await measured(call);
  const types = isBefore(version, "1.42") ? [] : query.getAll("type");
  const wants = (type: string) => types.length === 0 || types.includes(type);
  const cache = wants("build-cache") ? cacheRows(world, version) : null;
  return json({
    ...(wants("image") ? images(call) : { LayersSize: 0, Images: null }),
    Containers: wants("container") ? containers(world) : null,
    Volumes: wants("volume") ? measuredVolumes(world) : null,
    BuildCache: cache,
    ...(isBefore(version, "1.42") ? { BuilderSize: cache?.reduce((sum, { Size }) => sum + Size, 0) } : {}),
  });
}

/** The route that measures the disk. */
export const diskUsageRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/system\/df$/, answer: diskUsage },
];
