import { isIP } from "node:net";
import { type Kind, no, ok, type Parsed } from "./kind.ts";
import type { ExposedPort, PortRange, Protocol, PublishedPort } from "./spec.ts";

const wanted = "is not a port: 8080:80, 127.0.0.1:53:53/udp, 8000-8010:8000-8010";

/** A published port: "[ip:][host[-host]:]container[-container][/protocol]". */
export const publishedPort: Kind<PublishedPort> = {
  takes: "[ip:][host:]container[/protocol]",
  parse(text) {
    const short = text.includes("=") ? shortNotation(text) : text;
    const match = /^(?:(\[[^\]]*\]|[^[\]]*?):)??(?:([^:]*):)?([^:/]+)(?:\/(\w+))?$/.exec(short ?? "");
    if (match === null) return no(wanted);
    const [, bracketed, host, inside = "", carrier = "tcp"] = match;
    const ip = bracketed?.replace(/^\[(.*)\]$/, "$1");
    if (ip !== undefined && ip !== "" && isIP(ip) === 0) return no(`has ${ip}, which is not an IP address`);
    const container = range(inside, 1);
    const outside = host ? range(host, 0) : undefined;
    const protocol = protocolOf(carrier);
    if (protocol === undefined) return no(`has the protocol ${carrier}, which is none of tcp, udp, sctp`);
    if (container === undefined || (host && outside === undefined)) return no(wrongPort(inside, host));
    if (outside && length(container) > 1 && length(outside) !== length(container))
      return no("has ranges of different lengths");
    return ok({ ...(ip ? { ip } : {}), ...(outside ? { host: outside } : {}), container, protocol });
  },
  print({ ip, host, container, protocol }) {
    const address = ip === undefined ? "" : `${ip.includes(":") ? `[${ip}]` : ip}:`;
    const outside = host ? `${rangeText(host)}:` : ip === undefined ? "" : ":";
    return `${address}${outside}${rangeText(container)}${protocol === "tcp" ? "" : `/${protocol}`}`;
  },
};

/** A port that is named only: "80", "7000-7010/udp". */
export const exposedPort: Kind<ExposedPort> = {
  takes: "port[/protocol]",
  parse(text): Parsed<ExposedPort> {
    const [, inside = "", carrier = "tcp"] = /^([\d-]+)(?:\/(\w+))?$/.exec(text) ?? [];
    const ports = range(inside, 1);
    const protocol = protocolOf(carrier);
    return ports && protocol ? ok({ ports, protocol }) : no("is not a port: 80, 7000-7010/udp");
  },
  print: ({ ports, protocol }) => `${rangeText(ports)}${protocol === "tcp" ? "" : `/${protocol}`}`,
};

/** "80" or "80-90", as the engine and docker write it. */
export function rangeText({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** How many ports. */
export function length({ from, to }: PortRange): number {
  return to - from + 1;
}

/** A range of ports no lower than `min`; undefined when it is none. */
export function range(text: string, min: number): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= min && to >= from && to <= 65_535 ? { from, to } : undefined;
}

/** The protocol by its name in any case, or undefined. */
export function protocolOf(text: string): Protocol | undefined {
  return (["tcp", "udp", "sctp"] as const).find((protocol) => protocol === text.toLowerCase());
}

/** The ports to publish by "80/tcp", as the engine takes them. */
export function bindings(
  ports: readonly PublishedPort[],
): Record<string, { HostIp: string; HostPort: string }[]> {
  const found: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { ip = "", host, container, protocol } of ports)
    for (let step = 0; step < length(container); step += 1) {
      const any = host && length(container) === 1 ? rangeText(host) : undefined;
      const own = host === undefined ? "" : String(host.from + step);
      const name = `${container.from + step}/${protocol}`;
      found[name] = [...(found[name] ?? []), { HostIp: ip, HostPort: any ?? own }];
    }
  return found;
}

function wrongPort(inside: string, host = ""): string {
  const wrong = range(inside, 1) === undefined ? inside : host;
  return /^[\d-]+$/.test(wrong) ? `has ${wrong}, which is not a port from 1 to 65535` : wanted;
}

/** "published=8080,target=80,protocol=udp" in the other notation. */
function shortNotation(text: string): string | undefined {
  const fields = new Map(text.split(",").map((field) => [field.split("=")[0], field.split("=")[1]]));
  const known = [...fields.keys()].every((key) =>
    ["published", "target", "protocol", "mode"].includes(key ?? ""),
  );
  const target = fields.get("target");
  if (!known || target === undefined) return undefined;
  return `${fields.get("published") ?? ""}:${target}/${fields.get("protocol") ?? "tcp"}`;
}
