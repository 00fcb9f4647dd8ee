import { expect, test } from "vitest";
import { createSampleReader, type RunningSample } from "../../src/docker/inside/samples.ts";

const second = (at: number) => new Date(Date.UTC(2026, 10, 21, 9, 0, at)).toISOString();

const version1 = (at: number, change: object = {}) => ({
  read: second(at),
  pids_stats: { current: 4, limit: 50 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 8, op: "Read", value: 1000 * at },
      { major: 8, op: "Write", value: 10 },
      { major: 9, op: "Read", value: 500 },
      { major: 8, op: "Total", value: 99_999 },
    ],
  },
  cpu_stats: {
    cpu_usage: { total_usage: at * 1.5e9, percpu_usage: [at * 1e9, at * 0.5e9, 0, 0] },
    system_cpu_usage: at * 2e9,
    online_cpus: 2,
  },
  memory_stats: { usage: 1000, limit: 5000, stats: { total_inactive_file: 300, cache: 1, total_cache: 400 } },
  networks: { eth0: { rx_bytes: 100 * at, tx_bytes: 7 }, eth1: { rx_bytes: 1, tx_bytes: 2 } },
  ...change,
});

const version2 = (at: number) => ({
  read: second(at),
  pids_stats: { current: 1, limit: 18_446_744_073_709_552_000 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: "read", value: 5 },
      { op: "write", value: 41_943_040 },
    ],
  },
  cpu_stats: { cpu_usage: { total_usage: at * 1e9 }, system_cpu_usage: at * 4e9, online_cpus: 4 },
  memory_stats: { usage: 43_995_136, limit: 9e9, stats: { inactive_file: 41_943_040, file: 41_950_000 } },
});

const stopped = {
  read: "0001-01-01T00:00:00Z",
  pids_stats: {},
  cpu_stats: { cpu_usage: { total_usage: 0 } },
};

test("a first sample has totals and no rates", () => {
  const sample = createSampleReader(() => 0)(version1(10)) as RunningSample;
  expect(sample).toEqual({
    at: Date.parse(second(10)),
    ...{ running: true, cores: 2, memory: 700, memoryLimit: 5000, cache: 400, pids: 4, pidsLimit: 50 },
    interfaces: [
      { name: "eth0", received: { total: 1000 }, sent: { total: 7 } },
      { name: "eth1", received: { total: 1 }, sent: { total: 2 } },
    ],
    read: { total: 10_500 },
    written: { total: 10 },
  });
});

test("the next one has CPU, each core's too, and rates per second", () => {
  const read = createSampleReader(() => 0);
  read(version1(10));
  const sample = read(version1(12)) as RunningSample;
  expect(sample.cpu).toBeCloseTo(150);
  expect(sample.perCore).toEqual([100, 50]);
  expect(sample.interfaces?.[0]).toEqual({
    ...{ name: "eth0", received: { total: 1200, rate: 100 }, sent: { total: 7, rate: 0 } },
  });
  expect(sample.read).toEqual({ total: 12_500, rate: 1000 });
});

test("cgroup v2: no cores by themselves, no limit of processes, a host's network", () => {
  const read = createSampleReader(() => 0);
  read(version2(1));
  const sample = read(version2(2)) as RunningSample;
  expect(sample).toEqual({
    at: Date.parse(second(2)),
    ...{ running: true, cores: 4, cpu: 100, memory: 2_052_096, memoryLimit: 9e9, cache: 41_950_000, pids: 1 },
    read: { total: 5, rate: 0 },
    written: { total: 41_943_040, rate: 0 },
  });
});

test("what does no block I/O has none, whether the engine writes null or nothing", () => {
  for (const io_service_bytes_recursive of [null, []]) {
    const sample = createSampleReader(() => 0)(version1(1, { blkio_stats: { io_service_bytes_recursive } }));
    expect(sample).toMatchObject({ read: { total: 0 }, written: { total: 0 } });
  }
});

test("a container that does not run gives samples of that, and the first after its start has no rates", () => {
  const read = createSampleReader(() => 77);
  read(version1(10));
  expect(read(stopped)).toEqual({ at: 77, running: false });
  const sample = read(version1(1)) as RunningSample;
  expect([sample.cpu, sample.perCore, sample.read]).toEqual([undefined, undefined, { total: 1500 }]);
});

test("a restart between two samples gives no rates", () => {
  const read = createSampleReader(() => 0);
  read(version1(10));
  const sample = read(version1(2)) as RunningSample;
  expect([sample.cpu, sample.perCore, sample.read]).toEqual([undefined, undefined, { total: 2500 }]);
});
