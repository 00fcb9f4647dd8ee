import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { closeProxies, openProxy } from "../engine/proxy.ts";
import { cellOf, expectRestored, expectTaken, openDockui } from "./dockui.ts";
import { sessionMembers } from "./pty.ts";
import { closeAll, keys, type Terminal, type TerminalOptions } from "./terminal.ts";

const noise = { LESS: undefined, LESSOPEN: undefined, LESSCLOSE: undefined, PAGER: undefined };

/** Prints "line 1." and so on. */
const lines = (count: number) => `awk 'BEGIN { while (i < ${count}) print "line " ++i "." }'`;

type Options = TerminalOptions & { command?: string; host?: string };

/** dockui with the log of a container on the screen that wrote what a shell command prints. */
async function openLog({ command = lines(2_000), host, env, ...options }: Options = {}) {
  const { host: shared } = sharedEngine();
  const script = `${command}; exec sleep 100000`;
  await runContainer(sharedEngine(), "box", { command: ["sh", "-c", script] });
  const terminal = openDockui(["-H", host ?? shared], { ...options, env: { ...noise, ...env } });
  await terminal.sees(/box +● running/);
  terminal.press("l");
  await terminal.sees("Logs box");
  return terminal;
}

/** Opens the pager: for the kept lines, or with "whole" for all. */
async function openPager(terminal: Terminal, extent: "kept" | "whole" = "kept"): Promise<void> {
  terminal.press("|");
  await terminal.sees(/Open the lines of box in .*\?/);
  await terminal.settles(); // it hears no key before it stands there
  terminal.press(extent === "whole" ? `${keys.right}\u0013` : "\u0013");
}

/** A pager that is a shell script. */
function scripted(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "dockui-pager-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "my pager");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return `'${path}'`;
}

/** The screen is dockui's again, and hears keys. */
async function expectBack(terminal: Terminal): Promise<void> {
  await terminal.sees("Logs box");
  expectTaken(terminal);
  await terminal.sees(/^ dockui /m);
  terminal.press("?");
  await terminal.sees(/^ Keys here/m);
  terminal.press(keys.esc);
  await terminal.sees("Logs box");
}

/** The processes of a terminal of that program. */
function processes(terminal: Terminal, command: string) {
  return sessionMembers(terminal.session).filter((member) =>
    new RegExp(`(^|/)${command}( |$)`).test(member.command),
  );
}

describeEngine("a log in a pager", () => {
  afterEach(async () => {
    await closeAll();
    await closeProxies();
    await removeAll(sharedEngine());
  });

  test("opens in less where nothing else is named, and comes back, again and again", async () => {
    const terminal = await openLog();
    await terminal.sees("line 2000.");
    for (const _ of ["once", "twice"]) {
      await openPager(terminal);
      await terminal.sees(/^line 1501\.$/m);
      terminal.press("G");
      await terminal.sees("(END)");
      await terminal.sees(/^line 2000\.$/m);
      terminal.press("q");
      await expectBack(terminal);
    }
    terminal.press("qq");
    expect(await terminal.exited).toEqual({ code: 0 });
  });

  test("has its size when that changes meanwhile, and ctrl+c is for it alone", async () => {
    const terminal = await openLog();
    await terminal.sees("line 2000.");
    await openPager(terminal);
    await terminal.sees(/^line 1501\.$/m);
    terminal.press(keys.ctrlC);
    terminal.resize(100, 30);
    await terminal.sees(/^line 1529\.$/m);
    terminal.press("q");
    await expectBack(terminal);
    expect(terminal.screen().split("\n")).toHaveLength(30);
    expect(terminal.row(0).length).toBeGreaterThan(80);
  });

  test("keeps its colours, and nothing else of what it could do to the terminal", async () => {
    const sequences = "\\033[31mred\\033[0m \\033]52;c;aGV5\\007 \\033[2J bell\\007 end\\n";
    const terminal = await openLog({ command: `printf '${sequences}'` });
    await terminal.sees("end");
    await openPager(terminal);
    await terminal.sees("(END)");
    expect(cellOf(terminal, "red").foreground).toBe(1);
    await terminal.sees(/^red {3}bell␇ end$/m);
    expect(terminal.raw()).not.toContain("\u001b]52");
    terminal.press("q");
    await expectBack(terminal);
  });

  test("streams the whole log while it is read, and quitting ends the stream", async () => {
    const proxy = await openProxy(sharedEngine().socketPath);
    const terminal = await openLog({ command: lines(3_000_000), host: proxy.host });
    const whole = () => proxy.connections().filter((asked) => /\/logs/.test(asked) && !/tail=/.test(asked));
    await openPager(terminal, "whole");
    await terminal.sees(/^line 1\.$/m);
    expect(whole()).toHaveLength(1);
    terminal.press("1000g");
    await terminal.sees(/^line 1000\.$/m);
    expect(whole()).toHaveLength(1);
    terminal.press("q");
    await expectBack(terminal);
    await expect.poll(whole).toHaveLength(0);
  });

  test("says where the engine broke it off", async () => {
    const proxy = await openProxy(sharedEngine().socketPath);
    const terminal = await openLog({ command: lines(3_000_000), host: proxy.host });
    await openPager(terminal, "whole");
    await terminal.sees(/^line 1\.$/m);
    proxy.cut();
    terminal.press("G");
    await terminal.sees("dockui: it breaks off here. The connection to");
    terminal.press("q");
    await terminal.sees("What less showed breaks off. The connection to");
  });

  test("opens in what PAGER names, with its arguments, and its exit code is told", async () => {
    const script = 'read -r first; printf "%s|%s|%s\\n" "$1" "$2" "$first"; read -r key </dev/tty; exit 3';
    const terminal = await openLog({ env: { PAGER: `${scripted(script)} -a 'b c'` } });
    await openPager(terminal);
    await terminal.sees("-a|b c|line 1501.");
    expect(terminal.state()).toMatchObject({ alternateScreen: false, autowrap: true, cooked: true });
    terminal.press("\r");
    await terminal.sees("my pager ended with exit code 3.");
    await expectBack(terminal);
  });

  test("what fails at once, is not there or is no program is told", async () => {
    const fails = await openLog({ env: { PAGER: scripted("exit 4") } });
    await openPager(fails, "whole");
    await fails.sees("my pager ended with exit code 4.");
    await expectBack(fails);
    for (const [PAGER, words] of [
      ["no-such-pager -x", "There is no no-such-pager here, which PAGER names."],
      ["less | cat", "PAGER is more than a program and its arguments: less | cat"],
    ] as const) {
      const terminal = openDockui(undefined, { env: { ...noise, PAGER } });
      await terminal.sees(/box +● running/);
      terminal.press("l");
      await terminal.sees("line 2000.");
      terminal.press("|");
      await terminal.sees(words);
    }
  });

  test("what only prints stays until Enter", async () => {
    const terminal = await openLog({ env: { PAGER: "cat" } });
    await terminal.sees("line 2000.");
    await openPager(terminal);
    await terminal.sees("dockui: that is all; Enter comes back");
    await terminal.sees(/^line 2000\.$/m);
    terminal.press("\r");
    await expectBack(terminal);
  });

  test("a less that would quit where all fits on one screen stays", async () => {
    const terminal = await openLog({ command: "echo short", env: { LESS: "FRX" } });
    await openPager(terminal);
    await terminal.sees("(END)");
    terminal.press("q");
    await expectBack(terminal);
  });

  test("a pager that is killed leaves the terminal in order", async () => {
    const terminal = await openLog({ underShell: true });
    await terminal.sees("line 2000.");
    await openPager(terminal);
    await terminal.sees(/^line 1501\.$/m);
    for (const { pid } of processes(terminal, "less")) process.kill(pid, "SIGKILL");
    await terminal.sees("less was killed (SIGKILL).");
    await expectBack(terminal);
    terminal.press("qq");
    await terminal.sees("rc=0");
    expectRestored(terminal);
  });

  test("ctrl+z stops both, and fg brings the pager back", async () => {
    const terminal = await openLog({ underShell: true });
    await terminal.sees("line 2000.");
    await openPager(terminal);
    await terminal.sees(/^line 1501\.$/m);
    await terminal.settles(); // a less that has not begun to wait for a key may not hear it
    terminal.press("\u001a");
    await terminal.sees(/rc=\d+/);
    terminal.press("fg\r");
    await terminal.sees(/^line 1501\.$/m);
    terminal.press("q");
    await expectBack(terminal);
  });

  test("dockui takes its pager with it when it is ended", async () => {
    const terminal = await openLog({ underShell: true });
    await terminal.sees("line 2000.");
    await openPager(terminal);
    await terminal.sees(/^line 1501\.$/m);
    terminal.kill("SIGTERM");
    await terminal.sees("rc=143");
    expectRestored(terminal);
    expect(processes(terminal, "less")).toEqual([]);
  });
});
