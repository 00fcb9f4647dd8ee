import type { Container } from "../../../docker/containers.ts";
import type { PublishedPort } from "../../../docker/run/spec.ts";

/**
 * Why a port of the host cannot be published: another container that runs has it, or it is asked for twice. One that
 * is stopped holds no port, and the engine's list tells none of it.
 */
export function portClash(
  ports: readonly PublishedPort[],
  containers: readonly Container[],
): string | undefined {
  const asked = ports.flatMap(wanted);
  for (const [index, port] of asked.entries()) {
    const holder = containers.find((container) => container.ports.some((held) => clashes(port, held)));
    const where = `Port ${port.public}${port.protocol === "tcp" ? "" : `/${port.protocol}`} of the host`;
    if (holder) return `${where} is published by ${holder.name}, which is ${holder.state}.`;
    if (asked.slice(0, index).some((other) => clashes(port, other))) return `${where} is asked for twice.`;
  }
  return undefined;
}

type HostPort = { public?: number; ip?: string; protocol: string };

/** Of a range for one port the engine takes whichever is free. */
function wanted({ ip, host, container, protocol }: PublishedPort): HostPort[] {
  if (!host || (host.to > host.from && container.to === container.from)) return [];
  return Array.from({ length: host.to - host.from + 1 }, (_, step) => ({
    public: host.from + step,
    protocol,
    ...(ip === undefined ? {} : { ip }),
  })).filter((port) => port.public > 0);
}

function clashes(port: HostPort, held: HostPort): boolean {
  if (port.public !== held.public || port.protocol !== held.protocol) return false;
  return anyIp(port.ip) || anyIp(held.ip) || port.ip === held.ip;
}

function anyIp(ip: string | undefined): boolean {
  return ip === undefined || ip === "0.0.0.0" || ip === "::";
}
