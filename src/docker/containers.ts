import { labels, list, number, record, text } from "./raw.ts";
import { readStatus } from "./status.ts";

/** The states of a container, in Docker's words. */
export type ContainerState = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";

/** What a health check says; absent where there is none. */
export type Health = "starting" | "healthy" | "unhealthy";

/** A port of a container; `public` is where the host publishes it. */
export type Port = { private: number; public?: number; ip?: string; protocol: string };

/** What a container mounts; `name` is a volume's name or a bind mount's path. */
export type Mount = { kind: string; name: string; target: string; readOnly: boolean };

/** A container as the list endpoint tells it; all text is clean, times are ms, sizes bytes. */
export type Container = {
  id: string;
  name: string;
  image: string;
  imageId: string;
  command: string;
  created: number;
  state: ContainerState;
  health?: Health;
  exitCode?: number;
  /** The engine's own words for all this, "Up 3 hours (healthy)". */
  status: string;
  /** When it came into this state, as exact as the engine's words ("Up 3 hours"); `Detail` knows it to the second. */
  since?: number;
  ports: readonly Port[];
  /** Whose network it is in instead of one of its own: the host's, or that of the container of this id. */
  sharesNetwork?: "host" | { id: string };
  labels: Readonly<Record<string, string>>;
  project?: string;
  service?: string;
  networks: readonly string[];
  mounts: readonly Mount[];
  /** Bytes in the writable layer; only in lists that asked for sizes. */
  size?: number;
};

/** One row of `GET /containers/json`, read at `now`. */
export function toContainer(value: unknown, now: number): Container {
  const raw = record(value);
  const found = labels(raw.Labels);
  const status = readStatus(text(raw.Status));
  const project = found["com.docker.compose.project"];
  const service = found["com.docker.compose.service"];
  return {
    id: text(raw.Id),
    name: ownName(list(raw.Names)),
    image: shortImage(text(raw.Image)),
    imageId: text(raw.ImageID),
    command: text(raw.Command),
    created: number(raw.Created) * 1000,
    state: toState(raw.State),
    status: text(raw.Status),
    ...(status.health ? { health: status.health } : {}),
    ...(status.exitCode === undefined ? {} : { exitCode: status.exitCode }),
    ...(status.ageMs === undefined ? {} : { since: now - status.ageMs }),
    ports: toPorts(list(raw.Ports)),
    ...sharing(text(record(raw.HostConfig).NetworkMode)),
    labels: found,
    ...(project ? { project } : {}),
    ...(service ? { service } : {}),
    networks: Object.keys(record(record(raw.NetworkSettings).Networks)).map(text),
    mounts: list(raw.Mounts).map(toMount),
    ...(raw.SizeRootFs === undefined ? {} : { size: number(raw.SizeRw) }),
  };
}

const states: readonly string[] = [
  "created",
  "running",
  "paused",
  "restarting",
  "removing",
  "exited",
  "dead",
];

function toState(value: unknown): ContainerState {
  const state = text(value).toLowerCase();
  return states.includes(state) ? (state as ContainerState) : "created";
}

/** A container that others link to has names such as "/other/alias" too: its own is the one with a single slash. */
function ownName(names: readonly unknown[]): string {
  const all = names.map(text);
  const own = all.find((name) => name.lastIndexOf("/") === 0) ?? all[0] ?? "";
  return own.replace(/^\//, "");
}

/** An image that has no name any more is listed by its id: as docker ps, by its first twelve digits. */
function shortImage(image: string): string {
  return image.replace(/^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/, "$1");
}

function sharing(mode: string): Pick<Container, "sharesNetwork"> {
  if (mode === "host") return { sharesNetwork: "host" };
  const [, id] = /^container:(.+)$/.exec(mode) ?? [];
  return id === undefined ? {} : { sharesNetwork: { id } };
}

/** Docker lists a port once per address (0.0.0.0 and ::): those twins become one. */
function toPorts(values: readonly unknown[]): Port[] {
  const ports = new Map<string, Port>();
  for (const value of values) {
    const raw = record(value);
    const port: Port = { private: number(raw.PrivatePort), protocol: text(raw.Type) };
    const open = number(raw.PublicPort);
    if (open > 0) port.public = open;
    const ip = text(raw.IP);
    if (ip !== "" && ip !== "0.0.0.0" && ip !== "::") port.ip = ip;
    ports.set(`${port.ip ?? ""}:${port.public ?? ""}:${port.private}/${port.protocol}`, port);
  }
  return [...ports.values()].sort((a, b) => a.private - b.private || (a.public ?? 0) - (b.public ?? 0));
}

function toMount(value: unknown): Mount {
  const raw = record(value);
  const kind = text(raw.Type);
  return {
    kind,
    name: text(kind === "volume" ? raw.Name : raw.Source),
    target: text(raw.Destination),
    readOnly: raw.RW === false,
  };
}
