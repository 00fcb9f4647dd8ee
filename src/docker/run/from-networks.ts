import { list, record } from "../raw.ts";
import { entries, filled, type Raw, raw, words } from "./from-raw.ts";
import { shortened } from "./kind.ts";
import { isUserDefined } from "./networks.ts";
import { ownMac, untoldMacs } from "./own-mac.ts";
import type { NetworkUse, RunSpec } from "./spec.ts";

/** The networks of a container: the one it was made with, and those it joined; what cannot be said goes to `lost`. */
export function fromNetworks(inspect: Raw, lost: string[]): Partial<RunSpec> {
  const { HostConfig, NetworkSettings } = inspect;
  const mode = raw(record(HostConfig).NetworkMode);
  const uses = entries(record(NetworkSettings).Networks).map(([name, endpoint]) =>
    toUse(name, record(endpoint), inspect),
  );
  const network = mode === "default" || mode === "" ? {} : { network: mode };
  if (!isUserDefined(mode)) {
    for (const { name } of uses.filter((use) => isUserDefined(use.name)))
      lost.push(`It has also joined the network ${shortened(name)}: connect the new one there yourself`);
    return network;
  }
  const first = uses.find(({ name }) => name === mode) ?? { name: mode, aliases: [], links: [] };
  for (const name of untoldMacs(inspect, mode))
    lost.push(
      `A MAC address of its own in the network ${shortened(name)} cannot be read while it does not run`,
    );
  const { name: _name, links, mac: _mac, ...own } = first;
  return {
    ...network,
    ...own,
    ...(links.length > 0 ? { links } : {}),
    moreNetworks: uses.filter((use) => use !== first).map(({ links: _links, ...use }) => use),
  };
}

/** An address that the engine chose is none of the container's own; nor is its short id as an alias. */
function toUse(
  name: string,
  endpoint: Raw,
  { Id, Config, State }: Raw,
): NetworkUse & { links: readonly string[] } {
  const { IPv4Address, IPv6Address } = record(endpoint.IPAMConfig);
  // Of a running one it may be the engine's: two of them in one network do harm.
  const isAsked = raw(record(Config).MacAddress) !== "" || record(State).Status === "created";
  return {
    name,
    aliases: words(endpoint.Aliases).filter((alias) => alias !== raw(Id).slice(0, 12)),
    links: list(endpoint.Links).map(raw),
    ...filled({ ip: raw(IPv4Address), ip6: raw(IPv6Address), mac: isAsked ? ownMac(endpoint) : "" }),
  };
}
