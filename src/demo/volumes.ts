import type { DemoContainer, DemoMount } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** The label of volumes that were made without a name. */
export const anonymousLabel = "com.docker.volume.anonymous";

/** Whether the volume of a mount was made for its container, without a name. */
export const isAnonymous = ({ name, anonymous }: Pick<DemoMount, "name" | "anonymous">): boolean =>
  name !== undefined && (anonymous ?? /^[0-9a-f]{64}$/.test(name));

/** The ids of the containers that use each volume, running or not. */
export function volumeUsers(world: DemoWorld): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { id, mounts } of world.containers.values())
    for (const name of new Set(mounts.map((mount) => mount.name))) {
      if (name === undefined) continue;
      const known = users.get(name);
      if (known === undefined) users.set(name, [id]);
      else known.push(id);
    }
  return users;
}

/** Deletes the anonymous volumes of a container that is about to go, but those which another one uses, and emits destroy. */
export function dropAnonymous(world: DemoWorld, container: DemoContainer): void {
  const users = volumeUsers(world);
  for (const mount of container.mounts) {
    const { name } = mount;
    if (name === undefined || !isAnonymous(mount) || (users.get(name)?.length ?? 0) > 1) continue;
    if (!world.volumes.delete(name)) continue;
    world.bus.emit({ type: "volume", action: "destroy", id: name, attributes: { driver: "local" } });
  }
}
