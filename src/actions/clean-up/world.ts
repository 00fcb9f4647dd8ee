import type { Container } from "../../docker/containers.ts";
import type { Figures } from "../../docker/disk/survey.ts";
import type { Image } from "../../docker/images.ts";
import type { Network } from "../../docker/networks.ts";
import type { Volume } from "../../docker/volumes.ts";
import { type CleanUpItem, itemId } from "./item.ts";

/** All there is on an engine, and what was measured of it. */
export type World = {
  containers: readonly Container[];
  images: readonly Image[];
  networks: readonly Network[];
  volumes: readonly Volume[];
  /** When stopped containers ran last, by id; what is not known is left out. */
  ran?: ReadonlyMap<string, string> | undefined;
  figures?: Figures | undefined;
};

/** The containers that use something: those that need it now, and those that would when they are started again. */
export type Users = { live: readonly Container[]; stopped: readonly Container[] };

const stoppedStates: readonly Container["state"][] = ["created", "exited", "dead"];

/** Whether nothing of a container runs. */
export function isStopped({ state }: Pick<Container, "state">): boolean {
  return stoppedStates.includes(state);
}

/** The containers for which that is true, by whether they are stopped. */
export function usersOf(containers: readonly Container[], uses: (container: Container) => boolean): Users {
  const users = containers.filter(uses);
  return { live: users.filter((user) => !isStopped(user)), stopped: users.filter(isStopped) };
}

/** What containers make of an object: why it cannot go, or what would have to go before it. */
export function heldBy({
  live,
  stopped,
}: Users): Pick<CleanUpItem, "needs" | "users"> & { blocked?: string } {
  const users = [...live, ...stopped].map(({ id, name }) => ({ id, name }));
  const [first] = live;
  if (first) return { users, needs: [], blocked: `${first.name} uses it and is ${first.state}.` };
  return { users, needs: stopped.map(({ id }) => itemId("container", id)) };
}

/** What keeps layers on the disk. */
export type Holding = { images: readonly Image[]; containers: readonly Container[] };

/**
 * The images that keep layers on the disk by themselves: those a person sees, and those a container was made of. What
 * stands between a base and what is built on it goes with the last of that.
 */
export function holders({ images, containers }: Holding): ReadonlySet<string> {
  return new Set([...images.map(({ id }) => id), ...containers.map(({ imageId }) => imageId)]);
}
