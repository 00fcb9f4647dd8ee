import { fromPairs } from "./kind.ts";
import { bindings } from "./ports.ts";
import type { DeviceRate, Gpus, MountUse, Recursion, RunSpec } from "./spec.ts";
import { volumeUse } from "./volumes.ts";

/** A security option that the docker command carries out itself: no path of /proc is hidden or kept read-only. */
export const openSystemPaths = "systempaths=unconfined";

/** The HostConfig that the docker command would send for that spec. */
export function hostConfig(spec: RunSpec): object {
  const { restart, gpus } = spec;
  const open = spec.securityOpt.includes(openSystemPaths);
  return {
    AutoRemove: spec.rm,
    RestartPolicy: { Name: restart?.policy ?? "no", MaximumRetryCount: restart?.maxRetries ?? 0 },
    Init: spec.init,
    ...mounts(spec),
    ...network(spec),
    ...resources(spec),
    Privileged: spec.privileged,
    CapAdd: some(spec.capAdd),
    CapDrop: some(spec.capDrop),
    GroupAdd: some(spec.groupAdd),
    SecurityOpt: some(spec.securityOpt.filter((option) => option !== openSystemPaths)),
    ...(open ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
    Devices: spec.devices.map((device) => ({
      PathOnHost: device.host,
      PathInContainer: device.container,
      CgroupPermissions: device.permissions,
    })),
    DeviceCgroupRules: some(spec.deviceCgroupRules),
    DeviceRequests: gpus === undefined ? undefined : [gpuRequest(gpus)],
    PidMode: spec.pid ?? "",
    IpcMode: spec.ipc ?? "",
    UTSMode: spec.uts ?? "",
    UsernsMode: spec.userns ?? "",
    CgroupnsMode: spec.cgroupns,
    Runtime: spec.runtime,
    LogConfig: { Type: spec.logDriver ?? "", Config: fromPairs(spec.logOpts) },
  };
}

function mounts(spec: RunSpec): object {
  const binds = spec.volumes.filter(({ kind }) => kind !== "anonymous").map(volumeUse.print);
  return {
    Binds: some(binds),
    Mounts: some(spec.mounts.map(mount)),
    Tmpfs: Object.fromEntries(spec.tmpfs.map(({ target, options }) => [target, options])),
    VolumesFrom: some(spec.volumesFrom),
    VolumeDriver: spec.volumeDriver ?? "",
    ReadonlyRootfs: spec.readOnly,
    StorageOpt: spec.storage.length > 0 ? fromPairs(spec.storage) : undefined,
  };
}

function network(spec: RunSpec): object {
  return {
    NetworkMode: spec.network ?? "default",
    PortBindings: bindings(spec.ports),
    PublishAllPorts: spec.publishAll,
    Links: some(spec.links),
    // Never null, as of docker: it was a trap for those who read it.
    Dns: spec.dns,
    DnsSearch: spec.dnsSearch,
    DnsOptions: spec.dnsOptions,
    ExtraHosts: some(spec.hosts.map(({ name, ip }) => `${name}:${ip}`)),
  };
}

function resources(spec: RunSpec): object {
  return {
    Memory: spec.memory ?? 0,
    MemorySwap: spec.memorySwap ?? 0,
    MemoryReservation: spec.memoryReservation ?? 0,
    MemorySwappiness: spec.memorySwappiness ?? -1,
    ShmSize: spec.shmSize ?? 0,
    NanoCpus: Math.round((spec.cpus ?? 0) * 1e9),
    CpuShares: spec.cpuShares ?? 0,
    CpusetCpus: spec.cpusetCpus ?? "",
    CpusetMems: spec.cpusetMems ?? "",
    CpuPeriod: spec.cpuPeriod ?? 0,
    CpuQuota: spec.cpuQuota ?? 0,
    PidsLimit: spec.pidsLimit ?? 0,
    BlkioWeight: spec.blkioWeight ?? 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: rates(spec.deviceReadBps),
    BlkioDeviceWriteBps: rates(spec.deviceWriteBps),
    BlkioDeviceReadIOps: rates(spec.deviceReadIops),
    BlkioDeviceWriteIOps: rates(spec.deviceWriteIops),
    OomKillDisable: spec.oomKillDisable,
    OomScoreAdj: spec.oomScoreAdj ?? 0,
    Ulimits: some(
      spec.ulimits
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    ),
    Sysctls: fromPairs(spec.sysctls),
    CgroupParent: spec.cgroupParent ?? "",
  };
}

const some = <Value>(values: readonly Value[]) => (values.length > 0 ? values : undefined);

const rates = (list: readonly DeviceRate[]) =>
  some(list.map(({ path, rate }) => ({ Path: path, Rate: rate })));

function gpuRequest(gpus: Gpus): object {
  const which =
    "ids" in gpus ? { Count: 0, DeviceIDs: gpus.ids } : { Count: gpus.count === "all" ? -1 : gpus.count };
  return { Driver: "", ...which, Capabilities: [["gpu"]], Options: {} };
}

/** How `bind-recursive` is told to the engine. */
const recursion: Readonly<Record<Recursion, object>> = {
  enabled: {},
  disabled: { NonRecursive: true },
  writable: { ReadOnlyNonRecursive: true },
  readonly: { ReadOnlyForceRecursive: true },
};

function mount(use: MountUse): object {
  return {
    Type: use.type,
    Source: "source" in use ? use.source : undefined,
    Target: use.target,
    ReadOnly: use.readOnly,
    Consistency: use.consistency,
    ...mountOptions(use),
  };
}

function mountOptions(use: MountUse): object {
  if (use.type === "bind") {
    if (use.propagation === undefined && use.recursive === undefined) return {};
    return { BindOptions: { Propagation: use.propagation, ...recursion[use.recursive ?? "enabled"] } };
  }
  if (use.type === "tmpfs") {
    if (use.size === undefined && use.mode === undefined) return {};
    return { TmpfsOptions: { SizeBytes: use.size, Mode: use.mode } };
  }
  const { driver, options, labels, nocopy, subpath } = use;
  const named = driver !== undefined || options.length > 0;
  if (!named && labels.length === 0 && !nocopy && subpath === undefined) return {};
  return {
    VolumeOptions: {
      NoCopy: nocopy,
      Subpath: subpath,
      ...(labels.length > 0 ? { Labels: fromPairs(labels) } : {}),
      ...(named ? { DriverConfig: { Name: driver, Options: some(options) && fromPairs(options) } } : {}),
    },
  };
}
