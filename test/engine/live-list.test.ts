import Docker from "dockerode";
import { afterEach, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createLogFeed } from "../../src/hooks/log/feed.ts";
import { closeDesks, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { startPrivateEngine } from "./private-engine.ts";
import { closeProxies, openProxy, type RecordingProxy } from "./proxy.ts";
import { importImage } from "./test-images.ts";

afterEach(async () => {
  await closeDesks();
  await closeProxies();
});

/** A desk behind a recording door, live and with nothing left to ask. */
async function openQuietDesk(proxy: RecordingProxy) {
  const desk = openDesk(proxy.endpoint);
  await until(desk.session.connection, (state) => state.kind === "live" && state.about !== undefined);
  await until(desk.session.sources.containers, ({ loadedAt, loading }) => loadedAt !== undefined && !loading);
  // The engine tells once more what happened just before.
  for (let asked = -1; asked !== proxy.requests.length; ) {
    asked = proxy.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return desk;
}

describeEngine("the live list", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("shows what the docker command does, as it does it", async () => {
    const { docker, socketPath } = sharedEngine();
    const desk = openDesk(unix(socketPath));
    const is = (state: string) => desk.container("box", (row) => row.state === state);
    const id = await runContainer(sharedEngine(), "box");
    expect((await is("running")).id).toBe(id);
    await docker("pause", "box");
    await is("paused");
    await docker("unpause", "box");
    await is("running");
    await docker("kill", "box");
    expect((await is("exited")).exitCode).toBe(137);
    await docker("start", "box");
    await is("running");
    await docker("stop", "-t", "0", "box");
    await is("exited");
    await docker("rename", "box", "chest");
    expect((await desk.container("chest")).id).toBe(id);
    await docker("rm", "chest");
    await until(desk.session.sources.containers, ({ items }) => items.length === 0);
  });

  test("asks for the rows of the changed containers only, and of nothing while nothing happens", async () => {
    const { docker, socketPath } = sharedEngine();
    const flags = ["--health-cmd", "true", "--health-interval", "100ms"];
    const [healthy, other] = await Promise.all([
      runContainer(sharedEngine(), "healthy", { flags }),
      runContainer(sharedEngine(), "other"),
    ]);
    const proxy = await openProxy(socketPath);
    const desk = await openQuietDesk(proxy);
    await desk.container("healthy", ({ health }) => health === "healthy");
    const before = proxy.asked().length;
    // Some 50 probes, three exec events each.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(proxy.asked().slice(before)).toEqual([]);

    await docker("pause", "other");
    await desk.container("other", ({ state }) => state === "paused");
    await docker("rename", "healthy", "hale");
    await desk.container("hale");
    const asked = proxy
      .asked()
      .slice(before)
      .map((request) => request.replace(/^GET \/v[\d.]+/, ""));
    const one = (id: string) => `/containers/json?all=1&filters={"id":["${id}"]}`;
    // A pause is told before the list knows: an inspect waits for that.
    expect(asked).toEqual([`/containers/${other}/json`, one(other), one(healthy)]);
    expect(proxy.connections().filter((request) => request.includes("/events"))).toHaveLength(1);
  });

  test("is true after a burst of 40 containers, at the cost of a few loads", async () => {
    const { docker, socketPath } = sharedEngine();
    const proxy = await openProxy(socketPath);
    const desk = await openQuietDesk(proxy);
    const before = proxy.requests.length;
    const dockerode = new Docker({ socketPath });
    const create = (_: unknown, index: number) =>
      dockerode.createContainer({ Image: "dockui-test/busybox", name: `burst-${index}` });
    await Promise.all(Array.from({ length: 40 }, create));
    const ids = (await docker("ps", "-aq", "--no-trunc")).trim().split("\n").sort();
    expect(ids).toHaveLength(40);
    const shown = () => desk.session.sources.containers.get().items.map(({ id }) => id);
    await expect.poll(() => shown().sort()).toEqual(ids);
    expect(proxy.requests.slice(before).length).toBeLessThan(20);
  });

  test("leaves nobody listening at the engine when it is closed", async () => {
    const { docker, socketPath } = sharedEngine();
    const listeners = async () => Number(await docker("info", "-f", "{{.NEventsListener}}"));
    const proxy = await openProxy(socketPath);
    const desk = await openQuietDesk(proxy);
    await expect.poll(listeners).toBe(1);
    await desk.close();
    await expect.poll(listeners).toBe(0);
    expect(proxy.connections()).toEqual([]);
  });

  test("goes on over cut connections, and misses nothing of what happened meanwhile", async () => {
    const { docker, socketPath } = sharedEngine();
    await runContainer(sharedEngine(), "box");
    const proxy = await openProxy(socketPath);
    const desk = await openQuietDesk(proxy);
    const lost = until(desk.session.connection, ({ kind }) => kind === "lost");
    proxy.cut();
    await docker("pause", "box");
    await lost;
    await desk.container("box", ({ state }) => state === "paused");
    await until(desk.session.connection, ({ kind }) => kind === "live");
  });
});

describeEngine("an engine that stops and starts again", () => {
  test("keeps its last list meanwhile, and its list and logs go on", async () => {
    const engine = await startPrivateEngine();
    try {
      await importImage(engine, "dockui-test/busybox");
      await runContainer(engine, "once");
      const script =
        'n=$(($(cat /n 2>/dev/null) + 1)); echo $n >/n; for i in 1 2 3; do echo "$n.$i"; done; exec sleep 100000';
      const flags = ["--restart", "always"];
      await runContainer(engine, "always", { flags, command: ["sh", "-c", script] });
      const desk = openDesk(unix(engine.socketPath));
      const { connection, sources } = desk.session;
      const feed = createLogFeed(desk.session, await desk.container("always"));
      const leaving = new AbortController();
      const reading = feed.run(leaving.signal);
      const lines = () =>
        Array.from(
          { length: feed.buffer.end() - feed.buffer.first() },
          (_, at) => feed.buffer.get(feed.buffer.first() + at)?.text,
        );
      await until(feed, () => lines().length === 3);

      await engine.stop();
      const lost = await until(connection, ({ kind }) => kind === "lost");
      expect(lost).toMatchObject({ attempt: expect.any(Number), problem: { kind: expect.any(String) } });
      expect(
        sources.containers
          .get()
          .items.map(({ name }) => name)
          .sort(),
      ).toEqual(["always", "once"]);
      await until(connection, (state) => state.kind === "lost" && state.problem.kind === "no-socket");

      await engine.start();
      await until(connection, ({ kind }) => kind === "live");
      await desk.container("once", ({ state }) => state === "exited");
      await desk.container("always", ({ state }) => state === "running");
      await until(feed, () => lines().length >= 6);
      expect(lines()).toEqual(["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]);
      leaving.abort();
      await reading;
      await desk.close();
      const listeners = async () => Number(await engine.docker("info", "-f", "{{.NEventsListener}}"));
      await expect.poll(listeners).toBe(0);
    } finally {
      await closeDesks();
      await engine.remove();
    }
  });
});
