import type { Container } from "../../../docker/containers.ts";
import { faultOfCpus, faultOfCpuset, faultOfIp } from "../../../docker/edits/faults.ts";
import { isUserDefined } from "../../../docker/run/networks.ts";
import type { RunSpec } from "../../../docker/run/spec.ts";
import { aboutOf, type Session } from "../../session.ts";
import { said } from "../states.ts";
import type { After } from "./answers.ts";
import { hasImage } from "./images.ts";
import { portClash } from "./port-clash.ts";

/** Something to say of a line, given what the engine has at this moment; undefined when there is nothing. */
export type Check = (spec: RunSpec, session: Session, after: After) => string | undefined;

const containersOf = ({ sources }: Session) => sources.containers.get().items;
const find = (session: Session, name: string): Container | undefined =>
  containersOf(session).find(
    (one) => one.name === name || (/^[0-9a-f]{4,}$/.test(name) && one.id.startsWith(name)),
  );

/** Whose network it uses, where it is another container's. */
function networkHolder({ network }: RunSpec): string | undefined {
  return /^container:(.*)$/.exec(network ?? "")?.[1];
}

/** The network of that name; undefined when there is none, or the list is not known yet. */
function networkIn({ sources }: Session, wanted: string | undefined) {
  return sources.networks.get().items.find(({ name, id }) => name === wanted || id === wanted);
}

/** Whether the engine has the image; undefined while it has not told. */
function isThere({ sources }: Session, image: string): boolean | undefined {
  const { items, loadedAt } = sources.images.get();
  return loadedAt === undefined ? undefined : hasImage(items, image);
}

/** What the engine would refuse as things stand, by line. */
export const liveFaults: Readonly<Record<string, Check>> = {
  image: ({ image, pull }, session) =>
    pull === "never" && isThere(session, image) === false
      ? "It is not on this engine, and shall never be pulled."
      : undefined,
  name(spec, session) {
    const name = spec.name?.replace(/^\//, "");
    const holder = containersOf(session).find((one) => one.name === name);
    return holder && `${name} is the name of ${holder.id.slice(0, 12)}, which is ${said(holder.state)}.`;
  },
  publish: ({ ports, network }, session) =>
    network === "host" ? undefined : portClash(ports, containersOf(session)),
  network(spec, session) {
    const holder = networkHolder(spec);
    if (holder !== undefined && !find(session, holder)) return `There is no container ${holder}.`;
    const known = session.sources.networks.get().loadedAt !== undefined;
    const wanted = [spec.network, ...spec.moreNetworks.map(({ name }) => name)].filter(isUserDefined);
    const missing = known ? wanted.find((name) => !networkIn(session, name)) : undefined;
    return missing === undefined
      ? undefined
      : `There is no network ${missing}: docker network create ${missing} makes one.`;
  },
  ip({ ip, network }, session) {
    return ip === undefined ? undefined : faultOfIp(ip, networkIn(session, network)?.subnets);
  },
  "volumes-from": ({ volumesFrom }, session) => {
    const missing = volumesFrom.map((from) => from.split(":")[0] ?? "").find((name) => !find(session, name));
    return missing === undefined ? undefined : `There is no container ${missing}.`;
  },
  cpus: ({ cpus }, session) =>
    cpus === undefined || cpus === 0 ? undefined : faultOfCpus(String(cpus), aboutOf(session)?.cores),
  "cpuset-cpus": ({ cpusetCpus }, session) =>
    cpusetCpus === undefined ? undefined : faultOfCpuset(cpusetCpus, aboutOf(session)?.cores),
};

/** What should be known though it will do, by line. */
export const advices: Readonly<Record<string, Check>> = {
  image({ image, pull }, session) {
    if (pull === "always") return "It will be pulled first, whether it is there or not.";
    return isThere(session, image) === false ? "Not on this engine: it will be pulled first." : undefined;
  },
  network(spec, session) {
    const holder = find(session, networkHolder(spec) ?? "");
    return holder && holder.state !== "running"
      ? `${holder.name} is ${said(holder.state)}: it must run when this one starts.`
      : undefined;
  },
  publish: ({ network, ports }) =>
    (network === "host" || network === "none") && ports.length > 0
      ? `With the network ${network} no port is published.`
      : undefined,
  volume({ volumes }, session) {
    const { items, loadedAt } = session.sources.volumes.get();
    const made = volumes.flatMap((use) => (use.kind === "volume" ? [use.source] : []));
    const fresh = made.filter((name) => !items.some((volume) => volume.name === name));
    const folders = volumes.flatMap((use) => (use.kind === "bind" ? [use.source] : []));
    const told = [
      loadedAt !== undefined && fresh.length > 0 ? `A new volume will be made: ${fresh.join(", ")}.` : "",
      folders.length > 0
        ? `Where ${folders.join(", ")} is missing on the host, an empty folder is made.`
        : "",
    ];
    return told.join(" ").trim() || undefined;
  },
  "health-interval": ({ healthCmd, healthIntervalMs }) =>
    healthIntervalMs !== undefined && healthCmd === undefined ? "For the image's own check." : undefined,
};
