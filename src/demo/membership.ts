import { isLive } from "./container-filters.ts";
import { type Call, empty, fail, named, type Reply } from "./http.ts";
import { networkMode } from "./networking.ts";
import type { DemoContainer, DemoNetwork } from "./types.ts";

function memberOf({ world, body }: Call): DemoContainer {
  return named(world, String(body.Container ?? ""));
}

function tell({ world }: Call, network: DemoNetwork, container: DemoContainer, action: string): void {
  const attributes = { container: container.id, name: network.name, type: network.driver };
  world.bus.emit({ type: "network", action, id: network.id, attributes });
}

/** Adds a container to a network; throws ApiError 403 when it is in it, or has the network of the host. */
export function connect(call: Call, network: DemoNetwork): Reply {
  const container = memberOf(call);
  if (container.networks.includes(network.name))
    fail(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  if (networkMode(container) === "host")
    fail(403, "container sharing network namespace with host cannot be connected to any other network");
  const joined = isLive(container) ? { ...container.joined, [network.name]: network.id } : container.joined;
  call.world.patch(container.id, { networks: [...container.networks, network.name], joined });
  tell(call, network, container, "connect");
  return empty(200);
}

/** Takes a container out of a network; throws ApiError 404 when it is not in it. */
export function disconnect(call: Call, network: DemoNetwork): Reply {
  const container = memberOf(call);
  if (!container.networks.includes(network.name))
    fail(404, `container ${container.id} is not connected to network ${network.name}`);
  const networks = container.networks.filter((name) => name !== network.name);
  const { [network.name]: _left, ...joined } = container.joined;
  call.world.patch(container.id, { networks, joined });
  tell(call, network, container, "disconnect");
  return empty(200);
}
