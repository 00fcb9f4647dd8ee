import { isLive } from "./container-filters.ts";
import { sizeOf } from "./images.ts";
import { endpoints, networkMode } from "./networking.ts";
import { mountRows } from "./rows.ts";
import type { DemoContainer } from "./types.ts";
import { stamp, stampOrZero } from "./units.ts";
import type { DemoWorld } from "./world.ts";

/** The process id of a running container's first process on the host; 0 when it does not run. */
export const pidOf = (container: DemoContainer): number =>
  container.status === "running" || container.status === "paused" ? 2000 + container.ordinal * 17 : 0;

const state = (container: DemoContainer) => ({
  Status: container.status,
  Running: isLive(container),
  Paused: container.status === "paused",
  Restarting: container.status === "restarting",
  OOMKilled: container.oomKilled,
  Dead: container.status === "dead",
  Pid: pidOf(container),
  ExitCode: container.exitCode,
  Error: container.error,
  StartedAt: stampOrZero(container.startedAt),
  FinishedAt: stampOrZero(container.finishedAt),
  ...(container.health === undefined ? {} : { Health: healthOf(container.health) }),
});

const healthOf = ({ status, failingStreak, log }: NonNullable<DemoContainer["health"]>) => ({
  Status: status,
  FailingStreak: failingStreak,
  Log: log.map(({ at, exitCode, output }) => ({
    Start: stamp(at),
    End: stamp(at + 87),
    ExitCode: exitCode,
    Output: output,
  })),
});

const config = (container: DemoContainer) => ({
  Hostname: container.id.slice(0, 12),
  Domainname: "",
  User: "",
  AttachStdin: false,
  AttachStdout: !container.tty,
  AttachStderr: !container.tty,
  ExposedPorts: Object.fromEntries(container.ports.map((port) => [`${port.privatePort}/${port.type}`, {}])),
  Tty: container.tty,
  OpenStdin: container.tty,
  StdinOnce: false,
  Env: container.env,
  Cmd: container.command,
  ...(container.health === undefined
    ? {}
    : { Healthcheck: { Test: ["CMD-SHELL", "wget -qO- localhost/health || exit 1"], Interval: 10e9 } }),
  Image: container.image,
  Volumes: null,
  WorkingDir: "/",
  Entrypoint: null,
  OnBuild: null,
  Labels: container.labels,
  ...(container.stopTimeout === undefined ? {} : { StopTimeout: container.stopTimeout }),
  ...container.asked?.config,
});

/** Ports of the container as HostConfig and NetworkSettings write them. */
const bindings = (container: DemoContainer, hosts: readonly string[]) =>
  Object.fromEntries(
    container.ports.map(({ privatePort, publicPort, type, ip }) => [
      `${privatePort}/${type}`,
      publicPort === undefined
        ? null
        : (ip === undefined ? hosts : [ip]).map((HostIp) => ({ HostIp, HostPort: String(publicPort) })),
    ]),
  );

/** The mounts as Binds write them, where no create call said them. */
const bindsOf = ({ mounts }: DemoContainer): string[] =>
  mounts
    .filter(({ type }) => type !== "tmpfs")
    .map((mount) => `${mount.name ?? mount.source}:${mount.destination}:${mount.writable ? "rw" : "ro"}`);

const hostConfig = (container: DemoContainer) => ({
  Binds: container.asked === undefined ? bindsOf(container) : null,
  ContainerIDFile: "",
  LogConfig: { Type: container.logDriver, Config: {} },
  NetworkMode: networkMode(container),
  PortBindings: bindings(container, [""]),
  RestartPolicy: { Name: container.restartPolicy, MaximumRetryCount: 0 },
  AutoRemove: container.autoRemove ?? false,
  Privileged: false,
  CapAdd: null,
  CapDrop: null,
  Memory: container.memoryLimit,
  MemorySwap: container.memoryLimit * 2,
  NanoCpus: container.nanoCpus,
  CpuShares: 0,
  CpuPeriod: 0,
  CpuQuota: 0,
  PidsLimit: null,
  OomKillDisable: null,
  ReadonlyRootfs: false,
  ShmSize: 67_108_864,
  Runtime: "runc",
  ...container.asked?.host,
});

const networkSettings = (world: DemoWorld, container: DemoContainer) => {
  const all = endpoints(world, container);
  const bridge = all.bridge;
  return {
    Bridge: "",
    SandboxID: isLive(container) ? container.id.split("").reverse().join("") : "",
    Ports: isLive(container) ? bindings(container, ["0.0.0.0", "::"]) : {},
    Gateway: bridge?.Gateway ?? "",
    IPAddress: bridge?.IPAddress ?? "",
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    MacAddress: bridge?.MacAddress ?? "",
    Networks: all,
  };
};

const graphDriver = (id: string) => ({
  Name: "overlay2",
  Data: {
    LowerDir: `/var/lib/docker/overlay2/${id}-init/diff`,
    MergedDir: `/var/lib/docker/overlay2/${id}/merged`,
    UpperDir: `/var/lib/docker/overlay2/${id}/diff`,
    WorkDir: `/var/lib/docker/overlay2/${id}/work`,
  },
});

/** The whole inspect object of a container; `size` adds SizeRw and SizeRootFs in bytes. */
export function inspectContainer(world: DemoWorld, container: DemoContainer, size: boolean) {
  const { id } = container;
  const image = world.images.get(container.imageId);
  const root = container.sizeRw + (image === undefined ? 0 : sizeOf(image));
  const execs = [...world.execs.values()].filter((exec) => exec.container === id && exec.running);
  return {
    Id: id,
    Created: stamp(container.created),
    Path: container.command[0] ?? "",
    Args: container.command.slice(1),
    State: state(container),
    Image: container.imageId,
    ResolvConfPath: `/var/lib/docker/containers/${id}/resolv.conf`,
    HostnamePath: `/var/lib/docker/containers/${id}/hostname`,
    HostsPath: `/var/lib/docker/containers/${id}/hosts`,
    LogPath: container.logDriver === "none" ? "" : `/var/lib/docker/containers/${id}/${id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: "overlay2",
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: "docker-default",
    ExecIDs: execs.length === 0 ? null : execs.map((exec) => exec.id),
    HostConfig: hostConfig(container),
    GraphDriver: graphDriver(id),
    ...(size ? { SizeRw: container.sizeRw, SizeRootFs: root } : {}),
    Mounts: mountRows(container.mounts),
    Config: config(container),
    NetworkSettings: networkSettings(world, container),
  };
}
