import { allows, hasLabels, readFilters } from "./filters.ts";
import { type Call, empty, fail, flag, json, type Reply, type Route } from "./http.ts";
import { freshId } from "./ids.ts";
import type { DemoVolume } from "./types.ts";
import { stamp } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const usersOf = (world: DemoWorld, name: string): string[] =>
  [...world.containers.values()]
    .filter(({ mounts }) => mounts.some((mount) => mount.name === name))
    .map(({ id }) => id);

const volumeOf = ({ world, parts }: Call): DemoVolume =>
  world.volumes.get(parts[0] ?? "") ?? fail(404, `get ${parts[0]}: no such volume`);

const row = (volume: DemoVolume) => ({
  CreatedAt: `${stamp(volume.created).slice(0, 19)}Z`,
  Driver: "local",
  Labels: volume.labels,
  Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
  Name: volume.name,
  Options: null,
  Scope: "local",
});

/** A volume as /system/df shows it: with its bytes and how many containers use it. */
export const measuredVolume = (world: DemoWorld, volume: DemoVolume) => ({
  ...row(volume),
  UsageData: { RefCount: usersOf(world, volume.name).length, Size: volume.size },
});

function list({ world, query }: Call): Reply {
  const filters = readFilters(query, ["dangling", "driver", "label", "name"]);
  const chosen = [...world.volumes.values()].filter(
    (volume) =>
      allows(filters, "name", (name) => volume.name.includes(name)) &&
      allows(filters, "driver", (driver) => driver === "local") &&
      allows(
        filters,
        "dangling",
        (value) => (usersOf(world, volume.name).length === 0) === ["true", "1"].includes(value),
      ) &&
      hasLabels(filters, volume.labels),
  );
  return json({ Volumes: chosen.map(row), Warnings: null });
}

function remove(call: Call): Reply {
  const { world, query, parts } = call;
  const name = parts[0] ?? "";
  if (!world.volumes.has(name) && flag(query, "force")) return empty();
  volumeOf(call);
  const users = usersOf(world, name);
  if (users.length > 0) fail(409, `remove ${name}: volume is in use - [${users.join(", ")}]`);
  world.volumes.delete(name);
  world.bus.emit({ type: "volume", action: "destroy", id: name, attributes: { driver: "local" } });
  return empty();
}

function create({ world, body }: Call): Reply {
  const named = typeof body.Name === "string" && body.Name !== "";
  const name = named ? String(body.Name) : freshId();
  const labels: Record<string, string> = named ? {} : { "com.docker.volume.anonymous": "" };
  const volume = world.volumes.get(name) ?? { name, labels, created: world.now(), size: 0 };
  world.volumes.set(name, volume);
  world.bus.emit({ type: "volume", action: "create", id: name, attributes: { driver: "local" } });
  return json(row(volume), 201);
}

/** The routes of volumes. */
export const volumeRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/volumes$/, answer: list },
  { method: "POST", pattern: /^\/volumes\/create$/, answer: create },
  { method: "GET", pattern: /^\/volumes\/([^/]+)$/, answer: (call) => json(row(volumeOf(call))) },
  { method: "DELETE", pattern: /^\/volumes\/([^/]+)$/, answer: remove },
];
