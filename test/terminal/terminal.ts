import { patienceMs } from "../patience.ts";
import { openPty, sessionMembers, ttyIsCooked } from "./pty.ts";
import { type CellLook, openScreen, type Screen } from "./screen.ts";

export { keys } from "./keys.ts";
export type { CellLook } from "./screen.ts";

/** What the program left the terminal in. */
export type TerminalState = {
  alternateScreen: boolean;
  cursorVisible: boolean;
  autowrap: boolean;
  bracketedPaste: boolean;
  mouse: boolean;
  /** Lines are edited and echoed by the tty (ICANON and ECHO); undefined when the tty has gone with its program. */
  cooked: boolean | undefined;
};

/** How a program ended. */
export type Exit = { code: number; signal?: number };

/** A program on a real pty, and what a person at that terminal would see. */
export type Terminal = {
  /** All rows, each without its trailing blanks. */
  screen(): string;
  row(y: number): string;
  cell(x: number, y: number): CellLook;
  /** Resolves as soon as the screen shows the text; rejects with the whole screen if it does not come. */
  sees(text: string | RegExp, timeoutMs?: number): Promise<void>;
  /** Resolves as soon as the screen does not show the text any more. */
  seesNot(text: string | RegExp, timeoutMs?: number): Promise<void>;
  /** Resolves when nothing was written for so long (100 ms unless told). */
  settles(quietMs?: number): Promise<void>;
  /** Sends bytes as a keyboard does; `keys` has the names. */
  press(bytes: string): void;
  /** Sends a text as a terminal does that was asked for bracketed paste. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** How many bytes were received so far. */
  bytes(): number;
  /** Everything received so far. */
  raw(): string;
  state(): TerminalState;
  /** The process id of the program, also when it runs under a shell. */
  readonly pid: number;
  /** The id of the session that all of its processes belong to. */
  readonly session: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the program (the shell, if it runs under one) has ended and all its output is on the screen. */
  readonly exited: Promise<Exit>;
  /** Ends everything that was started in this terminal. */
  close(): Promise<void>;
};

/** How a terminal is opened; 80×24 unless told otherwise. */
export type TerminalOptions = {
  columns?: number;
  rows?: number;
  /** On top of this process's environment without what would change the program's mind; undefined removes. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Runs the program as a job of a shell, which prints `rc=…` after it and then runs typed lines, such as `fg`. */
  underShell?: boolean;
};

const openTerminals = new Set<Terminal>();
const leaks: string[] = [];

/** Starts a program on a pty of its own. */
export function openTerminal(command: string, args: string[], options: TerminalOptions = {}): Terminal {
  const { columns = 80, rows = 24 } = options;
  const pty = openPty(command, args, { ...options, columns, rows });
  const screen = openScreen(columns, rows, pty.write);
  const received: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  pty.onData((chunk) => {
    received.push(chunk);
    bytes += chunk.length;
    screen.write(chunk);
  });
  const exited = pty.exited.then(async (exit) => {
    ended = true;
    await screen.finish();
    return exit;
  });
  const terminal: Terminal = {
    ...readersOf(screen),
    press: pty.write,
    paste: (text) => pty.write(`\x1b[200~${text}\x1b[201~`),
    resize: (width, height) => {
      screen.resize(width, height);
      pty.resize(width, height);
    },
    bytes: () => bytes,
    raw: () => Buffer.concat(received).toString("utf8"),
    state: () => ({ ...screen.modes(), cooked: ttyIsCooked(pty.path) }),
    session: pty.pid,
    get pid() {
      return pty.programPid();
    },
    kill: (signal) => void process.kill(pty.programPid(), signal),
    exited,
    close: async () => {
      openTerminals.delete(terminal);
      const name = [command, ...args].join(" ");
      if (ended) leaks.push(...(await lingering(pty.pid, 500)).map((left) => `${name} left behind: ${left}`));
      leaks.push(...(await endSession(pty.pid)).map((left) => `${name}: had to be killed: ${left}`));
      await exited;
    },
  };
  openTerminals.add(terminal);
  return terminal;
}

/** Closes what tests left open; throws if a process outlived its terminal or did not end when asked. For afterAll. */
export async function closeAll(): Promise<void> {
  await Promise.all([...openTerminals].map((terminal) => terminal.close()));
  const found = leaks.splice(0);
  if (found.length > 0) throw new Error(`processes leaked:\n${found.join("\n")}`);
}

function readersOf(screen: Screen) {
  const { text, row, cell, until, settles } = screen;
  const shows = (wanted: string | RegExp) =>
    typeof wanted === "string"
      ? text().includes(wanted)
      : new RegExp(wanted, wanted.flags.replace("g", "")).test(text());
  return {
    screen: text,
    row,
    cell,
    settles,
    sees: (wanted: string | RegExp, timeoutMs = patienceMs) =>
      until(() => shows(wanted), `to see ${JSON.stringify(String(wanted))}`, timeoutMs),
    seesNot: (unwanted: string | RegExp, timeoutMs = patienceMs) =>
      until(() => !shows(unwanted), `to see no more ${JSON.stringify(String(unwanted))}`, timeoutMs),
  };
}

/** Asks every process of a terminal's session to end, forces those that do not, and returns the forced ones. */
async function endSession(session: number): Promise<string[]> {
  for (const member of sessionMembers(session)) send(member.pid, "SIGTERM", "SIGHUP", "SIGCONT");
  const stubborn = await lingering(session, 3000);
  for (const member of sessionMembers(session)) send(member.pid, "SIGKILL");
  return stubborn;
}

/** The commands of a session that are still there after a time; returns at once when none is. */
async function lingering(session: number, graceMs: number): Promise<string[]> {
  const end = performance.now() + graceMs;
  while (sessionMembers(session).length > 0 && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return sessionMembers(session).map((member) => member.command);
}

function send(pid: number, ...signals: NodeJS.Signals[]): void {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
      return;
    }
  }
}
