import type { Gate } from "../gate.ts";
import { jsonLines } from "../ndjson.ts";
import { list, moment, number, record, text } from "../raw.ts";
import { coreNs, type Load, loadBetween, toUsage, type Usage } from "../usage.ts";

/** Bytes since the start, and per second since the sample before; no rate in a first sample or after a restart. */
export type Flow = { total: number; rate?: number };

/** A network interface of a container. */
export type InterfaceFlow = { name: string; received: Flow; sent: Flow };

/**
 * What a container used at one moment (ms), as `docker stats` counts it; what the engine does not count is absent.
 * CPU is in percent of one core, memory in bytes without the inactive file cache, `cache` the whole file cache.
 */
export type RunningSample = Load & {
  at: number;
  running: true;
  /** How many cores the host has for containers: 100 × this is the most `cpu` can be. */
  cores: number;
  /** Each core by itself, where the engine counts them (cgroup v1). */
  perCore?: readonly number[];
  cache?: number;
  /** Absent without a network of its own: host, none, another container's. */
  interfaces?: readonly InterfaceFlow[];
  read: Flow;
  written: Flow;
  pids?: number;
  pidsLimit?: number;
};

/** A sample; of a container that does not run, the engine sends one each second all the same. */
export type Sample = RunningSample | { at: number; running: false };

/** A container's samples as the engine takes them, about one a second, until it is removed or the signal aborts. */
export async function* samplesOf(
  gate: Gate,
  id: string,
  { now, signal }: { now: () => number; signal: AbortSignal },
): AsyncGenerator<Sample> {
  const stream = await gate.open(`/containers/${id}/stats`, { stream: 1 }, signal);
  const read = createSampleReader(now);
  try {
    for await (const value of jsonLines(stream)) yield read(value);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What is kept of a sample for the next one. */
type Kept = { usage: Usage; perCore: readonly number[]; sample: RunningSample };

/** Reads the values of one stats stream in order; CPU and rates come from the sample before, never from `precpu`. */
export function createSampleReader(now: () => number): (value: unknown) => Sample {
  let before: Kept | undefined;
  return (value) => {
    const raw = record(value);
    const at = moment(raw.read) ?? now();
    const usage = toUsage(value, at);
    if (!usage) {
      before = undefined;
      return { at, running: false };
    }
    const perCore = list(record(record(raw.cpu_stats).cpu_usage).percpu_usage).map(number);
    // An engine may count cores that are not there: those stay 0 (docker/cli reads online_cpus first).
    const kept = { usage, perCore: perCore.slice(0, usage.host?.cores) };
    const earlier = before && before.usage.cpuNs <= usage.cpuNs ? before : undefined;
    const sample = toSample(raw, kept, earlier);
    before = { ...kept, sample };
    return sample;
  };
}

function toSample(
  raw: Readonly<Record<string, unknown>>,
  { usage, perCore }: Omit<Kept, "sample">,
  before: Kept | undefined,
): RunningSample {
  const flow = (total: number, earlier: Flow | undefined) =>
    toFlow(total, earlier, usage.at - (before?.usage.at ?? usage.at));
  const cache = record(record(raw.memory_stats).stats);
  const cached = cache.total_cache ?? cache.cache ?? cache.file; // v1, v1 without hierarchy, v2
  const pids = record(raw.pids_stats);
  const limit = number(pids.limit);
  const cores = coreLoads(perCore, usage, before);
  const block = record(raw.blkio_stats).io_service_bytes_recursive;
  return {
    at: usage.at,
    running: true,
    cores: usage.host?.cores ?? 1,
    ...loadBetween(before?.usage, usage),
    ...(cores ? { perCore: cores } : {}),
    ...(cached === undefined ? {} : { cache: number(cached) }),
    ...(raw.networks === undefined ? {} : { interfaces: toInterfaces(raw.networks, before, flow) }),
    read: flow(bytesOf(block, "read"), before?.sample.read),
    written: flow(bytesOf(block, "write"), before?.sample.written),
    ...(pids.current === undefined ? {} : { pids: number(pids.current) }),
    // "max" comes as 2^64 - 1, which no number holds: that many is no limit.
    ...(limit > 0 && limit < Number.MAX_SAFE_INTEGER ? { pidsLimit: limit } : {}),
  };
}

function toFlow(total: number, before: Flow | undefined, ms: number): Flow {
  if (!before || ms <= 0 || total < before.total) return { total };
  return { total, rate: ((total - before.total) / ms) * 1000 };
}

function toInterfaces(
  networks: unknown,
  before: Kept | undefined,
  flow: (total: number, earlier: Flow | undefined) => Flow,
): InterfaceFlow[] {
  return Object.entries(record(networks)).map(([key, value]) => {
    const name = text(key);
    const raw = record(value);
    const earlier = before?.sample.interfaces?.find((one) => one.name === name);
    return {
      name,
      received: flow(number(raw.rx_bytes), earlier?.received),
      sent: flow(number(raw.tx_bytes), earlier?.sent),
    };
  });
}

function coreLoads(
  perCore: readonly number[],
  usage: Usage,
  before: Kept | undefined,
): readonly number[] | undefined {
  const whole = before && coreNs(before.usage, usage);
  if (!before || !whole || whole <= 0 || before.perCore.length !== perCore.length || perCore.length === 0)
    return undefined;
  return perCore.map((ns, core) => Math.max(0, ((ns - (before.perCore[core] ?? ns)) / whole) * 100));
}

/** The sum over all devices; the engine writes "Read" on cgroup v1 and "read" on v2 (docker/cli stats_helpers.go). */
function bytesOf(block: unknown, op: "read" | "write"): number {
  return list(block)
    .map(record)
    .filter((entry) => text(entry.op).toLowerCase() === op)
    .reduce((sum, entry) => sum + number(entry.value), 0);
}
