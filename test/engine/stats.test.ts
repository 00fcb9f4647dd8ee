import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import type { RunningSample, Sample } from "../../src/docker/inside/samples.ts";
import { binarySize, decimalSize } from "../../src/format/size.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const format = "{{.CPUPerc}}|{{.MemUsage}}|{{.NetIO}}|{{.BlockIO}}|{{.PIDs}}";

/** The lines of `docker stats` for one container as they come; it repaints each half second what it knows. */
function dockerStats(id: string) {
  const args = ["-H", sharedEngine().host, "stats", "--format", format, id];
  const child = spawn("docker", args, { stdio: ["ignore", "pipe", "inherit"] });
  const seen = new Set<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    // Cursor movements, which it prints even where nobody sees them.
    const plain = line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").trim();
    if (plain.includes("|")) seen.add(plain);
  });
  return { seen, stop: () => child.kill() };
}

/** A sample in the words of `docker stats`. */
function inWords(sample: RunningSample): string {
  const { cpu = 0, memory = 0, memoryLimit = 0, interfaces = [], read, written, pids = 0 } = sample;
  const sum = (way: "received" | "sent") => interfaces.reduce((total, one) => total + one[way].total, 0);
  const size = (bytes: number) => decimalSize(bytes).replace(/^(\d+)(B)$/, "$1$2");
  return [
    `${cpu.toFixed(2)}%`,
    `${binarySize(memory)} / ${binarySize(memoryLimit)}`,
    `${size(sum("received"))} / ${size(sum("sent"))}`,
    `${size(read.total)} / ${size(written.total)}`,
    `${pids}`,
  ].join("|");
}

const work = [
  "dd if=/dev/zero of=/tmp/disk bs=1M count=8 oflag=direct 2>/dev/null",
  "dd if=/dev/zero of=/dev/shm/held bs=1M count=20 2>/dev/null",
  "ping -i 0.2 $GATE >/dev/null & sleep 1000 & while :; do i=$((i+1)); done",
].join("; ");

describeEngine("the samples of a container", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: true, now: Date.now });
    await engine.connect(new AbortController().signal);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  async function collect(id: string, enough: (samples: readonly Sample[]) => boolean): Promise<Sample[]> {
    const leaving = new AbortController();
    const samples: Sample[] = [];
    for await (const sample of engine.samples(id, leaving.signal)) {
      samples.push(sample);
      if (enough(samples)) leaving.abort();
    }
    return samples;
  }
  const running = (samples: readonly Sample[]) => samples.filter((sample) => sample.running);

  test("are those of docker stats, of the same second", async () => {
    const flags = ["--cpus", "0.4", "-m", "100m", "-e", "GATE=172.17.0.1", "--pids-limit", "77"];
    const id = await runContainer(sharedEngine(), "busy", { flags, command: ["sh", "-c", work] });
    const judge = dockerStats(id);
    const alike = (samples: readonly Sample[]) =>
      running(samples).filter((sample) => judge.seen.has(inWords(sample)));
    try {
      const samples = await collect(id, (all) => alike(all).length >= 4 || all.length > 14);
      const same = alike(samples);
      expect(same.length, [...judge.seen, "ours:", ...running(samples).map(inWords)].join("\n")).toBe(4);
      const last = same.at(-1);
      expect(last?.cpu).toBeGreaterThan(1);
      expect(last?.memory).toBeGreaterThan(20 * 1024 ** 2);
      expect(last?.memoryLimit).toBe(100 * 1024 ** 2);
      expect(last?.written.total).toBeGreaterThanOrEqual(0);
      expect(last?.interfaces?.[0]?.name).toBe("eth0");
      expect([last?.pidsLimit, (last?.pids ?? 0) >= 3]).toEqual([77, true]);
      if (last?.perCore) {
        const cores = last.perCore.reduce((sum, core) => sum + core, 0);
        expect(Math.abs(cores - (last.cpu ?? 0))).toBeLessThan(1);
      }
    } finally {
      judge.stop();
    }
  });

  test("say so when it stops, and end when it is removed", async () => {
    const id = await runContainer(sharedEngine(), "stopping");
    let told: Promise<unknown> = Promise.resolve();
    const samples = await collect(id, (all) => {
      const last = all.at(-1);
      if (all.length === 1) told = engineless("kill", id);
      if (last && !last.running) told = engineless("rm", "-f", id);
      return all.length > 20;
    });
    await told;
    expect(samples[0]?.running).toBe(true);
    expect(samples.at(-1)?.running).toBe(false);
    expect(samples.length).toBeLessThan(20);
  });

  test("of a container with the host's network name no interface", async () => {
    const id = await runContainer(sharedEngine(), "hosted", { flags: ["--network", "host"] });
    const [sample] = running(await collect(id, (all) => all.length > 0));
    expect(sample?.interfaces).toBeUndefined();
  });
});

const engineless = (...args: string[]) => sharedEngine().docker(...args);
