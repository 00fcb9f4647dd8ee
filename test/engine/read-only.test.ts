import { afterEach, expect, test } from "vitest";
import type { Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { closeDesks, openDesk, removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { closeProxies, openProxy } from "./proxy.ts";

const size = { columns: 80, rows: 24 };

/** Everything that changes something. */
const changes: Record<string, (engine: Engine, id: string) => Promise<unknown>> = {
  start: (engine, id) => engine.start(id),
  stop: (engine, id) => engine.stop(id, 0),
  restart: (engine, id) => engine.restart(id, 0),
  pause: (engine, id) => engine.pause(id),
  unpause: (engine, id) => engine.unpause(id),
  kill: (engine, id) => engine.kill(id, "KILL"),
  remove: (engine, id) => engine.remove(id, { force: true, volumes: true }),
  openShell: (engine, id) => engine.openShell(id, { command: ["/bin/sh"], term: "xterm", size }),
};

describeEngine("a read-only engine", () => {
  afterEach(async () => {
    await closeDesks();
    await closeProxies();
    await removeAll(sharedEngine());
  });

  test("changes nothing, and does not even ask", async () => {
    const id = await runContainer(sharedEngine(), "box");
    const proxy = await openProxy(sharedEngine().socketPath);
    const { engine, container } = openDesk(proxy.endpoint, { readOnly: true });
    await container("box");
    for (const change of Object.values(changes)) {
      const problem = explain(await change(engine, id).catch((error: unknown) => error));
      expect(problem).toMatchObject({ kind: "read-only", message: "dockui was started with --read-only." });
    }
    expect(engine.requests().changes).toBe(0);
    expect((await engine.detail(id)).state).toBe("running");
    expect(await engine.findShell(id)).toBe("/bin/ash");
    expect(proxy.requests.filter((request) => !/^(GET|HEAD) /.test(request))).toEqual([]);
  });
});
