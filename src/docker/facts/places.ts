import { byName } from "../../format/natural.ts";
import { list, number, record, text } from "../raw.ts";

/** A port the container names; `bindings` are where the host publishes it, none when it is only exposed. */
export type PortFacts = {
  port: number;
  protocol: string;
  bindings: readonly { ip: string; port: number }[];
};

/** A network the container is in; an address is "" while it does not run. */
export type NetworkFacts = {
  name: string;
  id: string;
  ip: string;
  ip6: string;
  gateway: string;
  mac: string;
  aliases: readonly string[];
};

/** A mount: `source` is a path of the host, or "" for tmpfs; `name` and `driver` are a volume's. */
export type MountFacts = {
  kind: string;
  source: string;
  name?: string;
  target: string;
  readOnly: boolean;
  propagation: string;
  driver?: string;
};

/** The ports in an answer of `GET /containers/{id}/json`; of one that does not run, those it will publish. */
export function toPortFacts(value: unknown): PortFacts[] {
  const raw = record(value);
  const live = record(record(raw.NetworkSettings).Ports);
  const wanted = record(record(raw.HostConfig).PortBindings);
  const exposed = record(record(raw.Config).ExposedPorts);
  const keys = new Set([...Object.keys(exposed), ...Object.keys(wanted), ...Object.keys(live)]);
  const ports = [...keys].map((key) => {
    const [port, protocol = "tcp"] = key.split("/");
    const bindings = list(live[key] ?? (Object.keys(live).length > 0 ? [] : wanted[key])).map((entry) => {
      const { HostIp, HostPort } = record(entry);
      return { ip: text(HostIp), port: Number(text(HostPort)) || 0 };
    });
    return { port: Number(port), protocol: text(protocol), bindings };
  });
  return ports.sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}

/** The networks in an answer of `GET /containers/{id}/json`. */
export function toNetworkFacts(value: unknown): NetworkFacts[] {
  const networks = record(record(record(value).NetworkSettings).Networks);
  const all = Object.entries(networks).map(([name, entry]) => {
    const raw = record(entry);
    return {
      name: text(name),
      id: text(raw.NetworkID),
      ip: text(raw.IPAddress),
      ip6: text(raw.GlobalIPv6Address),
      gateway: text(raw.Gateway),
      mac: text(raw.MacAddress),
      aliases: list(raw.Aliases).map(text),
    };
  });
  return all.sort(byName);
}

/** The mounts in an answer of `GET /containers/{id}/json`; a tmpfs of --tmpfs is told elsewhere than all others. */
export function toMountFacts(value: unknown): MountFacts[] {
  const raw = record(value);
  const mounts = list(raw.Mounts).map(toMount);
  const known = new Set(mounts.map(({ target }) => target));
  const tmpfs = Object.entries(record(record(raw.HostConfig).Tmpfs))
    .map(([target, options]) => ({ target: text(target), readOnly: text(options).split(",").includes("ro") }))
    .filter(({ target }) => !known.has(target));
  return [...mounts, ...tmpfs.map((one) => ({ kind: "tmpfs", source: "", propagation: "", ...one }))];
}

function toMount(value: unknown): MountFacts {
  const raw = record(value);
  const name = text(raw.Name);
  const driver = text(raw.Driver);
  return {
    kind: text(raw.Type),
    source: text(raw.Source),
    ...(name === "" ? {} : { name }),
    target: text(raw.Destination),
    readOnly: raw.RW === false,
    propagation: text(raw.Propagation),
    ...(driver === "" ? {} : { driver }),
  };
}

/** The driver that holds the container's files, with what it says of itself (paths, for overlay2). */
export type StorageFacts = { driver: string; data: Readonly<Record<string, string>> };

/** The storage in an answer of `GET /containers/{id}/json`. */
export function toStorageFacts(value: unknown): StorageFacts {
  const raw = record(value);
  const graph = record(raw.GraphDriver);
  const data = Object.entries(record(graph.Data)).map(([key, entry]) => [
    text(key),
    typeof entry === "number" ? String(number(entry)) : text(entry),
  ]);
  return { driver: text(graph.Name) || text(raw.Driver), data: Object.fromEntries(data) };
}
