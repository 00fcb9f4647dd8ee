import { stat } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const docker = (...args: string[]) => sharedEngine().docker(...args);
const inspect = async (id: string) => JSON.parse(await docker("inspect", id))[0];
const MiB = 1024 ** 2;

describeEngine("the facts of a container", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: true, now: Date.now });
    await engine.connect(new AbortController().signal);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  test("are those of docker inspect", async () => {
    const flags = [
      ..."-m 64m --memory-swap 128m --cpus 0.5 --cpu-shares 512 --cpuset-cpus 0 --pids-limit 50".split(" "),
      ..."--ulimit nofile=100:200 --cap-add NET_ADMIN --cap-drop CHOWN --restart on-failure:3".split(" "),
      ..."--security-opt no-new-privileges -p 127.0.0.1:18080:80 --expose 9000/udp --log-opt max-size=1m".split(
        " ",
      ),
      ..."-v dockui-facts:/v -v /tmp:/t:ro --tmpfs /x:ro --label com.docker.compose.project=shop".split(" "),
      ..."--label com.docker.compose.service=web -e PASSWORD=hunter2 -e URL=http://a:b@c/d -w /root".split(
        " ",
      ),
      ..."--hostname box --stop-signal INT --stop-timeout 3 -u nobody --read-only".split(" "),
    ];
    const command = ["sh", "-c", "echo hi; sleep 1000; true"];
    const id = await runContainer(sharedEngine(), "facts", { flags, command });
    const raw = await inspect(id);
    const facts = await engine.facts(id);
    expect(facts).toMatchObject({
      ...{
        id,
        name: "facts",
        state: "running",
        pid: raw.State.Pid,
        restarts: 0,
        restartLoop: false,
        error: "",
      },
      ...{ started: Date.parse(raw.State.StartedAt), created: Date.parse(raw.Created), platform: "linux" },
      image: { name: "dockui-test/busybox", id: raw.Image, digests: [] },
      command: {
        ...{
          command,
          entrypoint: [],
          cmd: command,
          workdir: "/root",
          hostname: "box",
          tty: false,
          init: false,
        },
        ...{ stopSignal: "INT", graceSeconds: 3, frontShell: { shell: "sh", verdict: "stays" } },
      },
      ports: [
        { port: 80, protocol: "tcp", bindings: [{ ip: "127.0.0.1", port: 18080 }] },
        { port: 9000, protocol: "udp", bindings: [] },
      ],
      networks: [
        {
          name: "bridge",
          id: raw.NetworkSettings.Networks.bridge.NetworkID,
          ip: raw.NetworkSettings.Networks.bridge.IPAddress,
        },
      ],
      mounts: expect.arrayContaining([
        expect.objectContaining({ kind: "volume", name: "dockui-facts", target: "/v", readOnly: false }),
        expect.objectContaining({ kind: "bind", source: "/tmp", target: "/t", readOnly: true }),
        expect.objectContaining({ kind: "tmpfs", target: "/x", readOnly: true }),
      ]),
      env: expect.arrayContaining([
        { key: "PASSWORD", value: "hunter2", secret: true },
        { key: "URL", value: "http://a:b@c/d", secret: true },
        { key: "PATH", value: "/bin", secret: false },
      ]),
      limits: {
        ...{ memory: 64 * MiB, swap: 128 * MiB, cpus: 0.5, shares: 512, cpuset: "0", pids: 50 },
        ...{
          restart: { policy: "on-failure", retries: 3 },
          ulimits: [{ name: "nofile", soft: 100, hard: 200 }],
        },
      },
      log: { driver: "json-file", options: { "max-size": "1m" }, path: raw.LogPath },
      storage: { driver: raw.GraphDriver.Name, data: raw.GraphDriver.Data ?? {} },
      security: { privileged: false, user: "nobody", readOnlyRoot: true, hostNamespaces: expect.any(Array) },
      compose: { project: "shop", service: "web", configFiles: [], workingDir: "" },
    });
    expect(facts.env.map(({ key, value }) => `${key}=${value}`)).toEqual(raw.Config.Env);
    expect(facts.mounts).toHaveLength(3);
    expect(facts.security.capAdd.join()).toContain("NET_ADMIN");
    expect(facts.security.dockerSocket).toBeUndefined();
    expect(facts.cgroup).toContain(id);
  });

  test("tell how long its log is, where this machine can see it", async () => {
    const id = await runContainer(sharedEngine(), "logs", {
      command: ["sh", "-c", "echo hello; sleep 1000"],
    });
    await expect.poll(() => docker("logs", id)).toBe("hello\n");
    const { log } = await engine.facts(id);
    expect(log.bytes).toBe((await stat(log.path ?? "")).size);
    expect(log.bytes).toBeGreaterThan(0);
  });

  test("tell what a health check said", async () => {
    const flags = ["--health-cmd", "echo one; echo two; exit 1", "--health-interval", "200ms"];
    const id = await runContainer(sharedEngine(), "health", { flags: [...flags, "--health-retries", "1"] });
    await expect.poll(async () => (await engine.facts(id)).health?.status).toBe("unhealthy");
    const { health } = await engine.facts(id);
    expect(health).toMatchObject({ intervalMs: 200, retries: 1, timeoutMs: 30_000 });
    expect(health?.test).toEqual(["CMD-SHELL", "echo one; echo two; exit 1"]);
    expect(health?.probes[0]).toMatchObject({ exitCode: 1, output: "one\ntwo" });
    expect(health?.failingStreak).toBeGreaterThanOrEqual(1);
  });

  test("tell how it ended, and that it starts again and again", async () => {
    const id = await runContainer(sharedEngine(), "killed");
    await docker("kill", id);
    expect(await engine.facts(id)).toMatchObject({
      state: "exited",
      exitCode: 137,
      oomKilled: false,
      pid: 0,
    });
    expect(await engine.facts(id)).not.toHaveProperty("cgroup");
    const loops = await runContainer(sharedEngine(), "loops", {
      flags: ["--restart", "always"],
      command: ["sh", "-c", "exit 2"],
    });
    await expect.poll(async () => (await engine.facts(loops)).restartLoop).toBe(true);
    const never = (await docker("create", "dockui-test/busybox", "nosuch")).trim();
    await docker("start", never).catch(() => "");
    expect(await engine.facts(never)).toMatchObject({ state: "created", exitCode: 127, restartLoop: false });
    expect((await engine.facts(never)).error).toContain("nosuch");
  });

  test("tell what it may do to the host", async () => {
    const flags = [
      "--privileged",
      "--pid",
      "host",
      "--ipc",
      "host",
      "-v",
      `${sharedEngine().socketPath}:/s/docker.sock`,
    ];
    const id = (await docker("create", ...flags, "dockui-test/busybox")).trim();
    const { security } = await engine.facts(id);
    expect(security).toMatchObject({
      privileged: true,
      dockerSocket: "/s/docker.sock",
      seccomp: "unconfined",
    });
    expect(security.hostNamespaces).toEqual(expect.arrayContaining(["pid", "ipc"]));
  });
});
