import { isLive } from "./container-filters.ts";
import { allows, hasLabels, readFilters } from "./filters.ts";
import { type Call, empty, fail, json, type Reply, type Route } from "./http.ts";
import { connect, disconnect } from "./membership.ts";
import { makeNetwork, poolsOf, predefined } from "./network-create.ts";
import { endpoint, networkNamed } from "./networking.ts";
import type { DemoContainer, DemoNetwork } from "./types.ts";
import { stamp } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const attached = (world: DemoWorld, network: DemoNetwork): DemoContainer[] =>
  [...world.containers.values()].filter(
    (container) => isLive(container) && container.networks.includes(network.name),
  );

function networkOf({ world, parts }: Call): DemoNetwork {
  const ref = parts[0] ?? "";
  const found = world.networks.get(ref) ?? networkNamed(world, ref);
  if (found !== undefined) return found;
  for (const [id, network] of world.networks) if (ref.length > 2 && id.startsWith(ref)) return network;
  return fail(404, `network ${ref} not found`);
}

const row = (network: DemoNetwork) => ({
  Name: network.name,
  Id: network.id,
  Created: stamp(network.created),
  Scope: "local",
  Driver: network.driver,
  EnableIPv6: false,
  IPAM: {
    Driver: "default",
    Options: null,
    Config: poolsOf(network),
  },
  Internal: network.internal ?? false,
  Attachable: false,
  Ingress: false,
  ConfigFrom: { Network: "" },
  ConfigOnly: false,
  Options: {},
  Labels: network.labels,
});

function inspect(call: Call): Reply {
  const network = networkOf(call);
  const members = attached(call.world, network).map((container) => {
    const { EndpointID, MacAddress, IPAddress } = endpoint(call.world, container, network.name);
    const IPv4Address = IPAddress === "" ? "" : `${IPAddress}/16`;
    return [container.id, { Name: container.name, EndpointID, MacAddress, IPv4Address, IPv6Address: "" }];
  });
  return json({ ...row(network), Containers: Object.fromEntries(members) });
}

function list({ world, query }: Call): Reply {
  const filters = readFilters(query, ["dangling", "driver", "id", "label", "name", "scope", "type"]);
  const chosen = [...world.networks.values()].filter(
    (network) =>
      allows(filters, "name", (name) => network.name.includes(name)) &&
      allows(filters, "id", (id) => network.id.startsWith(id)) &&
      allows(filters, "driver", (driver) => network.driver === driver) &&
      allows(filters, "type", (type) => (type === "builtin") === predefined.includes(network.name)) &&
      hasLabels(filters, network.labels),
  );
  return json(chosen.map(row));
}

function remove(call: Call): Reply {
  const { world } = call;
  const network = networkOf(call);
  const { id, name, driver } = network;
  if (predefined.includes(name)) fail(403, `${name} is a pre-defined network and cannot be removed`);
  if (attached(world, network).length > 0)
    fail(403, `error while removing network: network ${name} id ${id} has active endpoints`);
  world.networks.delete(id);
  world.bus.emit({ type: "network", action: "destroy", id, attributes: { name, type: driver } });
  return empty();
}

/** Creates a network and emits create; see `makeNetwork` for what it throws. */
function create({ world, body }: Call): Reply {
  const { id, name, driver } = makeNetwork(world, body);
  world.bus.emit({ type: "network", action: "create", id, attributes: { name, type: driver } });
  return json({ Id: id, Warning: "" }, 201);
}

/** The routes of networks; a name may hold slashes. */
export const networkRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/networks$/, answer: list },
  { method: "POST", pattern: /^\/networks\/create$/, answer: create },
  { method: "GET", pattern: /^\/networks\/(.+)$/, answer: inspect },
  { method: "DELETE", pattern: /^\/networks\/(.+)$/, answer: remove },
  {
    method: "POST",
    pattern: /^\/networks\/(.+)\/connect$/,
    answer: (call) => connect(call, networkOf(call)),
  },
  {
    method: "POST",
    pattern: /^\/networks\/(.+)\/disconnect$/,
    answer: (call) => disconnect(call, networkOf(call)),
  },
];
