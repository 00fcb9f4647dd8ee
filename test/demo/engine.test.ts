import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Duplex, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Docker from "dockerode";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DemoEngine, type DemoOptions, startDemoEngine } from "../../src/demo/index.ts";

const clientOf = ({ socketPath }: DemoEngine): Docker =>
  new Docker({
    socketPath,
    version: "v1.45",
    ...({ host: undefined, port: undefined, protocol: undefined } as object),
  });

const engines: DemoEngine[] = [];
async function start(options: DemoOptions = {}): Promise<DemoEngine> {
  const engine = await startDemoEngine({ quiet: true, ...options });
  engines.push(engine);
  return engine;
}

let engine: DemoEngine;
let docker: Docker;
beforeEach(async () => {
  engine = await start();
  docker = clientOf(engine);
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((each) => each.close()));
});

const names = (rows: { Names: string[] }[]): string[] => rows.map(({ Names }) => Names[0] ?? "").sort();
const list = async (filters: Record<string, string[]>): Promise<string[]> =>
  names(await docker.listContainers({ all: true, filters }));
const stateOf = async (name: string) => (await docker.getContainer(name).inspect()).State;
const failure = (status: number, message: string) =>
  expect.objectContaining({ statusCode: status, json: { message } });

/** Lines of JSON as they arrive. */
function gather(stream: NodeJS.ReadableStream): Record<string, unknown>[] {
  const seen: Record<string, unknown>[] = [];
  let rest = "";
  stream.on("error", () => undefined);
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) seen.push(JSON.parse(line) as Record<string, unknown>);
  });
  return seen;
}

async function watch(filters: Record<string, string[]> = {}) {
  const events = gather(await docker.getEvents({ filters }));
  return () => events.map(({ Type, Action }) => `${Type} ${Action}`);
}

type Frame = { stream: number; text: string };

function demux(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4);
    frames.push({ stream: bytes.readUInt8(at), text: bytes.subarray(at + 8, at + 8 + length).toString() });
    at += 8 + length;
  }
  return frames;
}

const logs = async (name: string, options: object): Promise<Frame[]> =>
  demux(await docker.getContainer(name).logs({ stdout: true, stderr: true, follow: false, ...options }));

test("ping tells the API version, and a newer prefix is refused", async () => {
  expect((await docker.version()).ApiVersion).toBe("1.45");
  const newer = new Docker({ socketPath: engine.socketPath, version: "v1.46" });
  await expect(newer.info()).rejects.toEqual(
    failure(400, "client version 1.46 is too new. Maximum supported API version is 1.45"),
  );
  expect(engine.requests).toEqual([
    { method: "GET", path: "/version" },
    { method: "GET", path: "/info" },
  ]);
});

test("the list shows running ones, all, or what filters ask for", async () => {
  const running = await docker.listContainers();
  expect(names(running)).toContain("/edge");
  expect(names(running)).not.toContain("/shop-cron-1");
  expect(names(await docker.listContainers({ all: true }))).toHaveLength(engine.world.containers.size);
  expect(await list({ status: ["paused"] })).toEqual(["/batch-import"]);
  expect(await list({ health: ["unhealthy"] })).toEqual(["/search-index"]);
  expect(await list({ label: ["com.docker.compose.project=blog"] })).toEqual([
    "/blog-db-1",
    "/blog-wordpress-1",
  ]);
  expect(await list({ ancestor: ["redis:7-alpine"] })).toEqual(["/shop-cache-1"]);
  expect(await list({ volume: ["gitea_data"] })).toEqual(["/gitea"]);
  expect(await list({ network: ["host"] })).toEqual(["/monitoring-node-exporter-1"]);
  const id = engine.world.find("edge")?.id ?? "";
  expect(await list({ id: [id.slice(0, 12)] })).toEqual(["/edge"]);
  await expect(list({ colour: ["red"] })).rejects.toEqual(failure(400, "invalid filter 'colour'"));
});

test("a row says what docker ps says", async () => {
  const [edge] = await docker.listContainers({ filters: { name: ["^/edge$"] }, size: true } as object);
  expect(edge).toMatchObject({ Image: "nginx:1.27-alpine", State: "running", Status: "Up 5 hours" });
  expect(edge?.Ports).toContainEqual({ IP: "::", PrivatePort: 80, PublicPort: 8080, Type: "tcp" });
  expect(edge).toHaveProperty("SizeRootFs");
  const [cron] = await docker.listContainers({ filters: { name: ["shop-cron-1"], status: ["exited"] } });
  expect(cron?.Status).toBe("Exited (137) 6 hours ago");
});

test("inspect finds by name, id and prefix, and knows memory kills and failed checks", async () => {
  expect(await stateOf("shop-cron-1")).toMatchObject({ OOMKilled: true, ExitCode: 137, Running: false });
  const health = (await stateOf("search-index")).Health;
  expect(health?.Log?.at(-1)?.Output).toContain("Connection refused");
  const { Id } = await docker.getContainer("toolbox").inspect();
  expect((await docker.getContainer(Id.slice(0, 10)).inspect()).Name).toBe("/toolbox");
  await expect(docker.getContainer("nobody").inspect()).rejects.toEqual(
    failure(404, "No such container: nobody"),
  );
});

test("stop, start and restart stick and emit what the engine emits", async () => {
  const seen = await watch({ type: ["container"] });
  const edge = docker.getContainer("edge");
  await edge.stop();
  expect(await stateOf("edge")).toMatchObject({ Status: "exited", ExitCode: 0 });
  await expect(edge.stop()).rejects.toMatchObject({ statusCode: 304 });
  await edge.start();
  await expect(edge.start()).rejects.toMatchObject({ statusCode: 304 });
  await edge.restart();
  expect((await stateOf("edge")).Running).toBe(true);
  const verbs = ["kill", "die", "stop", "start", "kill", "die", "stop", "start", "restart"];
  await expect.poll(() => seen()).toEqual(verbs.map((verb) => `container ${verb}`));
});

test("a container which ignores TERM is killed after the grace period", async () => {
  const seen = await watch({ container: ["stubborn"] });
  await docker.getContainer("stubborn").stop({ t: 0 });
  expect((await stateOf("stubborn")).ExitCode).toBe(137);
  await expect.poll(() => seen()).toEqual(["kill", "kill", "die", "stop"].map((verb) => `container ${verb}`));
});

test("pause, unpause, kill, rename and remove check the state and stick", async () => {
  const seen = await watch({ event: ["pause", "unpause", "die", "rename", "destroy"] });
  const edge = docker.getContainer("edge");
  await edge.pause();
  await expect(edge.pause()).rejects.toMatchObject({ statusCode: 409 });
  await edge.unpause();
  await expect(edge.remove()).rejects.toMatchObject({ statusCode: 409 });
  await expect(edge.kill({ signal: "NOPE" })).rejects.toEqual(failure(400, "Invalid signal: NOPE"));
  await edge.kill({ signal: "HUP" });
  expect((await stateOf("edge")).Running).toBe(true);
  await edge.kill();
  await expect(edge.kill()).rejects.toMatchObject({ statusCode: 409 });
  await expect(edge.rename({ name: "gitea" })).rejects.toMatchObject({ statusCode: 409 });
  await edge.rename({ name: "border" });
  await docker.getContainer("border").remove();
  expect(engine.world.find("border")).toBeUndefined();
  await expect
    .poll(() => seen())
    .toEqual(["pause", "unpause", "die", "rename", "destroy"].map((verb) => `container ${verb}`));
});

test("removing with v takes anonymous volumes along and leaves named ones", async () => {
  const { id } = engine.world.add({
    name: "scratch",
    status: "exited",
    mounts: ["a".repeat(64), "kept"].map((name) => ({
      type: "volume",
      name,
      source: "/",
      destination: "/d",
      writable: true,
    })),
  });
  await docker.getContainer(id).remove({ v: true });
  expect(engine.world.volumes.has("kept")).toBe(true);
  expect(engine.world.volumes.has("a".repeat(64))).toBe(false);
});

test("the event filter matches exactly, but by prefix once it names health_status", async () => {
  const exact = await watch({ event: ["re"] });
  const prefix = await watch({ event: ["health_status", "re"] });
  engine.world.change("edge", { name: "border" });
  const health = engine.world.find("search-index")?.health;
  engine.world.change("search-index", { health: health && { ...health, status: "healthy" } });
  await expect.poll(() => prefix()).toEqual(["container rename", "container health_status: healthy"]);
  expect(exact()).toEqual([]);
});

test("past events are replayed between since and until, and the stream ends", async () => {
  engine.world.change("edge", { status: "exited" });
  const now = Math.floor(Date.now() / 1000);
  const replay = await docker.getEvents({ since: now - 60, until: now + 1 });
  expect(await text(replay as Readable)).toContain('"Action":"die"');
});

test("tail is cut before until, and since and until include their ends", async () => {
  const last = await logs("shop-api-1", { tail: 10, timestamps: true });
  const stamps = last.map((frame) => frame.text.slice(0, 30));
  expect(last).toHaveLength(10);
  expect([...stamps].sort()).toEqual(stamps);
  const unix = (stamp = "") => `${Math.floor(Date.parse(stamp) / 1000)}.${stamp.slice(20, 29)}`;
  const [fifth, seventh] = [unix(stamps[4]), unix(stamps[6])];
  expect(await logs("shop-api-1", { until: fifth, tail: 5 })).toEqual([]);
  const between = await logs("shop-api-1", { since: fifth, until: seventh, tail: 10, timestamps: true });
  expect(between).toEqual(last.slice(4, 7));
  expect(await logs("shop-api-1", { since: fifth, timestamps: true })).toEqual(last.slice(4));
});

test("a long line comes in frames of 16 KB, a TTY raw, a missing driver as 501", async () => {
  const frames = await logs("long-lines", { tail: 10 });
  expect(Math.max(...frames.map((frame) => frame.text.length))).toBe(16_384);
  const raw = await docker.getContainer("toolbox").logs({ stdout: true, tail: 1 });
  expect(raw.toString()).toMatch(/^\u001b\[1m.*\r\n$/);
  await expect(logs("silent", {})).rejects.toEqual(
    failure(501, "configured logging driver does not support reading"),
  );
  await expect(logs("edge", { stdout: false, stderr: false })).rejects.toMatchObject({ statusCode: 400 });
});

test("one container has more than 100,000 lines and serves them", async () => {
  const lines = await logs("firehose", { tail: 100_000 });
  expect(lines).toHaveLength(100_000);
});

test("a followed log gets new lines at once and ends when the container stops", async () => {
  const stream = await docker
    .getContainer("edge")
    .logs({ stdout: true, stderr: true, follow: true, tail: 0 });
  const received = text(stream as Readable);
  await expect.poll(() => engine.requests.at(-1)?.path).toContain("follow=true");
  engine.world.log("edge", "hello");
  engine.world.log("edge", "trouble", "stderr");
  await docker.getContainer("edge").stop();
  expect(demux(Buffer.from(await received))).toEqual([
    { stream: 1, text: "hello\n" },
    { stream: 2, text: "trouble\n" },
  ]);
});

test("stats add up to a load, and a stopped container has none", async () => {
  let clock = Date.now();
  const ticking = await start({ now: () => clock });
  const one = async (name: string) =>
    clientOf(ticking)
      .getContainer(name)
      .stats({ stream: false, "one-shot": true } as { stream: false });
  const first = await one("shop-api-1");
  clock += 10_000;
  const second = await one("shop-api-1");
  const cores =
    ((second.cpu_stats.cpu_usage.total_usage - first.cpu_stats.cpu_usage.total_usage) /
      (second.cpu_stats.system_cpu_usage - first.cpu_stats.system_cpu_usage)) *
    second.cpu_stats.online_cpus;
  expect(cores).toBeGreaterThan(0.1);
  expect(cores).toBeLessThan(2);
  expect(second.memory_stats.limit).toBe(512 * 2 ** 20);
  expect((await one("shop-cron-1")).memory_stats).toEqual({});
  expect(await one("monitoring-node-exporter-1")).not.toHaveProperty("networks");
});

async function openShell(name: string, Cmd: string[]): Promise<{ exec: Docker.Exec; stream: Duplex }> {
  const exec = await docker
    .getContainer(name)
    .exec({ Cmd, AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true });
  return { exec, stream: await exec.start({ hijack: true, stdin: true, Tty: true }) };
}

test("a shell echoes, edits its line, knows its size and ends with the code of exit", async () => {
  const { exec, stream } = await openShell("toolbox", ["bash"]);
  const screen = text(stream);
  await exec.resize({ h: 40, w: 120 });
  stream.write("echx\u007fo hi\rstty size\r");
  stream.write("half\u0003nope\r");
  stream.write("exit 7\r");
  const shown = await screen;
  expect(shown).toContain("/ # echx\b \bo hi\r\nhi\r\n");
  expect(shown).toContain("40 120\r\n");
  expect(shown).toContain("half^C\r\n/ # nope\r\nsh: nope: not found\r\n");
  expect(await exec.inspect()).toMatchObject({ Running: false, ExitCode: 7 });
});

test("a missing shell fails in the stream, and its absence can be asked for", async () => {
  const { exec, stream } = await openShell("coredns", ["bash"]);
  expect(await text(stream)).toContain(
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "bash"',
  );
  expect((await exec.inspect()).ExitCode).toBe(126);
  await expect(docker.getContainer("coredns").infoArchive({ path: "/bin/sh" })).rejects.toMatchObject({
    statusCode: 404,
  });
  await docker.getContainer("toolbox").infoArchive({ path: "/bin/bash" });
  await expect(openShell("batch-import", ["sh"])).rejects.toMatchObject({ statusCode: 409 });
});

test("a shell ends with its container", async () => {
  const { exec, stream } = await openShell("toolbox", ["sh"]);
  const screen = text(stream);
  await docker.getContainer("toolbox").kill();
  await screen;
  expect(await exec.inspect()).toMatchObject({ Running: false, ExitCode: 137 });
});

test("a command without a terminal answers in frames", async () => {
  const exec = await docker
    .getContainer("gitea")
    .exec({ Cmd: ["sh", "-c", "pwd; exit 3"], AttachStdout: true });
  const output = await text(await exec.start({}));
  expect(demux(Buffer.from(output))).toEqual([{ stream: 1, text: "/\n" }]);
  expect((await exec.inspect()).ExitCode).toBe(3);
});

test("images, volumes and networks in use cannot be deleted, others can", async () => {
  await expect(docker.getImage("postgres:16").remove()).rejects.toMatchObject({ statusCode: 409 });
  await docker.getImage("python:3.9").remove();
  await expect(docker.getImage("python:3.9").inspect()).rejects.toMatchObject({ statusCode: 404 });
  await expect(docker.getVolume("gitea_data").remove()).rejects.toMatchObject({ statusCode: 409 });
  await docker.getVolume("old_pgdata_15").remove();
  await expect(docker.getNetwork("bridge").remove()).rejects.toMatchObject({ statusCode: 403 });
  const networks = await docker.listNetworks();
  const idOf = (wanted: string) => networks.find(({ Name }) => Name === wanted)?.Id ?? "";
  await expect(docker.getNetwork(idOf("shop_default")).remove()).rejects.toMatchObject({ statusCode: 403 });
  await docker.getNetwork(idOf("forgotten_default")).remove();
  const shop = await docker.getNetwork(idOf("shop_default")).inspect();
  expect(Object.values(shop.Containers as Record<string, { Name: string }>)).toContainEqual(
    expect.objectContaining({ Name: "shop-web-1" }),
  );
});

test("disk usage counts shared layers once", async () => {
  const usage = await docker.df();
  const sum = usage.Images.reduce((total: number, image: { Size: number }) => total + image.Size, 0);
  expect(usage.LayersSize).toBeGreaterThan(0);
  expect(usage.LayersSize).toBeLessThan(sum);
  expect(usage.Volumes).toContainEqual(
    expect.objectContaining({ Name: "old_pgdata_15", UsageData: { RefCount: 0, Size: 840 * 2 ** 20 } }),
  );
  expect(usage.BuildCache).toHaveLength(engine.world.buildCache.size);
});

test("one failure can be injected, and the engine can hang and go on", async () => {
  engine.answerNext({ path: /^\/containers\/json/ }, { status: 500, message: "disk on fire" });
  await expect(docker.listContainers()).rejects.toEqual(failure(500, "disk on fire"));
  await docker.listContainers();
  engine.hang();
  const abortSignal = AbortSignal.timeout(50);
  await expect(docker.listContainers({ abortSignal })).rejects.toThrow("aborted");
  const late = docker.ping();
  engine.resume();
  await late;
});

test("an engine which goes down cuts its streams and comes back on the same socket", async () => {
  const stream = await docker.getEvents();
  const cut = new Promise((resolve) => stream.once("error", resolve));
  await engine.goDown();
  await cut;
  await expect(docker.ping()).rejects.toMatchObject({ code: "ENOENT" });
  await engine.comeBack();
  await docker.ping();
});

test("five thousand containers are listed", async () => {
  const large = await start({ containers: 5000 });
  const rows = await clientOf(large).listContainers({ all: true });
  expect(rows).toHaveLength(5000);
});

test("without quiet a crash-looper comes and goes with events, and its restarts are counted", async () => {
  let clock = Date.now();
  const lively = await start({ quiet: false, now: () => clock });
  const events = gather(await clientOf(lively).getEvents({ filters: { container: ["shop-worker-1"] } }));
  clock += 60_000;
  await expect.poll(() => events.map(({ Action }) => Action)).toContain("start");
  expect(lively.world.find("shop-worker-1")).toMatchObject({ status: "running", restartCount: 18 });
});

test("the same seed makes the same fleet, another makes others", async () => {
  const [same, other] = [await start(), await start({ seed: 2 })];
  const ids = ({ world }: DemoEngine) => [...world.containers.keys()];
  expect(ids(same)).toEqual(ids(engine));
  expect(ids(other)).not.toEqual(ids(engine));
});

test("closing leaves neither connections nor files", async () => {
  const stream = await docker.getEvents();
  stream.on("error", () => undefined);
  expect(engine.openConnections()).toBeGreaterThan(0);
  await engine.close();
  await expect.poll(() => engine.openConnections()).toBe(0);
  expect(existsSync(dirname(engine.socketPath))).toBe(false);
});
