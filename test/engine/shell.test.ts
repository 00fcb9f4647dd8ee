import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { talkTo } from "./talk.ts";

const size = { columns: 80, rows: 24 };

describeEngine("a shell", () => {
  let engine: Engine;
  let id: string;

  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: false, now: Date.now });
    await engine.connect(new AbortController().signal);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  async function openShell(name: string) {
    id = await runContainer(sharedEngine(), name);
    return engine.openShell(id, { command: ["/bin/ash"], term: "screen", size });
  }

  test("is the best that the image holds", async () => {
    id = await runContainer(sharedEngine(), "busybox");
    expect(await engine.findShell(id)).toBe("/bin/ash");
    const without = (await sharedEngine().docker("run", "-d", "dockui-test/noshell")).trim();
    expect(await engine.findShell(without)).toBeUndefined();
    const stopped = (await sharedEngine().docker("create", "dockui-test/busybox")).trim();
    expect(await engine.findShell(stopped)).toBe("/bin/ash");
  });

  test("has a terminal of the wanted kind and size, which can change", async () => {
    const session = await openShell("sized");
    const shell = talkTo(session);
    await session.resize(size);
    shell.type("stty size; echo $TERM\r");
    await shell.hears(/\n24 80\r\nscreen\r/);
    await session.resize({ columns: 120, rows: 40 });
    shell.type("stty size\r");
    await shell.hears(/\n40 120\r/);
    shell.type("exit\r");
    expect(await shell.end()).toBe(0);
  });

  test("gets ctrl+c, which ends what runs in it and not the shell", async () => {
    const shell = talkTo(await openShell("interrupted"));
    // In a shell of its own: ash would pass over a ctrl+c that comes between two of its commands.
    shell.type("sh -c 'echo rea\"\"dy; exec sleep 100'\r");
    await shell.hears(/\nready/);
    shell.type("\x03");
    await shell.hears(/\^C/);
    shell.type("echo code=$?\r");
    await shell.hears(/\ncode=130\r/);
    shell.type("\x04");
    // At ctrl+d ash answers the code of the last command.
    expect(await shell.end()).toBe(0);
  });

  test("passes ctrl+p on at once, so that its history works", async () => {
    const shell = talkTo(await openShell("history"));
    shell.type("echo fir''st\r");
    await shell.hears(/\nfirst\r/);
    shell.type("\x10");
    await shell.hears(/echo fir''st/);
    shell.type("\x15exit 0\r");
    expect(await shell.end()).toBe(0);
  });

  test("tells its exit code", async () => {
    const session = await openShell("seven");
    const shell = talkTo(session);
    await shell.hears(/[#$] /);
    expect(await session.exitCode()).toBeUndefined();
    shell.type("exit 7\r");
    expect(await shell.end()).toBe(7);
  });

  test("ends when its container is killed", async () => {
    const shell = talkTo(await openShell("killed"));
    await shell.hears(/[#$] /);
    await sharedEngine().docker("kill", id);
    expect(await shell.end()).toBe(137);
  });

  test("does not open in a container that is paused or stopped", async () => {
    id = await runContainer(sharedEngine(), "frozen");
    const open = () =>
      engine
        .openShell(id, { command: ["/bin/ash"], term: "xterm", size })
        .catch((error: unknown) => explain(error));
    await sharedEngine().docker("pause", id);
    expect(await open()).toMatchObject({ kind: "conflict", message: expect.stringMatching(/is paused/) });
    await sharedEngine().docker("rm", "-f", id);
    id = (await sharedEngine().docker("create", "dockui-test/busybox")).trim();
    expect(await open()).toMatchObject({
      kind: "conflict",
      message: expect.stringMatching(/is not running/),
    });
  });
});
