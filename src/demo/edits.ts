import { isLive } from "./container-filters.ts";
import { fail } from "./http.ts";
import { limitsOf } from "./limits.ts";
import { die } from "./transitions.ts";
import type { DemoContainer } from "./types.ts";
import { MiB } from "./units.ts";
import { dropAnonymous } from "./volumes.ts";
import type { DemoWorld } from "./world.ts";

const validName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Throws ApiError 400 for a bad name of a container, 409 for one in use. */
export function checkName(world: DemoWorld, name: string): void {
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
  if (world.find(container.id) === undefined) return; // its end removed it
  if (how.volumes) dropAnonymous(world, container);
  world.remove(container.id);
}

/** Changes limits or restart policy; throws ApiError 400 under 6 MB of memory. */
export function update(world: DemoWorld, container: DemoContainer, body: Record<string, unknown>): void {
  const limits = limitsOf(body);
  if ((limits.memoryLimit ?? 6 * MiB) < 6 * MiB) fail(400, "Minimum memory limit allowed is 6MB");
  world.tell(world.patch(container.id, limits), "update");
}
