import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { closeDesks, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine } from "./engine-test.ts";
import { type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { dockui } from "./program.ts";
import { closeProxies, openProxy } from "./proxy.ts";
import { importImage } from "./test-images.ts";

/** What may pass until silence is told, and what a busy machine may add to it. */
const [promisedMs, busyMs] = [15_000, 30_000];

describeEngine("an engine that hangs", () => {
  let engine: PrivateEngine;
  const hang = () => process.kill(engine.pid, "SIGSTOP");
  const goOn = () => process.kill(engine.pid, "SIGCONT");

  beforeAll(async () => {
    engine = await startPrivateEngine();
    await importImage(engine, "dockui-test/busybox");
  });
  afterEach(async () => {
    goOn();
    await closeDesks();
    await closeProxies();
    await removeAll(engine);
  });
  afterAll(async () => {
    await engine?.remove();
  });

  test("is lost within 15 s, and live again with a true list when it goes on", async () => {
    await runContainer(engine, "before");
    const { session, container } = openDesk(unix(engine.socketPath));
    await container("before");
    await until(session.connection, ({ kind }) => kind === "live");
    hang();
    const lost = await until(session.connection, ({ kind }) => kind === "lost", promisedMs + busyMs);
    expect(lost).toMatchObject({
      problem: { kind: "timeout", message: `${engine.socketPath} did not answer in time.` },
    });
    expect(session.sources.containers.get().items.length).toBe(1);
    goOn();
    await runContainer(engine, "after");
    await container("after");
    await until(session.connection, ({ kind }) => kind === "live");
  }, 120_000);

  test.each([["ps"], ["df"], ["clean", "--yes"]].map((args) => [args.join(" "), args] as const))(
    "dockui %s says so and ends",
    async (_, args) => {
      hang();
      expect(await dockui(["-H", engine.host, ...args])).toEqual({
        stdout: "",
        stderr: `dockui: ${engine.socketPath} did not answer in time.\n`,
        code: 1,
      });
    },
    60_000,
  );

  test("a connection that is dropped silently hides no container for long", async () => {
    const proxy = await openProxy(engine.socketPath);
    const { session, container } = openDesk(proxy.endpoint);
    await until(session.connection, (state) => state.kind === "live" && state.about !== undefined);
    proxy.drop();
    await runContainer(engine, "new");
    await until(session.sources.containers, ({ items }) => items.length === 1, promisedMs + busyMs);
    expect((await container("new")).state).toBe("running");
  }, 120_000);
});
