import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { remove } from "../../src/actions/containers/remove.ts";
import { begin, perform } from "../../src/actions/perform.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { closeDesks, openDesk } from "./desk.ts";
import { describeEngine } from "./engine-test.ts";
import { type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { importImage } from "./test-images.ts";

const run = promisify(execFile);

describeEngine("a container whose removal failed half-way", () => {
  let engine: PrivateEngine;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    await importImage(engine, "dockui-test/busybox");
  });
  afterEach(closeDesks);
  afterAll(() => engine?.remove());

  /** Makes the files of layers read-only for the engine, as a broken disk does, and writable again. */
  async function protectLayers(on: boolean): Promise<void> {
    const layers = (await engine.docker("info", "-f", "{{.DockerRootDir}}/{{.Driver}}")).trim();
    const protect = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"';
    const script = on ? protect : 'umount -l "$1"';
    await run("nsenter", ["-t", `${engine.pid}`, "-m", "sh", "-c", script, "sh", layers]);
  }

  test("stands in the list as docker has it at once, and can be removed when the cause is gone", async () => {
    const { docker } = engine;
    await docker("create", "--name", "stuck", "dockui-test/busybox", "true");
    const desk = openDesk(unix(engine.socketPath));
    const { session } = desk;
    const stuck = await desk.container("stuck");
    if ((await docker("info", "-f", "{{.DriverStatus}}")).includes("io.containerd.snapshotter")) {
      // containerd's store clears files away later and by itself: there is no half-way.
      await perform(session, containersScreen, remove, [stuck]);
      expect(session.notice.get()?.text).toBe("Removed stuck.");
      return;
    }
    await protectLayers(true);
    await perform(session, containersScreen, remove, [stuck]);
    expect(session.notice.get()?.text).toMatch(/^1 failed: stuck: .*read-only file system/);
    const { state } = await desk.container("stuck", (row) => row.state !== "created");
    expect((await docker("ps", "-a", "--format", "{{.State}}")).trim()).toBe(state);

    await protectLayers(false);
    begin(session, containersScreen, remove, { items: [await desk.container("stuck")] });
    const top = session.overlays.get().at(-1);
    if (top?.kind !== "question") throw new Error(`It does not ask: ${session.notice.get()?.text}`);
    top.question.answer({});
    await expect.poll(() => session.notice.get()?.text).toBe("Removed stuck.");
    expect(await docker("ps", "-aq")).toBe("");
  });
});
