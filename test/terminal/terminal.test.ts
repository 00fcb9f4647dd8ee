import { afterEach, describe, expect, test } from "vitest";
import { closeAll, keys, openTerminal, type TerminalOptions } from "./terminal.ts";

afterEach(closeAll);

const sh = (script: string, options?: TerminalOptions) => openTerminal("sh", ["-c", script], options);

describe("what the screen shows", () => {
  test("is seen as soon as it is written", async () => {
    const terminal = sh("echo hello; read line; clear; echo got $line; read line");
    await terminal.sees("hello");
    expect(terminal.row(0)).toBe("hello");
    expect(terminal.screen().split("\n")).toHaveLength(24);
    terminal.press(`world${keys.enter}`);
    await terminal.sees(/^got w.rld$/m);
    await terminal.seesNot("hello");
    expect(terminal.raw()).toContain("hello\r\n");
    expect(terminal.bytes()).toBeGreaterThan(20);
  });

  test("is told whole when the text does not come", async () => {
    const terminal = sh("echo something else; read line");
    await terminal.sees("else");
    await expect(terminal.sees("hello", 50)).rejects.toThrow(
      /to see "hello", but not within 50 ms; the screen is:\n\+-{80}\+\n\|something else\n/,
    );
  });

  test("is not waited for when the program has ended", async () => {
    const terminal = sh("echo bye; exit 3");
    await expect(terminal.sees("hello")).rejects.toThrow(/the program has ended[\s\S]*bye/);
    expect(await terminal.exited).toEqual({ code: 3 });
    expect(terminal.screen()).toContain("bye");
  });

  test("settles when nothing is written any more", async () => {
    const terminal = sh("for i in 1 2 3; do echo $i; sleep 0.05; done; read line");
    await terminal.sees("1");
    await terminal.settles(300);
    expect(terminal.row(2)).toBe("3");
  });

  test("has cells with colours and widths", async () => {
    const terminal = sh(String.raw`printf '\033[1;31mA\033[0;7;38;2;1;2;3mB\033[0m漢x'; read line`);
    await terminal.sees("x");
    expect(terminal.cell(0, 0)).toMatchObject({ text: "A", bold: true, inverse: false, foreground: 1 });
    expect(terminal.cell(1, 0)).toMatchObject({
      text: "B",
      bold: false,
      inverse: true,
      foreground: "#010203",
    });
    expect(terminal.cell(4, 0)).toMatchObject({ text: "x", foreground: "default" });
  });
});

describe("the program", () => {
  test("has a terminal of the wanted size, which can change", async () => {
    const terminal = sh("trap 'stty size' WINCH; stty size; while :; do sleep 0.05; done", {
      columns: 100,
      rows: 30,
    });
    await terminal.sees("30 100");
    terminal.resize(60, 20);
    await terminal.sees("20 60");
  });

  test("does not see the variables of the test run", async () => {
    const terminal = sh(
      'echo "<$CI$NO_COLOR$FORCE_COLOR$NODE_ENV$DOCKER_HOST$VITEST> $TERM $MINE"; read line',
      {
        env: { MINE: "mine", HOME: undefined },
      },
    );
    await terminal.sees("<> xterm-256color mine");
  });

  test("gets answers to its questions and pasted text in brackets", async () => {
    const terminal = sh(
      String.raw`stty raw -echo; printf '\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; printf '\r\nasked\r\n'; dd bs=1 count=14 2>/dev/null | od -An -c`,
    );
    await terminal.sees(/033 +\[ +1 +; +1 +R/);
    await terminal.sees("asked");
    terminal.paste("ab");
    await terminal.sees(/a +b +033 +\[ +2 +0 +1 +~/);
  });

  test("dies by a signal, and its exit says so", async () => {
    const terminal = openTerminal("sleep", ["100"]);
    terminal.kill("SIGKILL");
    expect(await terminal.exited).toEqual({ code: 0, signal: 9 });
    expect(terminal.state().cooked).toBeUndefined();
  });
});

describe("the state of the terminal", () => {
  test("follows the modes that the program sets", async () => {
    const terminal = sh(
      String.raw`printf '\033[?1049h\033[?25l\033[?7l\033[?2004h\033[?1000h'; stty raw -echo; printf on; dd bs=1 count=1 2>/dev/null; stty sane; printf '\033[?1000;2004l\033[?7h\033[?25h\033[?1049l'; echo off; read line`,
    );
    expect(terminal.state()).toMatchObject({ alternateScreen: false, cursorVisible: true, autowrap: true });
    await terminal.sees("on");
    expect(terminal.state()).toEqual({
      alternateScreen: true,
      cursorVisible: false,
      autowrap: false,
      bracketedPaste: true,
      mouse: true,
      cooked: false,
    });
    terminal.press(keys.space);
    await terminal.sees("off");
    expect(terminal.state()).toEqual({
      alternateScreen: false,
      cursorVisible: true,
      autowrap: true,
      bracketedPaste: false,
      mouse: false,
      cooked: true,
    });
  });

  test("can be read after the end of a program that runs under a shell", async () => {
    const terminal = openTerminal("sh", ["-c", "stty raw; exec sleep 100"], { underShell: true });
    await expect.poll(() => terminal.state().cooked).toBe(false);
    terminal.kill("SIGTERM");
    await terminal.sees("rc=143");
    expect(terminal.state().cooked).toBe(false);
  });

  test("lets a program that was stopped come back by fg", async () => {
    const terminal = openTerminal("sh", ["-c", "echo started; exec sleep 100"], { underShell: true });
    await terminal.sees("started");
    terminal.press(keys.ctrlZ);
    await terminal.sees("rc=148");
    terminal.press("fg\r");
    await terminal.sees(/^fg\n\S/m);
    terminal.press(keys.ctrlC);
    await terminal.sees("rc=130");
  });
});

describe("closing", () => {
  test("ends every process that was started in the terminal", async () => {
    const terminal = sh("sleep 100 & sleep 101 & echo started; wait");
    await terminal.sees("started");
    const { pid } = terminal;
    await terminal.close();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    await terminal.exited;
  });

  test("complains of a process that its program left behind", async () => {
    const terminal = sh("trap '' HUP; sleep 99 & exit 0");
    await terminal.exited;
    await expect(closeAll()).rejects.toThrow("left behind: sleep 99");
  });

  test("complains of a program that does not end when it is asked to", async () => {
    const terminal = sh("trap '' HUP TERM; echo ready; while :; do sleep 0.1; done");
    await terminal.sees("ready");
    await expect(closeAll()).rejects.toThrow("had to be killed: sh -c");
  });
});
