import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterEach, expect, test } from "vitest";
import { closeDesks, removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { closeProxies, openProxy } from "../engine/proxy.ts";
import { bundle, expectRestored, expectTaken, openDockui } from "./dockui.ts";
import { sessionMembers } from "./pty.ts";
import { closeAll, keys, type Terminal } from "./terminal.ts";

/** dockui as a job of a shell, with one container and, if wanted, a shell open in that. */
async function open(shellToo: "list" | "shell"): Promise<Terminal> {
  await runContainer(sharedEngine(), "box");
  const terminal = openDockui(undefined, { underShell: true });
  await terminal.sees(/box +● running/);
  expectTaken(terminal);
  if (shellToo === "list") return terminal;
  terminal.press("e");
  await terminal.sees(/^\/ #$/m);
  return terminal;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describeEngine("the terminal is as it was", () => {
  afterEach(async () => {
    await closeAll();
    await closeProxies();
    await closeDesks();
    await removeAll(sharedEngine());
  });

  test.each([
    ["q", "q"],
    ["ctrl+c", keys.ctrlC],
  ])("after %s", async (_, key) => {
    const terminal = await open("list");
    terminal.press(key);
    await terminal.sees("rc=0");
    expectRestored(terminal);
    // Nothing but what the shell writes is left on the screen that was there before.
    expect(terminal.screen().trim()).toBe("rc=0");
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGQUIT", 131],
    ["SIGABRT", 134],
    ["SIGUSR2", 140],
    ["SIGALRM", 142],
  ] as const)("after %s", async (signal, code) => {
    const terminal = await open("list");
    terminal.kill(signal);
    await terminal.sees(`rc=${code}`);
    expectRestored(terminal);
    expect(terminal.screen().trim()).toBe(`rc=${code}`);
  });

  test("after kill %1 while it is stopped by ctrl+z", async () => {
    const terminal = await open("list");
    const { pid } = terminal;
    terminal.press(keys.ctrlZ);
    await terminal.sees("rc=148");
    // As bash does it for a stopped job; dash sends the first one only.
    const before = terminal.raw().length;
    terminal.press(`kill -TERM ${pid}; kill -CONT ${pid}\r`);
    await expect.poll(() => sessionMembers(terminal.session).map((one) => one.pid)).not.toContain(pid);
    await terminal.settles();
    // It left the terminal alone: only what was typed, and what the shell said, is there.
    expect(terminal.raw().slice(before)).not.toContain("\u001b");
    expectRestored(terminal);
  });

  test.each(["SIGTERM", "SIGQUIT", "SIGALRM"] as const)(
    "the demo engine's folder goes at %s",
    async (signal) => {
      const folder = await mkdtemp(join(tmpdir(), "dockui-signals-"));
      for (const args of [["--demo"], ["--demo", "clean"]]) {
        const terminal = openDockui(args, {
          underShell: true,
          env: { TMPDIR: folder, DOCKUI_DEMO_DF_MS: "600000" },
        });
        await expect.poll(() => readdir(folder)).toHaveLength(1);
        if (args.length === 1) await terminal.sees("● live");
        terminal.kill(signal);
        await terminal.sees("rc=1");
        expect(await readdir(folder)).toEqual([]);
      }
      await rm(folder, { recursive: true });
    },
  );

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("after %s while a shell is open", async (signal, code) => {
    const terminal = await open("shell");
    terminal.press("printf '\\033[?1049h\\033[?1000h\\033[?2004h\\033[?25l'; echo r''eady\r");
    await terminal.sees(/^ready$/m);
    terminal.kill(signal);
    await terminal.sees(`rc=${code}`);
    expectRestored(terminal);
  });

  test.each(["list", "shell"] as const)("after a crash with a %s on the screen", async (shown) => {
    await runContainer(sharedEngine(), "box");
    const crash = 'process.once("SIGUSR2", () => { throw new Error("crash on purpose"); })';
    const terminal = openDockui(undefined, {
      underShell: true,
      nodeOptions: ["--import", `data:text/javascript,${encodeURIComponent(crash)}`],
    });
    await terminal.sees(/box +● running/);
    if (shown === "shell") {
      terminal.press("e");
      await terminal.sees(/^\/ #$/m);
    }
    terminal.kill("SIGUSR2");
    await terminal.sees("rc=1");
    expectRestored(terminal);
    expect(terminal.screen()).toContain("crash on purpose");
  });

  test("while it is stopped by ctrl+z, and dockui has it again after fg", async () => {
    await runContainer(sharedEngine(), "box");
    const proxy = await openProxy(sharedEngine().socketPath);
    const streams = () => proxy.connections().filter((request) => request.includes("/events")).length;
    const terminal = openDockui(["-H", proxy.host], { underShell: true });
    await terminal.sees(/box +● running/);
    expect(streams()).toBe(1);
    terminal.press(keys.ctrlZ);
    await terminal.sees("rc=148");
    expectRestored(terminal);
    // Nobody would read it: a stream that is not read slows the whole daemon.
    await expect.poll(streams).toBe(0);
    terminal.resize(100, 30);
    await sharedEngine().docker("pause", "box");
    terminal.press("fg\r");
    await terminal.sees(/box +◐ paused/);
    expectTaken(terminal);
    await expect.poll(() => terminal.row(29)).toMatch(/help/);
    expect(terminal.row(28)).toBe("─".repeat(100));
    await terminal.sees("● live");
    expect(streams()).toBe(1);
    terminal.press("?");
    await terminal.sees("Keys here");
    terminal.press(keys.esc);
    await terminal.sees(/box +◐ paused/);
    terminal.press(keys.ctrlZ);
    // The first one still stands on the shell's screen.
    await terminal.sees(/rc=148[\s\S]*rc=148/);
    terminal.press("fg\r");
    await terminal.sees(/box +◐ paused/);
    terminal.press("q");
    await terminal.sees("rc=0");
    expectRestored(terminal);
  });

  test("while it is stopped by SIGTSTP", async () => {
    const terminal = await open("list");
    terminal.kill("SIGTSTP");
    await terminal.sees("rc=148");
    expectRestored(terminal);
    terminal.press("fg\r");
    await terminal.sees(/box +● running/);
    expectTaken(terminal);
    terminal.kill("SIGTERM");
    await terminal.sees("rc=143");
    expectRestored(terminal);
  });

  test("though it was stopped and continued from outside", async () => {
    const terminal = await open("list");
    terminal.kill("SIGSTOP");
    await terminal.sees("rc=147");
    // The tty is as dockui left it: no line editing.
    terminal.press("fg\n");
    await terminal.sees(/box +● running/);
    await expect.poll(() => terminal.row(0)).toMatch(/^ dockui /);
    await terminal.sees(/box +● running/);
    await terminal.settles();
    expect(terminal.screen()).not.toContain("rc=147");
    expectTaken(terminal);
    terminal.press("q");
    await terminal.sees("rc=0");
    expectRestored(terminal);
  });

  test.each(["list", "shell"] as const)(
    "dockui ends when its terminal is lost, with a %s open",
    async (shown) => {
      await runContainer(sharedEngine(), "box");
      const args = [bundle, "-H", sharedEngine().host];
      const pty = spawn(process.execPath, args, { cols: 80, rows: 24, env: { TERM: "xterm" } });
      let seen = "";
      pty.onData((text) => {
        seen += text;
      });
      await expect.poll(() => seen).toMatch(/box.*running/s);
      if (shown === "shell") {
        pty.write("e");
        await expect.poll(() => seen).toMatch(/\/ # /);
      }
      // Closes the master; node-pty's type does not know it.
      (pty as unknown as { destroy(): void }).destroy();
      await expect.poll(() => isAlive(pty.pid), { interval: 20 }).toBe(false);
      const processes = () => sharedEngine().docker("top", "box", "-o", "pid,args");
      await expect.poll(processes).not.toContain("/bin/ash");
    },
  );
});
