import { list, number, record } from "../raw.ts";
import { entries, type Raw, raw, words } from "../run/from-raw.ts";
import { ownMac } from "../run/own-mac.ts";

/** A network that a container was in, by its name and the id it had, and how the container joined it. */
export type Joined = { name: string; networkId: string; endpoint: Raw };

/** What a container's inspect stands for that is looked up before it is created again. */
export type Surroundings = {
  /** The image, as the engine finds it now. */
  image: string;
  /** Whether a volume still exists. */
  hasVolume(name: string): boolean;
  /** The id a container has now. */
  idNow(id: string): string;
};

/**
 * The body of POST /containers/create for a container like the inspected one: its Config and HostConfig as they were,
 * without what the engine had filled in itself. Text stays as it came, since it goes back to the engine.
 */
export function createBody(inspect: unknown, around: Surroundings): Raw {
  const { Id, Config, HostConfig, Mounts } = record(inspect);
  const [config, host] = [record(Config), record(HostConfig)];
  const main = joinedFirst(inspect);
  // Its MAC address in that network is the one of its Config, or was made up.
  const { MacAddress: _, ...joined } = main?.endpoint ?? {};
  return {
    ...config,
    ...ownNames(config, host, raw(Id)),
    // Nothing at all would be taken for the entrypoint of the image.
    Entrypoint: words(config.Entrypoint).length > 0 ? config.Entrypoint : [""],
    Image: around.image,
    HostConfig: {
      ...host,
      ...cpuTime(host),
      ...withVolumes(config, host, list(Mounts).map(record), around.hasVolume),
      ...sharing(host, around.idNow),
    },
    NetworkingConfig:
      main && Object.keys(joined).length > 0 ? { EndpointsConfig: { [main.name]: joined } } : {},
  };
}

/** A host name is one's own where the engine made none of the id, and where none is taken over from elsewhere. */
function ownNames(config: Raw, host: Raw, id: string): Raw {
  if (raw(host.NetworkMode).startsWith("container:"))
    return { Hostname: "", Domainname: "", ExposedPorts: undefined };
  const isMadeUp = raw(config.Hostname) === id.slice(0, 12) || raw(host.UTSMode) === "host";
  return isMadeUp ? { Hostname: "" } : {};
}

/** Podman tells a number of CPUs as period and quota too, and takes one of both only. */
function cpuTime({ NanoCpus }: Raw): Raw {
  return number(NanoCpus) > 0 ? { CpuPeriod: 0, CpuQuota: 0 } : {};
}

/** Anonymous volumes that still exist are mounted by their names; the engine makes the others anew. */
function withVolumes(
  config: Raw,
  host: Raw,
  mounts: readonly Raw[],
  hasVolume: (name: string) => boolean,
): Raw {
  const kept = (target: string) => {
    const mount = mounts.find(({ Type, Destination }) => Type === "volume" && Destination === target);
    const name = raw(mount?.Name);
    return name !== "" && hasVolume(name) ? { name, mode: mount?.RW === false ? ":ro" : "" } : undefined;
  };
  const binds = words(host.Binds).map((bind) => {
    const volume = bind.includes(":") ? undefined : kept(bind);
    return volume ? `${volume.name}:${bind}` : bind;
  });
  const wishes = list(host.Mounts).map((wish) => {
    const { Type, Source, Target } = record(wish);
    const volume = Type === "volume" && !Source ? kept(raw(Target)) : undefined;
    return volume ? { ...record(wish), Source: volume.name } : wish;
  });
  const taken = new Set([
    ...words(host.Binds).map((bind) => bind.split(":")[bind.includes(":") ? 1 : 0] ?? ""),
    ...list(host.Mounts).map((wish) => raw(record(wish).Target)),
  ]);
  const anonymous = entries(config.Volumes).flatMap(([target]) => {
    const volume = taken.has(target) ? undefined : kept(target);
    return volume ? [`${volume.name}:${target}${volume.mode}`] : [];
  });
  return {
    ...(binds.length + anonymous.length > 0 ? { Binds: [...binds, ...anonymous] } : {}),
    ...(wishes.length > 0 ? { Mounts: wishes } : {}),
  };
}

/** "container:" and an id: whose network, processes or memory it uses. */
function sharing(host: Raw, idNow: (id: string) => string): Raw {
  const modes = ["NetworkMode", "IpcMode", "PidMode"].flatMap((field) => {
    const [kind, id] = raw(host[field]).split(":", 2);
    return kind === "container" && id ? [[field, `container:${idNow(id)}`]] : [];
  });
  return Object.fromEntries(modes);
}

/** The networks a container was in, with what was said about each when it joined. */
export function joinedNetworks(inspect: unknown): readonly Joined[] {
  const { Id, NetworkSettings } = record(inspect);
  return entries(record(NetworkSettings).Networks).map(([name, value]) => {
    const { NetworkID, IPAMConfig, Links, Aliases, DriverOpts, GwPriority } = record(value);
    const mac = ownMac(record(value));
    const aliases = words(Aliases).filter((alias) => alias !== raw(Id).slice(0, 12));
    const said = { IPAMConfig, Links, DriverOpts, GwPriority };
    return {
      name,
      networkId: raw(NetworkID),
      endpoint: {
        ...Object.fromEntries(Object.entries(said).filter(([, field]) => field != null)),
        ...(aliases.length > 0 ? { Aliases: aliases } : {}),
        ...(mac === "" ? {} : { MacAddress: mac }),
      },
    };
  });
}

/** The network a container is in from its creation; undefined where it left that, or never had one of its own. */
export function joinedFirst(inspect: unknown): Joined | undefined {
  const mode = modeOf(inspect);
  const all = joinedNetworks(inspect);
  const byId = /^[0-9a-f]{12,}$/.test(mode) ? mode : " ";
  return all.find(({ name }) => name === mode) ?? all.find(({ networkId }) => networkId.startsWith(byId));
}

/** The name or id of the network that the engine joins by itself; empty where it joins none. */
export function modeOf(inspect: unknown): string {
  const mode = raw(record(record(inspect).HostConfig).NetworkMode);
  if (mode.startsWith("container:")) return "";
  return mode === "default" || mode === "" ? "bridge" : mode;
}
