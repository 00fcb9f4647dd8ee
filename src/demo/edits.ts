import { isLive } from "./container-filters.ts";
import { fail } from "./http.ts";
import { findImage } from "./images.ts";
import { die } from "./transitions.ts";
import type { ContainerRecipe, DemoContainer, DemoMount } from "./types.ts";
import { MiB } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const validName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

function checkName(world: DemoWorld, name: string): void {
  if (!validName.test(name))
    fail(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const holder = [...world.containers.values()].find((container) => container.name === name);
  if (holder === undefined) return;
  const text = `Conflict. The container name "/${name}" is already in use by container "${holder.id}".`;
  fail(409, `${text} You have to remove (or rename) that container to be able to reuse that name.`);
}

/** Renames a container; throws ApiError 400 for a bad or equal name, 409 for one in use. */
export function rename(world: DemoWorld, container: DemoContainer, to: string): void {
  const name = to.replace(/^\//, "");
  if (name === container.name) fail(400, "Renaming a container with the same name as its current name");
  checkName(world, name);
  const oldName = `/${container.name}`;
  world.tell(world.patch(container.id, { name }), "rename", { oldName });
}

/** Removes a container; `force` kills it first, `volumes` takes its anonymous volumes along. */
export function remove(
  world: DemoWorld,
  container: DemoContainer,
  how: { force: boolean; volumes: boolean },
): void {
  if (isLive(container) && !how.force) {
    const state = container.status;
    const advice = state === "paused" ? "unpause and then stop the container" : "stop the container";
    const text = `cannot remove container "/${container.name}": container is ${state}`;
    fail(409, `${text}: ${advice} before removing or force remove`);
  }
  if (isLive(container)) {
    world.tell(container, "kill", { signal: "9" });
    die(world, container, 137);
  }
  world.remove(container.id);
  if (how.volumes) for (const { name } of container.mounts) dropAnonymous(world, name);
}

function dropAnonymous(world: DemoWorld, name: string | undefined): void {
  if (name === undefined || !/^[0-9a-f]{64}$/.test(name)) return;
  world.volumes.delete(name);
  world.bus.emit({ type: "volume", action: "destroy", id: name, attributes: { driver: "local" } });
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const policies = ["no", "always", "unless-stopped", "on-failure"] as const;

function limitsOf(config: Record<string, unknown>): Partial<DemoContainer> {
  const policy = policies.find((name) => name === object(config.RestartPolicy).Name);
  return {
    ...(typeof config.Memory === "number" && config.Memory > 0 ? { memoryLimit: config.Memory } : {}),
    ...(typeof config.NanoCpus === "number" && config.NanoCpus > 0 ? { nanoCpus: config.NanoCpus } : {}),
    ...(policy === undefined ? {} : { restartPolicy: policy }),
  };
}

/** Changes limits or restart policy; throws ApiError 400 under 6 MB of memory. */
export function update(world: DemoWorld, container: DemoContainer, body: Record<string, unknown>): void {
  const limits = limitsOf(body);
  if ((limits.memoryLimit ?? 6 * MiB) < 6 * MiB) fail(400, "Minimum memory limit allowed is 6MB");
  world.tell(world.patch(container.id, limits), "update");
}

function mountOf(bind: string): DemoMount {
  const [source = "", destination = source, mode = "rw"] = bind.split(":");
  const writable = mode !== "ro";
  if (source.startsWith("/")) return { type: "bind", source, destination, writable };
  const path = `/var/lib/docker/volumes/${source}/_data`;
  return { type: "volume", name: source, source: path, destination, writable };
}

/** Creates a container from the body of a create call; throws ApiError 404 without its image, 409 for a name in use. */
export function create(
  world: DemoWorld,
  wanted: string | undefined,
  body: Record<string, unknown>,
): DemoContainer {
  const ref = text(body.Image) ?? "";
  const image =
    findImage(world.images, ref) ?? fail(404, `No such image: ${ref.includes(":") ? ref : `${ref}:latest`}`);
  const name = wanted ?? `brave_${world.containers.size}`;
  checkName(world, name);
  const host = object(body.HostConfig);
  const command = list(body.Cmd);
  const labels = Object.fromEntries(
    Object.entries(object(body.Labels)).map(([key, value]) => [key, String(value)]),
  );
  const recipe: ContainerRecipe = {
    name,
    image: ref,
    imageId: image.id,
    status: "created",
    labels,
    env: list(body.Env),
    tty: body.Tty === true,
    networks: [text(host.NetworkMode)?.replace(/^default$/, "bridge") ?? "bridge"],
    mounts: list(host.Binds).map(mountOf),
    ...(command.length > 0 ? { command } : {}),
    ...limitsOf(host),
  };
  return world.add(recipe);
}
