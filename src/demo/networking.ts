import { isLive } from "./container-filters.ts";
import { idOf } from "./ids.ts";
import type { DemoContainer, DemoNetwork } from "./types.ts";
import type { DemoWorld } from "./world.ts";

const hex = (value: number): string => value.toString(16).padStart(2, "0");

type Networks = Pick<DemoWorld, "seed" | "networks">;

/** The network of this name, whatever its id. */
export function networkNamed(world: Networks, name: string): DemoNetwork | undefined {
  const byId = world.networks.get(idOf(world.seed, `network:${name}`));
  if (byId?.name === name) return byId;
  for (const network of world.networks.values()) if (network.name === name) return network;
  return undefined;
}

/** How a container hangs on a network: empty addresses while it does not run. */
export function endpoint(world: DemoWorld, container: DemoContainer, name: string) {
  const network = networkNamed(world, name);
  const { ordinal } = container;
  const live = isLive(container);
  const connected = live && network !== undefined && network.prefix !== "";
  const [third, fourth] = [Math.floor(ordinal / 250) % 250, 2 + (ordinal % 250)];
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: container.labels["com.docker.compose.service"]
      ? [container.name, container.labels["com.docker.compose.service"]]
      : null,
    MacAddress: connected ? `02:42:ac:11:${hex(third)}:${hex(fourth)}` : "",
    NetworkID: container.joined[name] ?? "",
    EndpointID: live ? idOf(world.seed, `endpoint:${container.id}/${name}`) : "",
    Gateway: connected ? `${network.prefix}.0.1` : "",
    IPAddress: connected ? `${network.prefix}.${third}.${fourth}` : "",
    IPPrefixLen: connected ? 16 : 0,
    IPv6Gateway: "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    DriverOpts: null,
    DNSNames: null,
  };
}

/** The endpoints of a container by the name of the network. */
export const endpoints = (world: DemoWorld, container: DemoContainer) =>
  Object.fromEntries(container.networks.map((name) => [name, endpoint(world, container, name)]));

/** The ids of the networks of a container by name, as it keeps them once it is connected. */
export function joinedBy(world: Networks, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const network = networkNamed(world, name);
      return network === undefined ? [] : [[name, network.id]];
    }),
  );
}

/** What a container looks for first and does not find: a network by its id, or by its name if it never was connected. */
export function missingNetwork(world: DemoWorld, { networks, joined }: DemoContainer): string | undefined {
  for (const name of networks) {
    const id = joined[name];
    if (id === undefined ? networkNamed(world, name) === undefined : !world.networks.has(id))
      return id ?? name;
  }
  return undefined;
}

/** The NetworkMode of a container: its first network, with Docker's word for the standard one. */
export const networkMode = (container: DemoContainer): string => container.networks[0] ?? "none";
