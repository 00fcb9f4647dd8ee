import { type ComposeLabels, composeLabels } from "../compose-labels.ts";
import type { Gate } from "../gate.ts";
import { labels, list, moment, record, text } from "../raw.ts";
import { type CommandFacts, toCommandFacts } from "./command.ts";
import { toEnv, type Variable } from "./env.ts";
import { type Limits, toLimits } from "./limits.ts";
import { cgroupPath, type LocalFiles, localFiles, logBytes } from "./local.ts";
import {
  type MountFacts,
  type NetworkFacts,
  type PortFacts,
  type StorageFacts,
  toMountFacts,
  toNetworkFacts,
  toPortFacts,
  toStorageFacts,
} from "./places.ts";
import { type SecurityFacts, toSecurityFacts } from "./security.ts";
import { type StateFacts, toStateFacts } from "./state.ts";

/** The image a container was made of: `name` as it was asked for, `digests` as registries know it. */
export type ImageFacts = { name: string; id: string; digests: readonly string[] };

/** Where a container's output goes; `path` and `bytes` where the engine and this machine can tell. */
export type LogFacts = {
  driver: string;
  options: Readonly<Record<string, string>>;
  path?: string;
  bytes?: number;
};

/** Where Compose has it from. */
export type ComposeFacts = Omit<ComposeLabels, "envFiles">;

/** All that one inspect of a container says, clean and in our words; times in ms, sizes in bytes. */
export type ContainerFacts = StateFacts & {
  id: string;
  name: string;
  created?: number;
  platform: string;
  image: ImageFacts;
  command: CommandFacts;
  ports: readonly PortFacts[];
  networkMode: string;
  /** The container whose network it is in (--network container:…), as far as that is there. */
  sharedNetwork?: { name: string; ports: readonly PortFacts[] };
  networks: readonly NetworkFacts[];
  mounts: readonly MountFacts[];
  env: readonly Variable[];
  labels: Readonly<Record<string, string>>;
  limits: Limits;
  cgroupParent: string;
  /** Below the cgroup mount; only while it runs on this machine. */
  cgroup?: string;
  log: LogFacts;
  storage: StorageFacts;
  security: SecurityFacts;
  /** It is removed as soon as it ends (--rm). */
  autoRemove: boolean;
  compose?: ComposeFacts;
};

/** What tells all about one container. */
export type FactVerbs = {
  /** Two or three quick calls; rejects when there is no such container. */
  facts(id: string, signal?: AbortSignal): Promise<ContainerFacts>;
};

/** The facts of that engine's containers; `files` are this machine's, where it may run. */
export function factVerbs(gate: Gate, now: () => number, files: LocalFiles = localFiles): FactVerbs {
  return {
    async facts(id, signal) {
      const raw = record(await gate.call("GET", `/containers/${id}/json`, {}, signal));
      const of = text(raw.Image);
      const asked = of === "" ? undefined : gate.call("GET", `/images/${encodeURI(of)}/json`, {}, signal);
      const image = await (asked && unlessGone(asked));
      const shared = await sharedNetwork(gate, text(record(raw.HostConfig).NetworkMode), signal);
      return {
        ...withLocal(toFacts(raw, image, now()), files),
        ...(shared ? { sharedNetwork: shared } : {}),
      };
    },
  };
}

/** The container that the engine's words "container:ID" name; undefined when there is none, or no more. */
async function sharedNetwork(gate: Gate, networkMode: string, signal: AbortSignal | undefined) {
  const [, id] = /^container:([\w.-]+)$/.exec(networkMode) ?? [];
  if (id === undefined) return undefined;
  const raw = record(await unlessGone(gate.call("GET", `/containers/${id}/json`, {}, signal)));
  return raw.Id === undefined
    ? undefined
    : { name: text(raw.Name).replace(/^\//, ""), ports: toPortFacts(raw) };
}

/** An image can be removed by force below its containers, and the container whose network another one shares. */
async function unlessGone(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** The answers of `GET /containers/{id}/json` and of its image's inspect, read at `now`. */
export function toFacts(value: unknown, image: unknown, now: number): ContainerFacts {
  const raw = record(value);
  const host = record(raw.HostConfig);
  const config = record(raw.Config);
  const limits = toLimits(raw);
  const created = moment(raw.Created);
  const found = labels(config.Labels);
  const compose = toCompose(found);
  return {
    ...toStateFacts(raw, limits, now),
    id: text(raw.Id),
    name: text(raw.Name).replace(/^\//, ""),
    ...(created === undefined ? {} : { created }),
    platform: text(raw.Platform),
    image: {
      name: text(config.Image),
      id: text(raw.Image),
      digests: list(record(image).RepoDigests).map(text),
    },
    command: toCommandFacts(raw),
    ports: toPortFacts(raw),
    networkMode: text(host.NetworkMode),
    networks: toNetworkFacts(raw),
    mounts: toMountFacts(raw),
    env: toEnv(raw),
    labels: found,
    limits,
    cgroupParent: text(host.CgroupParent),
    log: toLog(raw),
    storage: toStorageFacts(raw),
    security: toSecurityFacts(raw),
    autoRemove: host.AutoRemove === true,
    ...(compose ? { compose } : {}),
  };
}

function withLocal(facts: ContainerFacts, files: LocalFiles): ContainerFacts {
  const cgroup = cgroupPath(facts.id, facts.pid, files);
  const bytes = facts.log.path === undefined ? undefined : logBytes(facts.id, facts.log.path, files);
  return {
    ...facts,
    ...(cgroup === undefined ? {} : { cgroup }),
    ...(bytes === undefined ? {} : { log: { ...facts.log, bytes } }),
  };
}

function toLog(raw: Readonly<Record<string, unknown>>): LogFacts {
  const config = record(record(raw.HostConfig).LogConfig);
  const path = text(raw.LogPath);
  return { driver: text(config.Type), options: labels(config.Config), ...(path === "" ? {} : { path }) };
}

function toCompose(found: Readonly<Record<string, string>>): ComposeFacts | undefined {
  const compose = composeLabels(found);
  if (!compose) return undefined;
  const { envFiles: _, ...shown } = compose;
  return shown;
}
