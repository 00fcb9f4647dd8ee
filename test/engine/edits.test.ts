import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const MiB = 1024 ** 2;
const docker = (...args: string[]) => sharedEngine().docker(...args);
const told = async (id: string, template: string) =>
  JSON.parse(await docker("inspect", "-f", `{{json ${template}}}`, id));

let engine: Engine;

async function problemOf(change: Promise<unknown>) {
  return change.then(
    () => "no problem",
    (error: unknown) => {
      const { message, hint } = explain(error);
      return hint === undefined ? message : `${message} | ${hint}`;
    },
  );
}

describeEngine("a change in place", () => {
  const networks: string[] = [];
  const images: string[] = [];

  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: false, now: Date.now });
    await engine.connect(new AbortController().signal);
  });
  afterEach(async () => {
    await removeAll(sharedEngine());
    for (const id of images.splice(0)) await docker("rmi", id);
    for (const id of networks.splice(0)) await docker("network", "rm", id);
  });
  afterAll(() => engine.close());

  async function createNetwork(name: string, ...flags: string[]): Promise<string> {
    const id = (await docker("network", "create", ...flags, name)).trim();
    networks.push(id);
    return id;
  }

  test("of the name", async () => {
    const id = await runContainer(sharedEngine(), "old");
    const holder = await runContainer(sharedEngine(), "taken");
    await engine.rename(id, "fresh");
    expect(await told(id, ".Name")).toBe("/fresh");
    expect(await problemOf(engine.rename(id, "taken"))).toBe(
      `The name taken is taken by the container ${holder.slice(0, 12)} (running, dockui-test/busybox). | ` +
        "Rename or remove that one first, or take another name.",
    );
    expect(await problemOf(engine.rename(id, "x!"))).toContain("Invalid container name");
    expect(await problemOf(engine.rename("nosuch", "yy"))).toContain("No such container");
  });

  test("of every limit, as docker update makes it", async () => {
    const id = await runContainer(sharedEngine(), "limits");
    expect(await engine.limits(id)).toMatchObject({ restart: { policy: "no" } });
    const warnings = await engine.update(id, {
      ...{ memory: 64 * MiB, swap: 128 * MiB, cpus: 0.5, shares: 512, cpuset: "0", pids: 50 },
      restart: { policy: "on-failure", retries: 3 },
    });
    expect(warnings).toEqual([]);
    expect(await told(id, ".HostConfig")).toMatchObject({
      ...{ Memory: 64 * MiB, MemorySwap: 128 * MiB, NanoCpus: 5e8, CpuShares: 512, CpusetCpus: "0" },
      ...{ PidsLimit: 50, RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 } },
    });
    expect(await engine.limits(id)).toEqual({
      ...{ memory: 64 * MiB, swap: 128 * MiB, cpus: 0.5, shares: 512, cpuset: "0", pids: 50 },
      ...{
        restart: { policy: "on-failure", retries: 3 },
        sharedMemory: 64 * MiB,
        deviceRates: [],
        ulimits: [],
      },
    });
  });

  test("leaves what is not named as it was", async () => {
    const id = await runContainer(sharedEngine(), "rest", { flags: ["--cpus", "1", "--restart", "always"] });
    await engine.update(id, { pids: 30 });
    await engine.update(id, { memory: 32 * MiB });
    expect(await told(id, ".HostConfig")).toMatchObject({
      ...{
        NanoCpus: 1e9,
        RestartPolicy: { Name: "always" },
        PidsLimit: 30,
        Memory: 32 * MiB,
        MemorySwap: -1,
      },
    });
    await engine.update(id, { pids: -1 });
    expect(await engine.limits(id)).not.toHaveProperty("pids");
  });

  test("that cannot be is told with what to do", async () => {
    const flags = ["-m", "50m", "--memory-swap", "100m", "--rm"];
    const hold = "dd if=/dev/zero of=/dev/shm/held bs=1M count=20 2>/dev/null; touch /tmp/held; sleep 1000";
    const id = await runContainer(sharedEngine(), "refused", { flags, command: ["sh", "-c", hold] });
    await expect.poll(() => docker("exec", id, "ls", "/tmp")).toContain("held");
    const update = (change: Parameters<Engine["update"]>[1]) => problemOf(engine.update(id, change));
    expect(await update({ memory: 200 * MiB })).toBe(
      "200MiB is above the limit of memory and swap together, 100MiB. | " +
        "Change that limit with it, to at least as much.",
    );
    expect(await update({ memory: 8 * MiB, swap: 8 * MiB })).toContain(
      "The kernel refuses this memory limit",
    );
    expect(await update({ memory: MiB })).toContain("Minimum memory limit");
    expect(await update({ cpuset: "999" })).toContain("Requested CPUs are not available");
    expect(await update({ cpus: 10_000 })).toContain("CPUs");
    expect(await update({ restart: { policy: "always" } })).toContain("has no restart policy");
    expect(await told(id, ".HostConfig.Memory")).toBe(50 * MiB);
    expect(await engine.update(id, { memory: 200 * MiB, swap: 300 * MiB })).toEqual([]);
    expect(await engine.update(id, { swap: -1 })).toEqual([expect.stringContaining("started again")]);
    expect(await told(id, ".HostConfig.MemorySwap")).toBe(-1);
  });

  test("becomes an image", async () => {
    const id = await runContainer(sharedEngine(), "source");
    await docker("exec", id, "sh", "-c", "echo kept >/tmp/file");
    const options = { author: "Ann <a@b>", message: "as it is", pause: true };
    const changes = ['CMD ["cat","/tmp/file"]', "ENV A=b"];
    const image = await engine.commit(id, { ...options, reference: "dockui-test/made:1", changes });
    images.push(image);
    expect(await told("dockui-test/made:1", ".Id")).toBe(image);
    expect(await told(image, ".Author")).toBe("Ann <a@b>");
    expect(await told(image, ".Comment")).toBe("as it is");
    expect(await docker("run", "--rm", image)).toBe("kept\n");
    expect(await problemOf(engine.commit(id, { reference: "UPPER", pause: false }))).toMatch(
      /lowercase|invalid/,
    );
  });

  test("joins and leaves networks", async () => {
    const id = await runContainer(sharedEngine(), "member");
    const chosen = await createNetwork("dockui-chosen", "--subnet", "10.66.0.0/24");
    const plain = await createNetwork("dockui-plain");
    await engine.connectNetwork(chosen, id, { ip: "10.66.0.9", aliases: ["web", "www"] });
    const [joined] = [await told(id, '(index .NetworkSettings.Networks "dockui-chosen")')];
    expect(joined.IPAddress).toBe("10.66.0.9");
    expect(joined.Aliases).toEqual(expect.arrayContaining(["web", "www"]));
    expect(await problemOf(engine.connectNetwork(chosen, id))).toContain("in that network already");
    expect(await problemOf(engine.connectNetwork(plain, id, { ip: "10.1.1.1" }))).toContain("subnet");
    const other = await runContainer(sharedEngine(), "other");
    const join = (ip: string) => problemOf(engine.connectNetwork(chosen, other, { ip }));
    expect(await join("10.66.0.9")).toContain("in use");
    expect(await join("10.67.0.1")).toContain("in none of the network's subnets");
    await engine.disconnectNetwork(chosen, id);
    expect(Object.keys(await told(id, ".NetworkSettings.Networks"))).toEqual(["bridge"]);
    expect(await problemOf(engine.disconnectNetwork(chosen, id))).toContain("is not in that network");
    const hosted = await runContainer(sharedEngine(), "hosted", { flags: ["--network", "host"] });
    expect(await problemOf(engine.connectNetwork(plain, hosted))).not.toBe("no problem");
  });
});
