import { ranFor } from "./lifecycle.ts";
import type { DemoContainer } from "./types.ts";
import { day, MiB, minute, nanosPerMs, stamp } from "./units.ts";
import type { DemoWorld } from "./world.ts";

/** How many cores and how much memory (bytes) the simulated host has. */
export const host = { cores: 8, memory: 16_000 * MiB } as const;

const bootedBefore = 5 * day;
/** Stands for 2^64 - 1, which no JavaScript number can hold, until the sample is text. */
const unlimited = "unlimited";
const never = "0001-01-01T00:00:00Z";

/** CPU time in ns since the start: the integral of a load which sways around its average, so it never falls. */
function cpuTime(container: DemoContainer, ranMs: number): number {
  const period = minute * (0.5 + (container.ordinal % 7) / 4);
  const sway = container.cores * 0.7 * (period / (2 * Math.PI));
  const phase = container.ordinal;
  const swayed = sway * (Math.cos(phase) - Math.cos((2 * Math.PI * ranMs) / period + phase));
  return Math.max(0, Math.round((container.cores * ranMs + swayed) * nanosPerMs));
}

function cpu(world: DemoWorld, container: DemoContainer, at: number) {
  const total = cpuTime(container, ranFor(container, at));
  return {
    cpu_usage: {
      total_usage: total,
      usage_in_kernelmode: Math.round(total * 0.3),
      usage_in_usermode: Math.round(total * 0.7),
    },
    system_cpu_usage: Math.round((at - world.bornAt + bootedBefore) * nanosPerMs * host.cores),
    online_cpus: host.cores,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
}

const noCpu = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

function memory(container: DemoContainer, ranMs: number) {
  const sway = 1 + 0.15 * Math.sin(ranMs / (3 * minute) + container.ordinal);
  const cache = Math.round(container.memory * 0.4);
  const limit = container.memoryLimit > 0 ? container.memoryLimit : host.memory;
  const usage = Math.min(limit - 4096, Math.round(container.memory * sway) + cache);
  return {
    usage,
    stats: {
      active_anon: 0,
      anon: usage - cache,
      file: cache,
      inactive_file: cache,
      active_file: 0,
      pgfault: Math.round(ranMs / 7),
    },
    limit,
  };
}

function networks(container: DemoContainer, ranMs: number) {
  if (container.networks.includes("host") || container.networks.includes("none")) return {};
  const rate = container.cores * 900;
  const interfaces = container.networks.map((_, index) => [
    `eth${index}`,
    {
      rx_bytes: Math.round(ranMs * rate),
      rx_packets: Math.round((ranMs * rate) / 700),
      rx_errors: 0,
      rx_dropped: 0,
      tx_bytes: Math.round(ranMs * rate * 0.6),
      tx_packets: Math.round((ranMs * rate) / 900),
      tx_errors: 0,
      tx_dropped: 0,
    },
  ]);
  return { networks: Object.fromEntries(interfaces) as Record<string, unknown> };
}

const disk = (container: DemoContainer, ranMs: number) => ({
  io_service_bytes_recursive:
    container.mounts.length === 0
      ? null
      : [
          { major: 259, minor: 0, op: "read", value: Math.round(ranMs * container.cores * 40) },
          { major: 259, minor: 0, op: "write", value: Math.round(ranMs * container.cores * 220) },
        ],
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
});

/** One stats sample as JSON, cgroup v2 shaped; `previous` is when the sample before it was taken (ms), if any. */
export const sampleText = (
  world: DemoWorld,
  container: DemoContainer,
  previous: number | undefined,
): string =>
  `${JSON.stringify(sample(world, container, previous)).replace(`"${unlimited}"`, "18446744073709551615")}\n`;

function sample(world: DemoWorld, container: DemoContainer, previous: number | undefined) {
  const at = world.now();
  const identity = { name: `/${container.name}`, id: container.id };
  const preread = previous === undefined ? never : stamp(previous);
  if (container.status !== "running" && container.status !== "paused")
    return {
      read: never,
      preread: never,
      pids_stats: {},
      blkio_stats: {},
      num_procs: 0,
      storage_stats: {},
      cpu_stats: noCpu,
      precpu_stats: noCpu,
      memory_stats: {},
      ...identity,
    };
  const ranMs = ranFor(container, at);
  return {
    read: stamp(at),
    preread,
    pids_stats: { current: 1 + (container.ordinal % 12), limit: unlimited },
    blkio_stats: disk(container, ranMs),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpu(world, container, at),
    precpu_stats: previous === undefined ? noCpu : cpu(world, container, previous),
    memory_stats: memory(container, ranMs),
    ...identity,
    ...networks(container, ranMs),
  };
}
