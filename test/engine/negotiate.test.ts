import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { compareVersions } from "../../src/docker/negotiate.ts";
import { closeDesks, openDesk, removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { closeProxies, openProxy, type RecordingProxy } from "./proxy.ts";
import { talkTo } from "./talk.ts";

const signal = new AbortController().signal;

afterEach(async () => {
  await closeDesks();
  await closeProxies();
});

async function realVersion(): Promise<string> {
  return (await sharedEngine().docker("version", "--format", "{{.Server.APIVersion}}")).trim();
}

function engineAt({ endpoint }: RecordingProxy) {
  return createEngine(endpoint, { readOnly: false, now: Date.now });
}

describeEngine("the API version", () => {
  test("is the engine's own, or 1.51 where that is newer", async () => {
    const real = await realVersion();
    const spoken = compareVersions(real, "1.51") < 0 ? real : "1.51";
    const proxy = await openProxy(sharedEngine().socketPath);
    const engine = engineAt(proxy);
    await engine.connect(signal);
    await engine.containers();
    engine.close();
    expect(proxy.requests).toEqual(["GET /_ping", `GET /v${spoken}/containers/json?all=1`]);
  });

  test("1.51 is spoken to an engine that offers 1.60", async () => {
    const lie = { apiVersion: "1.60", spoken: "1.51", real: await realVersion() };
    const proxy = await openProxy(sharedEngine().socketPath, { lie });
    const engine = engineAt(proxy);
    await engine.connect(signal);
    expect((await engine.about()).cores).toBeGreaterThan(0);
    engine.close();
    expect(proxy.requests).toEqual(["GET /_ping", "GET /v1.51/info"]);
  });

  test("1.24 is too old, and said to be", async () => {
    const lie = { apiVersion: "1.24", spoken: "1.24", real: await realVersion() };
    const proxy = await openProxy(sharedEngine().socketPath, { lie });
    const problem = explain(
      await engineAt(proxy)
        .connect(signal)
        .catch((error: unknown) => error),
    );
    expect(problem).toEqual({
      kind: "too-old",
      message: `The engine at ${proxy.endpoint.label} is too old: it speaks API 1.24, dockui needs 1.41.`,
      hint: "Update it to Docker 20.10 or later.",
    });
  });
});

describeEngine("an engine behind a TCP port", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("is followed and its shells open", async () => {
    const proxy = await openProxy(sharedEngine().socketPath, { tcp: true });
    const desk = openDesk(proxy.endpoint);
    const id = await runContainer(sharedEngine(), "far");
    const row = await desk.container("far", ({ state }) => state === "running");
    expect(row.id).toBe(id);
    const path = await desk.engine.findShell(id);
    const size = { columns: 80, rows: 24 };
    const shell = talkTo(await desk.engine.openShell(id, { command: [path ?? ""], term: "xterm", size }));
    shell.type("echo $((6*7))\r");
    await shell.hears(/\n42\r/);
    shell.type("exit 3\r");
    expect(await shell.end()).toBe(3);
    await sharedEngine().docker("rm", "-f", "far");
    await expect.poll(() => desk.session.sources.containers.get().items).toEqual([]);
  });
});

describeEngine("an engine that does not answer", () => {
  async function problemOf(endpoint: RecordingProxy["endpoint"]) {
    const engine = createEngine(endpoint, { readOnly: false, now: Date.now });
    const error = await engine.connect(signal).catch((thrown: unknown) => thrown);
    return explain(error, endpoint);
  }

  test("has no socket", async () => {
    expect(await problemOf(unix("/nonexistent/docker.sock"))).toMatchObject({
      kind: "no-socket",
      message: "There is no Docker socket at /nonexistent/docker.sock.",
    });
  });

  test("has a plain file, or a socket that its daemon left behind, where a socket should be", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dockui-file-"));
    const path = join(folder, "docker.sock");
    writeFileSync(path, "");
    const problem = await problemOf(unix(path));
    await rm(folder, { recursive: true });
    expect(problem).toMatchObject({ kind: "refused", message: `Nothing answers at ${path}.` });
    expect(problem.hint).toContain("systemctl start docker");
  });

  test("refuses on its port", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const label = `tcp://127.0.0.1:${port}`;
    const problem = await problemOf({ kind: "tcp", host: "127.0.0.1", port, label });
    expect(problem).toMatchObject({ kind: "refused", message: `Nothing answers at ${label}.` });
    expect(problem.hint).toContain("address and port");
  });
});
