import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { quantile } from "../measure.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

const run = promisify(execFile);
const worker = join(import.meta.dirname, "../archive-worker.ts");
const mib = 1 << 20;

type Told = { ms: number; firstMs: number; startRss: number; peakRss: number };

/** Folders of a container's filesystem, and a large copy beside `docker cp`. */
export async function archive({ engine, quick }: Stage): Promise<Row[]> {
  const megabytes = quick ? 256 : 1000;
  const make = [
    "mkdir /many && cd /many && for i in $(seq 10000); do echo $i > $i; done",
    `mkdir /large && head -c ${megabytes * 1_000_000} /dev/urandom > /large/file`,
  ].join(" && ");
  const id = (await engine.docker("run", "-d", "dockui-test/busybox")).trim();
  const here = await mkdtemp(join(tmpdir(), "dockui-bench-"));
  try {
    await engine.docker("exec", id, "sh", "-c", make);
    const work = async (...args: string[]): Promise<Told> =>
      JSON.parse(
        (await run(process.execPath, [...flags, worker, engine.socketPath, id, ...args])).stdout,
      ) as Told;
    const folders = await times(quick ? 3 : 7, () => work("list", "/many"));
    const roots = await times(quick ? 3 : 7, () => work("list", "/"));
    // In turns, so that both meet the same disk; the first of each warms the caches.
    const pairs = await times(quick ? 3 : 4, async () => {
      const theirs = await timeOf(() => engine.docker("cp", `${id}:/large/file`, join(here, "theirs")));
      await rm(join(here, "theirs"));
      const ours = await work("copy", "/large/file", join(here, "ours"));
      await rm(join(here, "ours"));
      return { theirs, ours };
    });
    const ours = pairs.slice(1).map((pair) => pair.ours);
    const ratio = median(pairs.slice(1).map(({ theirs, ours }) => ours.ms / theirs));
    const grown = Math.max(...ours.map(({ startRss, peakRss }) => (peakRss - startRss) / mib));
    return [
      {
        measure: "folder of 10,000 entries, whole",
        unit: "ms",
        target: 500,
        measured: median(folders.map(({ ms }) => ms)),
      },
      {
        measure: "root of a container, first names",
        unit: "ms",
        measured: median(roots.map(({ firstMs }) => firstMs)),
      },
      {
        measure: `copy of ${megabytes} MB out, time beside docker cp`,
        unit: "×",
        target: 1.43,
        measured: ratio,
        note: `(${median(ours.map(({ ms }) => ms))?.toFixed(0)} ms)`,
      },
      {
        measure: `copy of ${megabytes} MB out, memory it takes at most`,
        unit: "MiB",
        target: 96,
        measured: grown,
      },
    ];
  } finally {
    await rm(here, { recursive: true, force: true });
    await engine.docker("rm", "-fv", id);
  }
}

/** As the first line of bin/dockui.js has it. */
const flags = ["--max-semi-space-size=4"];

const median = (values: number[]) => quantile(values, 0.5);

async function times<Value>(count: number, work: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let turn = 0; turn < count; turn += 1) values.push(await work());
  return values;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
