import { expect, test } from "vitest";
import { readCgroup } from "../../src/docker/cgroup.ts";
import { loadBetween, toUsage, type Usage, withoutCache } from "../../src/docker/usage.ts";

const sample = (total: number, system: number, change: object = {}) => ({
  cpu_stats: { cpu_usage: { total_usage: total }, system_cpu_usage: system, online_cpus: 4 },
  memory_stats: { usage: 1000, limit: 5000, stats: { inactive_file: 300 } },
  ...change,
});

test("a sample as docker stats counts it: memory without the inactive file cache", () => {
  expect(toUsage(sample(7, 100), 5)).toEqual({
    ...{ at: 5, cpuNs: 7, host: { cpuNs: 100, cores: 4 }, memory: 700, memoryLimit: 5000 },
  });
});

test("cgroup v1 calls the inactive cache total_inactive_file, and it goes first", () => {
  const memory_stats = { usage: 1000, limit: 1, stats: { total_inactive_file: 400, inactive_file: 1 } };
  expect(toUsage(sample(7, 100, { memory_stats }), 0)?.memory).toBe(600);
});

test.each([undefined, {}, { cpu_stats: {} }, sample(0, 0)])(
  "%j is of a container that does not run",
  (raw) => {
    expect(toUsage(raw, 0)).toBeUndefined();
  },
);

test("a container without memory figures has none", () => {
  expect(toUsage(sample(7, 100, { memory_stats: {} }), 0)).not.toHaveProperty("memory");
});

test("a cache larger than what is used is not taken off", () => {
  expect(withoutCache(10, 20)).toBe(10);
});

const usage = (at: number, cpuNs: number, host?: number): Usage => ({
  ...{ at, cpuNs, memory: 5, memoryLimit: 10 },
  ...(host === undefined ? {} : { host: { cpuNs: host, cores: 4 } }),
});

test.each([
  ["half of one core by the host's counters", usage(0, 0, 0), usage(1000, 5e8, 4e9), 50],
  ["two cores by wall time", usage(0, 0), usage(1000, 2e9), 200],
  ["no earlier sample", undefined, usage(1000, 1e9), undefined],
  ["restarted since", usage(0, 9e9), usage(1000, 1e9), undefined],
  ["too long ago", usage(0, 0), usage(61_000, 1e9), undefined],
  ["no time between", usage(1000, 0), usage(1000, 1e9), undefined],
])("load: %s", (_, before, after, cpu) => {
  const load = loadBetween(before, after);
  expect(load).toEqual({ ...(cpu === undefined ? {} : { cpu }), memory: 5, memoryLimit: 10 });
});

test("cgroup files are not read of a process that is not proven to be the container", () => {
  expect(readCgroup("f".repeat(64), process.pid, 0)).toBeUndefined();
  expect(readCgroup("f".repeat(64), 2 ** 30, 0)).toBeUndefined();
});
