import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { cellOf, expectRestored, expectTaken, openDockui } from "./dockui.ts";
import { closeAll, keys, type Terminal, type TerminalOptions } from "./terminal.ts";

/** dockui with a shell open in a container of that name. */
async function openShell(name: string, options?: TerminalOptions): Promise<Terminal> {
  await runContainer(sharedEngine(), name);
  const terminal = openDockui(undefined, options);
  await terminal.sees(new RegExp(`${name} +● running`));
  terminal.press("e");
  await terminal.sees(`dockui: /bin/ash in ${name}; exit or ctrl+d comes back`);
  await terminal.sees(/^\/ #$/m);
  return terminal;
}

describeEngine("a shell in the terminal", () => {
  afterEach(async () => {
    await closeAll();
    await removeAll(sharedEngine());
  });

  test("is the person's own: its size, its colours, its ctrl+c", async () => {
    const terminal = await openShell("box");
    expect(terminal.state()).toMatchObject({ alternateScreen: false, autowrap: true, cursorVisible: true });
    terminal.press("stty size\r");
    await terminal.sees(/^24 80$/m);
    terminal.resize(100, 30);
    terminal.press("until [ \"$(stty size)\" = '30 100' ]; do sleep 0.05; done; echo res''ized\r");
    await terminal.sees(/^resized$/m);
    terminal.press("printf '\\033[31mcol''oured\\033[0m\\n'\r");
    await terminal.sees(/^coloured$/m);
    expect(cellOf(terminal, "coloured").foreground).toBe(1);
    terminal.press("sh -c 'echo sl\"\"eeps; exec sleep 100'\r");
    await terminal.sees(/^sleeps$/m);
    terminal.press(keys.ctrlC);
    terminal.press("echo code=$?\r");
    await terminal.sees(/^code=130$/m);

    terminal.press("exit 7\r");
    await terminal.sees("Shell in box ended with exit code 7.");
    await terminal.sees(/box +● running/);
    expectTaken(terminal);
    expect(terminal.row(0)).toMatch(/^ dockui /);
    expect(terminal.screen()).not.toMatch(/coloured|code=130/);
    terminal.press("?");
    await terminal.sees(/^ Keys here/m);
    terminal.press(keys.esc);
    await terminal.sees(/box +● running/);
    terminal.press("q");
    expect(await terminal.exited).toEqual({ code: 0 });
  });

  test("opens again and again, and ends at ctrl+d", async () => {
    const terminal = await openShell("box");
    for (const word of ["first", "second", "third"]) {
      terminal.press(`echo ${word} one\r`);
      await terminal.sees(new RegExp(`^${word} one$`, "m"));
      terminal.press(keys.ctrlD);
      await terminal.sees("Shell in box ended with exit code 0.");
      await terminal.sees(/box +● running/);
      terminal.press("e");
      await terminal.seesNot(/box +● running/);
    }
  });

  test("gets what is typed while it is being opened, and the screen does not", async () => {
    const terminal = await openShell("box");
    terminal.press(keys.ctrlD);
    await terminal.sees(/box +● running/);
    terminal.press("edy"); // as one piece, as from afar
    await terminal.seesNot(/box +● running/);
    terminal.press("echo typed a''head\r");
    await terminal.sees(/^typed ahead$/m);
    terminal.press("exit\r");
    await terminal.sees(/box +● running/);
    await terminal.settles();
    expect(terminal.screen()).not.toContain("Remove");
  });

  test("leaves the terminal clean though a program in it was killed on the alternate screen", async () => {
    const terminal = await openShell("box", { underShell: true });
    terminal.press("printf '\\033[?1049h\\033[?1000h\\033[?25l\\033[?2004h'; echo r''eady\r");
    await terminal.sees(/^ready$/m);
    expect(terminal.state()).toMatchObject({ alternateScreen: true, mouse: true, cursorVisible: false });
    await sharedEngine().docker("kill", "box");
    await terminal.sees(/Shell in box was killed \(137\)/);
    await terminal.sees(/box +○ exited \(137\)/);
    expectTaken(terminal);
    expect(terminal.state().mouse).toBe(false);
    terminal.press("q");
    await terminal.sees("rc=0");
    expectRestored(terminal);
  });

  test("is said to be missing where the image has none", async () => {
    await sharedEngine().docker("run", "-d", "--name", "bare", "dockui-test/noshell");
    const terminal = openDockui();
    await terminal.sees(/bare +● running/);
    terminal.press("e");
    await terminal.sees("bare has no shell: its image holds neither bash, ash nor sh.");
    expectTaken(terminal);
    terminal.press("j");
    await terminal.seesNot("has no shell");
  });

  test("is refused in a container that does not run, with the reason", async () => {
    await sharedEngine().docker("create", "--name", "new", "dockui-test/busybox");
    const terminal = openDockui();
    await terminal.sees(/new +○ created/);
    terminal.press("e");
    await terminal.sees("no shell: it is created and was never started");
    await runContainer(sharedEngine(), "froz");
    await sharedEngine().docker("pause", "froz");
    await terminal.sees(/froz +◐ paused/);
    terminal.press(`${keys.home}e`);
    await terminal.sees("no shell: it is paused");
  });

  test("leaves no process behind when dockui is ended while it is open", async () => {
    const terminal = await openShell("box", { underShell: true });
    terminal.kill("SIGTERM");
    await terminal.sees("rc=143");
    expectRestored(terminal);
    const processes = () => sharedEngine().docker("top", "box", "-o", "pid,args");
    await expect.poll(processes).not.toContain("/bin/ash");
  });
});
