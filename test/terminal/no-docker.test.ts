import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { bundle, expectRestored, openDockui } from "./dockui.ts";
import { closeAll, type Terminal } from "./terminal.ts";

describe("dockui without a Docker Engine", () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "dockui-home-"));
  });
  afterEach(closeAll);
  afterAll(() => rm(home, { recursive: true }));

  async function openWelcome(): Promise<Terminal> {
    const args = ["-H", "unix:///nonexistent/docker.sock"];
    const terminal = openDockui(args, { env: { HOME: home }, underShell: true });
    await terminal.sees("There is no Docker socket at /nonexistent/docker.sock.");
    return terminal;
  }

  test("says what is missing, and opens its demo engine when asked to", async () => {
    const terminal = await openWelcome();
    await terminal.sees("dockui --demo");
    terminal.press("D");
    await terminal.sees(/^ dockui +DEMO .*● live/);
    await terminal.sees(/● running/);
    await terminal.seesNot("There is no Docker socket");
    terminal.press("q");
    await terminal.sees("rc=0");
    expectRestored(terminal);
    expect(terminal.screen().trim()).toBe("rc=0");
  });

  test("says it once more where it is left at once, with code 1", async () => {
    const terminal = await openWelcome();
    terminal.press("q");
    await terminal.sees("rc=1");
    expectRestored(terminal);
    const [first, hint] = terminal.screen().split("\n");
    expect(first).toBe("dockui: There is no Docker socket at /nonexistent/docker.sock.");
    expect(hint).toMatch(/^Is Docker installed and running\?/);
  });

  test("says a wrong address before it opens a screen", async () => {
    const terminal = openDockui(["-H", "gopher://old"]);
    expect(await terminal.exited).toEqual({ code: 1 });
    expect(terminal.raw()).toMatch(/^dockui: Cannot connect to "gopher:\/\/old"\.\r\nUse unix:/);
    expect(terminal.raw()).not.toContain("\u001b[?1049h");
  });

  test.each([
    ["q", "rc=0"],
    ["SIGTERM", "rc=143"],
    ["SIGHUP", "rc=129"],
  ] as const)("runs the demo engine alone, too, and leaves no file of it at %s", async (end, code) => {
    const folder = await mkdtemp(join(home, "tmp-"));
    const env = { TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: "1" };
    const terminal = openDockui(["--demo"], { env, underShell: true });
    await terminal.sees(/^ dockui +DEMO/);
    await terminal.sees(/● running/);
    expect(readdirSync(folder)).toHaveLength(1);
    if (end === "q") terminal.press("q");
    else terminal.kill(end);
    await terminal.sees(code);
    expectRestored(terminal);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("the demo engine leaves no folder behind when its terminal is lost", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dockui-lost-"));
  try {
    const env = { TERM: "xterm", TMPDIR: folder };
    const pty = spawn(process.execPath, [bundle, "--demo"], { cols: 80, rows: 24, env });
    let seen = "";
    pty.onData((text) => {
      seen += text;
    });
    await expect.poll(() => seen).toContain("DEMO");
    expect(readdirSync(folder).filter((name) => name.startsWith("dockui-demo-"))).toHaveLength(1);
    // Closes the master; node-pty's type does not know it.
    (pty as unknown as { destroy(): void }).destroy();
    const left = () => readdirSync(folder).filter((name) => name.startsWith("dockui-demo-"));
    await expect.poll(left, { interval: 20 }).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
