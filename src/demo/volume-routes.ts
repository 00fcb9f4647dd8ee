import { allows, hasLabels, readFilters } from "./filters.ts";
import { type Call, empty, fail, flag, json, type Reply, type Route } from "./http.ts";
import { freshId } from "./ids.ts";
import { text, texts } from "./limits.ts";
import type { DemoVolume } from "./types.ts";
import { stamp } from "./units.ts";
import { anonymousLabel, volumeUsers } from "./volumes.ts";
import type { DemoWorld } from "./world.ts";

const volumeOf = ({ world, parts }: Call): DemoVolume =>
  world.volumes.get(parts[0] ?? "") ?? fail(404, `get ${parts[0]}: no such volume`);

const row = (volume: DemoVolume) => ({
  CreatedAt: `${stamp(volume.created).slice(0, 19)}Z`,
  Driver: "local",
  Labels: Object.keys(volume.labels).length === 0 ? null : volume.labels,
  Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
  Name: volume.name,
  Options: volume.options ?? null,
  Scope: "local",
});

/** The volumes as /system/df shows them: with their bytes and how many containers use each. */
export function measuredVolumes(world: DemoWorld) {
  const users = volumeUsers(world);
  return [...world.volumes.values()].map((volume) => ({
    ...row(volume),
    UsageData: { RefCount: users.get(volume.name)?.length ?? 0, Size: volume.size },
  }));
}

function list({ world, query }: Call): Reply {
  const filters = readFilters(query, ["dangling", "driver", "label", "name"]);
  const users = volumeUsers(world);
  const chosen = [...world.volumes.values()].filter(
    (volume) =>
      allows(filters, "name", (name) => volume.name.includes(name)) &&
      allows(filters, "driver", (driver) => driver === "local") &&
      allows(filters, "dangling", (value) => !users.has(volume.name) === ["true", "1"].includes(value)) &&
      hasLabels(filters, volume.labels),
  );
  return json({ Volumes: chosen.map(row), Warnings: null });
}

function remove(call: Call): Reply {
  const { world, query, parts } = call;
  const name = parts[0] ?? "";
  if (!world.volumes.has(name) && flag(query, "force")) return empty();
  volumeOf(call);
  const users = volumeUsers(world).get(name) ?? [];
  if (users.length > 0) fail(409, `remove ${name}: volume is in use - [${users.join(", ")}]`);
  world.volumes.delete(name);
  world.bus.emit({ type: "volume", action: "destroy", id: name, attributes: { driver: "local" } });
  return empty();
}

/** Throws ApiError 400 for a name that no volume can have, 404 for a driver that is not there. */
function checkVolume(name: string, driver: string): void {
  if (name.length === 1)
    fail(
      400,
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    );
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    fail(400, `create ${name}: "${name}" includes invalid characters for a local volume name, ${nameAdvice}`);
  if (!["", "local"].includes(driver))
    fail(404, `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
}

const nameAdvice =
  'only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path';

/** Creates a volume and emits create; one of that name stays as it is. */
function create({ world, body }: Call): Reply {
  const named = typeof body.Name === "string" && body.Name !== "";
  const name = named ? String(body.Name) : freshId();
  checkVolume(name, text(body.Driver) ?? "");
  const known = world.volumes.get(name);
  if (known !== undefined) return json(row(known), 201);
  const labels = { ...texts(body.Labels), ...(named ? {} : { [anonymousLabel]: "" }) };
  const options = texts(body.DriverOpts);
  const volume: DemoVolume = {
    ...{ name, labels, created: world.now(), size: 0 },
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
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
