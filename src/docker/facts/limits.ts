import { type RestartPolicy, restartPolicies } from "../edits/faults.ts";
import { list, number, record, text } from "../raw.ts";

/** How fast a device may be used: bytes or operations per second. */
export type DeviceRate = {
  device: string;
  kind: "read" | "write";
  unit: "bytes" | "operations";
  rate: number;
};

/** What a container may use; absent is unlimited, or as the engine has it. Memory in bytes. */
export type Limits = {
  memory?: number;
  /** What it is pressed back to when the host runs short. */
  reservation?: number;
  /** Memory and swap together, as docker's --memory-swap. */
  swap?: number;
  /** As a number of cores, from --cpus or from quota and period. */
  cpus?: number;
  shares?: number;
  cpuset?: string;
  /** The memory nodes it may use, "0-1". */
  memoryNodes?: string;
  pids?: number;
  blockWeight?: number;
  deviceRates: readonly DeviceRate[];
  ulimits: readonly { name: string; soft: number; hard: number }[];
  sharedMemory?: number;
  restart: RestartPolicy;
};

/** The limits in an answer of `GET /containers/{id}/json`. */
export function toLimits(value: unknown): Limits {
  const host = record(record(value).HostConfig);
  const cpus = toCpus(host);
  const positive = <Key extends string>(key: Key, field: string) => {
    const found = number(host[field]);
    return (found > 0 ? { [key]: found } : {}) as { [K in Key]?: number };
  };
  const words = <Key extends string>(key: Key, field: string) => {
    const found = text(host[field]);
    return (found === "" ? {} : { [key]: found }) as { [K in Key]?: string };
  };
  return {
    ...positive("memory", "Memory"),
    ...positive("reservation", "MemoryReservation"),
    ...positive("swap", "MemorySwap"),
    ...(cpus === undefined ? {} : { cpus }),
    ...positive("shares", "CpuShares"),
    ...words("cpuset", "CpusetCpus"),
    ...words("memoryNodes", "CpusetMems"),
    ...positive("pids", "PidsLimit"),
    ...positive("blockWeight", "BlkioWeight"),
    deviceRates: rateFields.flatMap(([field, kind, unit]) =>
      list(host[field]).map((entry) => {
        const { Path, Rate } = record(entry);
        return { device: text(Path), kind, unit, rate: number(Rate) };
      }),
    ),
    ulimits: list(host.Ulimits).map((entry) => {
      const { Name, Soft, Hard } = record(entry);
      return { name: text(Name), soft: number(Soft), hard: number(Hard) };
    }),
    ...positive("sharedMemory", "ShmSize"),
    restart: toRestart(record(host.RestartPolicy)),
  };
}

const rateFields = [
  ["BlkioDeviceReadBps", "read", "bytes"],
  ["BlkioDeviceWriteBps", "write", "bytes"],
  ["BlkioDeviceReadIOps", "read", "operations"],
  ["BlkioDeviceWriteIOps", "write", "operations"],
] as const satisfies readonly (readonly [string, DeviceRate["kind"], DeviceRate["unit"]])[];

/** The kernel's own period is 100 ms, in µs. */
const usualPeriod = 100_000;

function toCpus(host: Readonly<Record<string, unknown>>): number | undefined {
  const nano = number(host.NanoCpus);
  if (nano > 0) return nano / 1e9;
  const quota = number(host.CpuQuota);
  return quota > 0 ? quota / (number(host.CpuPeriod) || usualPeriod) : undefined;
}

function toRestart(raw: Readonly<Record<string, unknown>>): RestartPolicy {
  const policy = restartPolicies.find((name) => name === text(raw.Name)) ?? "no";
  return policy === "on-failure" ? { policy, retries: number(raw.MaximumRetryCount) } : { policy };
}
