import { list, number, record } from "../raw.ts";
import { emptySpec } from "./empty-spec.ts";
import { fromMounts } from "./from-mounts.ts";
import { entries, filled, pairs, type Raw, raw, words } from "./from-raw.ts";
import { openSystemPaths } from "./host-config.ts";
import { shortened } from "./kind.ts";
import { extraHost } from "./kinds.ts";
import { publishedPort } from "./ports.ts";
import type { DeviceRate, Gpus, RunSpec } from "./spec.ts";

const defaultShmSize = 64 * 1024 ** 2;

/** What a container's HostConfig says, the defaults of the engine left out; what cannot be said goes to `lost`. */
export function fromHostConfig(host: Raw, info: Raw, lost: string[]): RunSpec {
  for (const [field, sentence] of unsayable) if (isSet(host[field])) lost.push(sentence);
  const { oomKillDisable, ...limits } = resources(host);
  return {
    ...emptySpec,
    ...limits,
    oomKillDisable,
    ...fromMounts(host, lost),
    rm: host.AutoRemove === true,
    ...restartOf(record(host.RestartPolicy)),
    ...(typeof host.Init === "boolean" ? { init: host.Init } : {}),
    ports: portsOf(host.PortBindings, lost),
    publishAll: host.PublishAllPorts === true,
    links: words(host.Links).map((link) => link.replace(/^\/([^:]+):.*\/([^/]+)$/, "$1:$2")),
    dns: words(host.Dns),
    dnsSearch: words(host.DnsSearch),
    dnsOptions: words(host.DnsOptions),
    hosts: words(host.ExtraHosts).flatMap((line) => {
      const parsed = extraHost.parse(line);
      return "value" in parsed ? [parsed.value] : [];
    }),
    ...security(host, lost),
    ...filled(namespaces(host, info)),
    ...logging(record(host.LogConfig), info),
  };
}

/** What has no flag in dockui, or none at all. */
const unsayable: readonly [field: string, sentence: string][] = [
  ["Annotations", "Its annotations are left out"],
  ["BlkioWeightDevice", "Its weights of single block devices are left out"],
  ["CpuRealtimePeriod", "Its real-time CPU period is left out"],
  ["CpuRealtimeRuntime", "Its real-time CPU runtime is left out"],
  ["KernelMemory", "Its limit of kernel memory is left out: kernels no longer have it"],
];

function isSet(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

function restartOf({ Name, MaximumRetryCount }: Raw): Pick<RunSpec, "restart"> {
  const policy = (["always", "unless-stopped", "on-failure"] as const).find((word) => word === Name);
  const maxRetries = number(MaximumRetryCount);
  return policy === undefined ? {} : { restart: { policy, ...(maxRetries > 0 ? { maxRetries } : {}) } };
}

function resources(host: Raw) {
  const memory = number(host.Memory);
  const swap = number(host.MemorySwap);
  const swappiness = host.MemorySwappiness;
  return {
    oomKillDisable: host.OomKillDisable === true,
    ...filled({
      memory,
      // The engine fills in twice the memory.
      memorySwap: swap === 2 * memory ? 0 : swap,
      memoryReservation: number(host.MemoryReservation),
      shmSize: number(host.ShmSize) === defaultShmSize ? 0 : number(host.ShmSize),
      cpus: number(host.NanoCpus) / 1e9,
      cpuShares: number(host.CpuShares),
      // Podman tells a number of CPUs as period and quota too.
      cpuPeriod: number(host.NanoCpus) > 0 ? 0 : number(host.CpuPeriod),
      cpuQuota: number(host.NanoCpus) > 0 ? 0 : number(host.CpuQuota),
      pidsLimit: number(host.PidsLimit),
      blkioWeight: number(host.BlkioWeight),
      oomScoreAdj: number(host.OomScoreAdj),
      cpusetCpus: raw(host.CpusetCpus),
      cpusetMems: raw(host.CpusetMems),
      cgroupParent: raw(host.CgroupParent),
    }),
    ...(typeof swappiness === "number" && swappiness >= 0 ? { memorySwappiness: swappiness } : {}),
    deviceReadBps: rates(host.BlkioDeviceReadBps),
    deviceWriteBps: rates(host.BlkioDeviceWriteBps),
    deviceReadIops: rates(host.BlkioDeviceReadIOps),
    deviceWriteIops: rates(host.BlkioDeviceWriteIOps),
    ulimits: list(host.Ulimits).map((item) => {
      const { Name, Soft, Hard } = record(item);
      return { name: raw(Name), soft: number(Soft), hard: number(Hard) };
    }),
    sysctls: pairs(host.Sysctls),
  };
}

function rates(value: unknown): readonly DeviceRate[] {
  return list(value).map((item) => ({ path: raw(record(item).Path), rate: number(record(item).Rate) }));
}

function portsOf(value: unknown, lost: string[]): RunSpec["ports"] {
  return entries(value).flatMap(([port, bindings]) =>
    list(bindings).flatMap((binding) => {
      const { HostIp, HostPort } = record(binding);
      const ip = raw(HostIp);
      const text = `${ip === "" ? "" : `${ip.includes(":") ? `[${ip}]` : ip}:`}${raw(HostPort)}:${port}`;
      const parsed = publishedPort.parse(text);
      if ("value" in parsed) return [parsed.value];
      lost.push(`The port ${shortened(text)} ${parsed.problem}`);
      return [];
    }),
  );
}

function security(host: Raw, lost: string[]): Partial<RunSpec> {
  const privileged = host.Privileged === true;
  const open = [host.MaskedPaths, host.ReadonlyPaths].every(
    (paths) => Array.isArray(paths) && paths.length === 0,
  );
  // The engine adds label=disable to what is privileged.
  const options = words(host.SecurityOpt).filter((option) => !(privileged && option === "label=disable"));
  const profile = options.find((option) => /^seccomp[=:]\s*\{/.test(option));
  if (profile)
    lost.push("Its seccomp profile came from a file and is left out: it would run with docker's own");
  const { gpus } = gpusOf(list(host.DeviceRequests), lost);
  return {
    privileged,
    capAdd: words(host.CapAdd),
    capDrop: words(host.CapDrop),
    groupAdd: words(host.GroupAdd),
    securityOpt: [
      ...options.filter((option) => option !== profile),
      ...(open && !privileged ? [openSystemPaths] : []),
    ],
    devices: list(host.Devices).map((item) => {
      const { PathOnHost, PathInContainer, CgroupPermissions } = record(item);
      return { host: raw(PathOnHost), container: raw(PathInContainer), permissions: raw(CgroupPermissions) };
    }),
    deviceCgroupRules: words(host.DeviceCgroupRules),
    ...(gpus === undefined ? {} : { gpus }),
  };
}

function gpusOf(requests: readonly unknown[], lost: string[]): { gpus?: Gpus } {
  const [request] = requests;
  if (request === undefined) return {};
  const { Driver, Count, DeviceIDs, Capabilities } = record(request);
  const plain = requests.length === 1 && raw(Driver) === "" && JSON.stringify(Capabilities) === '[["gpu"]]';
  if (!plain) lost.push("Its requests for devices of a driver are left out");
  if (!plain) return {};
  const ids = words(DeviceIDs);
  return { gpus: ids.length > 0 ? { ids } : { count: Count === -1 ? "all" : number(Count) } };
}

/** The namespaces and the runtime, where they are not what the engine fills in. */
function namespaces(host: Raw, info: Raw) {
  const usual = { "1": "host", "2": "private" }[raw(info.CgroupVersion)];
  const ipc = raw(host.IpcMode);
  const cgroupns = raw(host.CgroupnsMode);
  const runtime = raw(host.Runtime);
  return {
    pid: raw(host.PidMode),
    ipc: ipc === "private" ? "" : ipc,
    uts: raw(host.UTSMode),
    userns: raw(host.UsernsMode),
    cgroupns: cgroupns === usual ? "" : cgroupns,
    runtime: runtime === (raw(info.DefaultRuntime) || "runc") ? "" : runtime,
  };
}

function logging({ Type, Config }: Raw, info: Raw): Pick<RunSpec, "logDriver" | "logOpts"> {
  const logOpts = pairs(Config);
  const usual = raw(info.LoggingDriver) || "json-file";
  return { logOpts, ...(raw(Type) === usual ? {} : filled({ logDriver: raw(Type) })) };
}
