import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { type IPty, spawn } from "@lydell/node-pty";

/** A program on a pty, in bytes. */
export type Pty = {
  /** The session leader: the program, or the shell that it is a job of. */
  pid: number;
  programPid(): number;
  /** The device that the program reads and writes, such as /dev/pts/3. */
  path: string;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  onData(listener: (chunk: Buffer) => void): void;
  /** Resolves after the last byte. */
  exited: Promise<{ code: number; signal?: number }>;
};

/** What a pty is opened with. */
export type PtyOptions = {
  columns: number;
  rows: number;
  env?: Record<string, string | undefined>;
  cwd?: string;
  underShell?: boolean;
};

// A shell with job control, as people have: a stopped program comes back with `fg`. Dash leaves the tty as it was left.
const shell =
  'set -m; trap : INT; "$@"; echo "rc=$?"; while read -r line; do eval "$line"; echo "rc=$?"; done';

// Variables that make programs behave as on another machine, in another terminal, or under a test runner.
const stripped =
  /^(CI|CONTINUOUS_INTEGRATION|NO_COLOR|FORCE_COLOR|COLORTERM|NODE_ENV|DOCKER_.*|COLUMNS|LINES|TERM_PROGRAM.*|TMUX|STY|VITEST.*|TEST|DOCKUI_.*)$/;

/** Starts a program on a new pty. */
export function openPty(command: string, args: string[], options: PtyOptions): Pty {
  const { columns, rows, cwd = process.cwd(), underShell = false } = options;
  const [file, argv] = underShell ? ["/bin/sh", ["-c", shell, "sh", command, ...args]] : [command, args];
  // What tests do is no part of anybody's journal.
  const env = {
    ...cleanEnv(),
    TERM: "xterm-256color",
    LC_ALL: "C.UTF-8",
    XDG_STATE_HOME: "/dev/null",
    ...options.env,
  };
  const pty = spawn(file, argv, { cols: columns, rows, cwd, env: withoutUndefined(env), encoding: null });
  let ended = false;
  return {
    pid: pty.pid,
    programPid: () => (underShell ? (firstChild(pty.pid) ?? pty.pid) : pty.pid),
    path: pathOf(pty),
    write: (data) => pty.write(data),
    resize: (width, height) => {
      if (!ended) pty.resize(width, height);
    },
    // With no encoding it hands out buffers, which its type does not say.
    onData: (listener) => void pty.onData((chunk) => listener(chunk as unknown as Buffer)),
    exited: new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        ended = true;
        resolve(signal ? { code: exitCode, signal } : { code: exitCode });
      });
    }),
  };
}

/** Whether the tty edits and echoes lines; undefined if it is gone. */
export function ttyIsCooked(path: string): boolean | undefined {
  try {
    const flags = execFileSync("stty", ["-a", "-F", path], { encoding: "utf8", stdio: "pipe" }).split(
      /[\s;]+/,
    );
    return flags.includes("icanon") && flags.includes("echo");
  } catch {
    return undefined;
  }
}

/** The living processes of a session. */
export function sessionMembers(session: number): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const [state, , , leader] = fields(`/proc/${pid}/stat`);
      if (Number(leader) !== session || state === "Z") return [];
      const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
      return [{ pid: Number(pid), command }];
    });
}

function firstChild(pid: number): number | undefined {
  const child = read(`/proc/${pid}/task/${pid}/children`).split(" ")[0];
  return child ? Number(child) : undefined;
}

/** State, parent, group and session come first after the name, which may contain anything. */
function fields(statPath: string): string[] {
  const text = read(statPath);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function pathOf(pty: IPty): string {
  // Not in its type, but public: "ptsName" of UnixTerminal.
  return "ptsName" in pty ? String(pty.ptsName) : "";
}

function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !stripped.test(name)));
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
