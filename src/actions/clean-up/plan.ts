import type { Container } from "../../docker/containers.ts";
import type { Network } from "../../docker/networks.ts";
import type { Volume } from "../../docker/volumes.ts";
import { cacheItems } from "./cache-items.ts";
import { imageItems } from "./image-items.ts";
import { type CleanUpItem, itemId, namesOf } from "./item.ts";
import { heldBy, usersOf, type World } from "./world.ts";

/** Every object as a row of the plan, what cannot go too, in an order that works. */
export function planOf(world: World): CleanUpItem[] {
  return [
    ...world.containers.map((container) => containerItem(container, world)),
    ...imageItems(world),
    ...world.networks.map((network) => networkItem(network, world.containers)),
    ...world.volumes.map((volume) => volumeItem(volume, world)),
    ...cacheItems(world.figures?.df.cache ?? []),
  ];
}

const idle: Partial<Record<Container["state"], string>> = {
  exited: "stopped",
  dead: "dead",
  created: "never started",
  // So the list calls one whose removal failed, until the engine starts anew.
  removing: "being removed",
};

function containerItem(container: Container, { figures, ran }: World): CleanUpItem {
  const { id, name, state, created, since, exitCode, labels, image } = container;
  const reason = idle[state];
  const size = figures?.df.containers.get(id);
  const log = figures?.logs.get(id)?.size;
  const used = since ?? created;
  const last = ran?.get(id);
  return {
    ...{ id: itemId("container", id), kind: "container", ref: id, name, created, labels },
    ...{ needs: [], users: [], tags: [], detail: image, minor: false },
    offered: reason !== undefined && state !== "removing",
    reason: reason ?? state,
    ...(reason === undefined ? { blocked: `It is ${state}.` } : {}),
    since: used,
    ...(reason === undefined || state === "created" ? {} : { lastUsed: used }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(last === undefined ? {} : { ran: last }),
    ...(size === undefined ? {} : { size }),
    ...(log === undefined ? {} : { log }),
  };
}

function networkItem(network: Network, containers: readonly Container[]): CleanUpItem {
  const { id, name, driver, created, labels } = network;
  // The list of containers names their networks, no more: of two networks of one name both count as used.
  const users = usersOf(containers, ({ networks }) => networks.includes(name));
  const { blocked, users: all } = heldBy(users);
  const fixed = fixedNetwork(network);
  const lost = namesOf(users.stopped);
  const cannot = fixed ?? blocked;
  return {
    ...{ id: itemId("network", id), kind: "network", ref: id, name, labels, users: all },
    ...{ needs: [], tags: [], detail: driver, minor: false, size: 0 },
    reason: all.length === 0 ? "no container uses it" : `needed by ${namesOf(all)}`,
    offered: all.length === 0,
    ...(cannot === undefined ? {} : { blocked: cannot }),
    ...(lost === "" ? {} : { caution: `${lost} could not be started again.` }),
    ...(created === undefined ? {} : { created }),
  };
}

/** Networks that the engine or a swarm keeps for itself. */
function fixedNetwork({ name, scope }: Network): string | undefined {
  if (["bridge", "host", "none"].includes(name)) return "Docker needs it.";
  return scope === "swarm" || name === "docker_gwbridge" ? "The swarm needs it." : undefined;
}

function volumeItem(volume: Volume, { containers, figures }: World): CleanUpItem {
  const { name, driver, created, labels, anonymous } = volume;
  const users = usersOf(containers, ({ mounts }) =>
    mounts.some((mount) => mount.kind === "volume" && mount.name === name),
  );
  const size = figures?.df.volumes.get(name);
  const held = heldBy(users);
  const kind = anonymous ? "anonymous volume" : "named volume";
  return {
    ...{ id: itemId("volume", name), kind: "volume", ref: name, name, labels, tags: [], detail: driver },
    ...held,
    reason: held.users.length === 0 ? `${kind}, unused` : `needed by ${namesOf(held.users)}`,
    minor: anonymous,
    // Of another driver the data may live on another machine.
    offered: anonymous && driver === "local" && held.users.length === 0,
    ...(size === undefined ? {} : { size }),
    ...(created === undefined ? {} : { created }),
  };
}
