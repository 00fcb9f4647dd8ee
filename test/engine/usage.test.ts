import { afterEach, expect, test } from "vitest";
import { readCgroup } from "../../src/docker/cgroup.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { type Load, loadBetween, type Usage } from "../../src/docker/usage.ts";
import { closeDesks, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { type EngineAccess, startPrivateEngine } from "./private-engine.ts";
import { closeProxies, openProxy } from "./proxy.ts";
import { importImage } from "./test-images.ts";

afterEach(async () => {
  await closeDesks();
  await closeProxies();
});

/** A container that takes 30 % of a core and 20 MB, and one that takes next to nothing. */
async function runBusyAndIdle(engine: EngineAccess) {
  const work = "head -c 20971520 /dev/zero > /dev/shm/held; while :; do :; done";
  await runContainer(engine, "busy", { flags: ["--cpus", "0.3"], command: ["sh", "-c", work] });
  await runContainer(engine, "idle");
  const held = () => engine.docker("exec", "busy", "wc", "-c", "/dev/shm/held");
  await expect.poll(held).toMatch(/20971520/);
}

type Stats = Record<string, { cpu: number; memory: number }>;

/** What docker stats says, CPU in percent and memory in bytes. */
async function dockerStats({ docker }: EngineAccess): Promise<Stats> {
  const text = await docker("stats", "--no-stream", "--format", "{{.Name}} {{.CPUPerc}} {{.MemUsage}}");
  const lines = text.trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [name = "", cpu = "", memory = ""] = line.split(" ");
      const [, amount, unit = ""] = /^([\d.]+)(\w+)$/.exec(memory) ?? [];
      const scale = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[unit] ?? Number.NaN;
      return [name, { cpu: Number.parseFloat(cpu), memory: Number(amount) * scale }];
    }),
  );
}

function expectEqual(load: Load | undefined, stats: Stats[string] | undefined) {
  expect(load?.cpu).toBeGreaterThan((stats?.cpu ?? 0) - 12);
  expect(load?.cpu).toBeLessThan((stats?.cpu ?? 0) + 12);
  const most = Math.max(512 * 1024, (stats?.memory ?? 0) * 0.1);
  expect(Math.abs((load?.memory ?? 0) - (stats?.memory ?? 0))).toBeLessThan(most);
}

describeEngine("the load of containers", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("equals docker stats, from the engine and from cgroup files", async () => {
    await runBusyAndIdle(sharedEngine());
    const { engine, container } = openDesk(unix(sharedEngine().socketPath));
    const rows = { busy: await container("busy"), idle: await container("idle") };
    const sample = async (name: "busy" | "idle") => {
      const { id } = rows[name];
      const { pid } = await engine.detail(id);
      const local = readCgroup(id, pid, Date.now());
      const told = await engine.usage(id);
      expect(local).toBeDefined();
      expect(told).toBeDefined();
      return { local: local as Usage, told: told as Usage };
    };
    const names = ["busy", "idle"] as const;
    const before = await Promise.all(names.map(sample));
    const stats = await dockerStats(sharedEngine());
    const after = await Promise.all(names.map(sample));
    expect(stats.busy?.cpu).toBeGreaterThan(15);
    for (const [at, name] of names.entries()) {
      const [first, second] = [before[at], after[at]];
      if (!first || !second) throw new Error("no sample");
      expectEqual(loadBetween(first.told, second.told), stats[name]);
      expectEqual(loadBetween(first.local, second.local), stats[name]);
      expect(first.local.memoryLimit).toBe(first.told.memoryLimit);
    }
  });

  test("is read from cgroup files where they are at hand, and costs the engine nothing", async () => {
    await runContainer(sharedEngine(), "local");
    const proxy = await openProxy(sharedEngine().socketPath);
    const { session, container } = openDesk(proxy.endpoint);
    const row = await container("local");
    session.watcher.watch([row]);
    await until(session.watcher, ({ loads }) => loads.get(row.id)?.cpu !== undefined);
    expect(proxy.requests.filter((request) => request.includes("/stats"))).toEqual([]);
  });

  test("of one that does not run is nothing", async () => {
    const { engine, container } = openDesk(unix(sharedEngine().socketPath));
    await runContainer(sharedEngine(), "over", { command: ["true"] });
    const { id } = await container("over", ({ state }) => state === "exited");
    expect(await engine.usage(id)).toBeUndefined();
  });

  test("is asked of the engine when its processes are not those of this machine", async () => {
    const engine = await startPrivateEngine({ pidNamespace: true });
    try {
      await importImage(engine, "dockui-test/busybox");
      await runBusyAndIdle(engine);
      const proxy = await openProxy(engine.socketPath);
      const desk = openDesk(proxy.endpoint);
      const rows = [await desk.container("busy"), await desk.container("idle")];
      const [busy] = rows;
      desk.session.watcher.watch(rows);
      const known = await until(desk.session.watcher, ({ loads }) =>
        rows.every(({ id }) => loads.get(id)?.cpu !== undefined),
      );
      expect(proxy.requests.some((request) => request.includes("/stats"))).toBe(true);
      expectEqual(known.loads.get(busy?.id ?? ""), (await dockerStats(engine)).busy);
    } finally {
      await closeDesks();
      await engine.remove();
    }
  });
});
