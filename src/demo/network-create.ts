import { fail } from "./http.ts";
import { freshId } from "./ids.ts";
import { object, text, texts } from "./limits.ts";
import { networkNamed } from "./networking.ts";
import type { DemoNetwork } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** The networks that every engine has. */
export const predefined: readonly string[] = ["bridge", "host", "none"];

type Pools = NonNullable<DemoNetwork["pools"]>;

/** The subnets of a network, with their gateways. */
export const poolsOf = ({ pools, prefix }: DemoNetwork): Pools =>
  pools ?? (prefix === "" ? [] : [{ Subnet: `${prefix}.0.0/16`, Gateway: `${prefix}.0.1` }]);

/** A network made of the body of a create call; throws ApiError 409 for a name in use, 403 for what may not be. */
export function makeNetwork(world: DemoWorld, body: Record<string, unknown>): DemoNetwork {
  const name = text(body.Name) ?? "";
  const driver = text(body.Driver) || "bridge";
  checkNetwork(world, name, driver);
  const made = world.addNetwork(name, world.now(), texts(body.Labels));
  const pools = readPools(object(body.IPAM).Config, `${made.prefix}.0.1`);
  const network: DemoNetwork = {
    ...{ ...made, id: freshId(), driver, internal: body.Internal === true },
    ...(pools.length === 0 ? {} : { pools, prefix: prefixOf(pools[0]?.Subnet ?? "") }),
  };
  world.networks.delete(made.id);
  checkPools(world, pools);
  world.networks.set(network.id, network);
  return network;
}

function checkNetwork(world: DemoWorld, name: string, driver: string): void {
  if (name === "") fail(400, "invalid name: ");
  if (predefined.includes(name) || name === "default")
    fail(403, `operation is not permitted on predefined ${name} network `);
  if (networkNamed(world, name)) fail(409, `network with name ${name} already exists`);
  if (driver === "host" || driver === "null")
    fail(403, `only one instance of "${driver}" network is allowed`);
  if (!["bridge", "ipvlan", "macvlan"].includes(driver)) fail(404, `plugin "${driver}" not found`);
}

function readPools(config: unknown, gateway: string): Pools {
  return (Array.isArray(config) ? config : []).flatMap((each) => {
    const { Subnet, Gateway } = object(each);
    const subnet = text(Subnet);
    return subnet === undefined
      ? []
      : [{ Subnet: subnet, Gateway: text(Gateway) ?? firstOf(subnet, gateway) }];
  });
}

const firstOf = (subnet: string, otherwise: string): string =>
  /^\d+(\.\d+){3}\//.test(subnet) ? subnet.replace(/\d+\/.*$/, "1") : otherwise;

const prefixOf = (subnet: string): string => subnet.split(".").slice(0, 2).join(".");

type Range = { from: number; to: number };

/** The addresses of an IPv4 subnet as numbers; undefined for anything else. */
function rangeOf(subnet: string): Range | undefined {
  const [, address = "", bits = ""] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(subnet) ?? [];
  if (address === "") return undefined;
  const size = 2 ** (32 - Number(bits));
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const from = Math.floor(number / size) * size;
  return { from, to: from + size };
}

/** Throws ApiError 403 when a subnet has addresses of another network's. */
function checkPools(world: DemoWorld, pools: Pools): void {
  const taken = [...world.networks.values()].flatMap(poolsOf).map(({ Subnet }) => rangeOf(Subnet));
  for (const range of pools.map(({ Subnet }) => rangeOf(Subnet)))
    if (range && taken.some((other) => other && range.from < other.to && other.from < range.to))
      fail(403, "Pool overlaps with other one on this address space");
}
