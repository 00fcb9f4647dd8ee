import { list, number, record } from "./raw.ts";

/** Counters of a container at one moment: CPU time in ns, memory in bytes, the moment in ms that only differences are taken of. */
export type Usage = {
  at: number;
  cpuNs: number;
  /** CPU time of the whole host in ns and its cores; absent when read from cgroup files, where wall time serves. */
  host?: { cpuNs: number; cores: number };
  memory?: number;
  memoryLimit?: number;
};

/** What `docker stats` shows: CPU in percent of one core, memory without the inactive page cache, in bytes. */
export type Load = { cpu?: number; memory?: number; memoryLimit?: number };

/** A sample of `GET /containers/{id}/stats`; undefined when the container does not run. */
export function toUsage(value: unknown, at: number): Usage | undefined {
  const raw = record(value);
  const cpu = record(raw.cpu_stats);
  const usage = record(cpu.cpu_usage);
  const system = number(cpu.system_cpu_usage);
  if (usage.total_usage === undefined || system === 0) return undefined;
  const memory = record(raw.memory_stats);
  const stats = record(memory.stats);
  const inactive = number(stats.total_inactive_file ?? stats.inactive_file);
  const cores = number(cpu.online_cpus) || list(usage.percpu_usage).length || 1;
  return {
    at,
    cpuNs: number(usage.total_usage),
    host: { cpuNs: system, cores },
    ...(memory.usage === undefined
      ? {}
      : { memory: withoutCache(number(memory.usage), inactive), memoryLimit: number(memory.limit) }),
  };
}

/** Memory as docker/cli counts it (stats_helpers.go): what is used minus the inactive file cache. */
export function withoutCache(used: number, inactive: number): number {
  return inactive < used ? used - inactive : used;
}

/** A gap longer than this, in ms, tells nothing about now. */
const gapLimit = 60_000;

/**
 * The load between two samples: Δcontainer / Δhost × cores × 100 (docker/cli stats_helpers.go), or Δcontainer / Δwall
 * × 100 where there are no host counters. CPU is undefined without a usable earlier sample (none, restarted, too old).
 */
export function loadBetween(before: Usage | undefined, after: Usage): Load {
  const memory = {
    ...(after.memory === undefined ? {} : { memory: after.memory }),
    ...(after.memoryLimit === undefined ? {} : { memoryLimit: after.memoryLimit }),
  };
  if (!before || after.cpuNs < before.cpuNs || after.at - before.at > gapLimit) return memory;
  const used = after.cpuNs - before.cpuNs;
  const whole = coreNs(before, after);
  return whole > 0 ? { cpu: (used / whole) * 100, ...memory } : memory;
}

/** How many ns one core had between two samples, by the host's counters or else by the clock. */
export function coreNs(before: Usage, after: Usage): number {
  return after.host && before.host
    ? (after.host.cpuNs - before.host.cpuNs) / after.host.cores
    : (after.at - before.at) * 1e6;
}
