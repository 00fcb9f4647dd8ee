import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

const run = promisify(execFile);
const keeper = join(import.meta.dirname, "keep-engine.sh");

/** An engine that a test may use but not stop: its socket, and the docker command line as the judge. */
export type EngineAccess = {
  socketPath: string;
  /** As DOCKER_HOST and -H take it: unix://… */
  host: string;
  /** The daemon's process id as this process sees it. */
  pid: number;
  /** The standard output of a docker command; rejects with what it wrote about the failure. */
  docker(...args: string[]): Promise<string>;
};

/** A Docker Engine of its own: in its own mount and network namespace, and gone when this process is gone. */
export type PrivateEngine = EngineAccess & {
  /** Stops the daemon (not the namespace of files): its socket goes, its containers end. */
  stop(): Promise<void>;
  /** Starts a stopped daemon on the same files. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Ends the daemon and all of its containers by force, and removes every trace. */
  remove(): Promise<void>;
};

/**
 * Starts a private Docker Engine: the dockerd on the PATH, with what DOCKUI_DAEMON holds as its daemon.json. It is in
 * the pid namespace of this machine unless another one is asked for, and has a journal of its own, where this machine
 * has one, for containers of the log driver journald.
 */
export async function startPrivateEngine(
  options: { pidNamespace?: boolean; journal?: boolean } = {},
): Promise<PrivateEngine> {
  const reason = engineUnavailable();
  if (reason) throw new Error(reason);
  const directory = await mkdtemp(join(tmpdir(), "dockui-engine-"));
  await writeFile(join(directory, "daemon.json"), process.env.DOCKUI_DAEMON ?? "{}");
  const flags = options.pidNamespace ? ["--pid", "--fork", "--mount-proc", "--kill-child"] : [];
  const journald = options.journal ? journalProgram() : undefined;
  const kept = keep([directory, basename(directory), dockerCli() ?? "docker", ...flags], journald);
  const socketPath = join(directory, "docker.sock");

  let pid = 0;
  const start = async () => {
    const answer = await kept.ask("start");
    if (!answer.startsWith("started ")) throw new Error(`dockerd does not start here: ${answer}`);
    pid = Number(answer.slice("started ".length));
  };
  const stop = async () => void (await kept.ask("stop"));
  await start().catch(async (error: unknown) => {
    await kept.end();
    throw error;
  });
  return {
    ...engineAt(socketPath, 0),
    get pid() {
      return pid;
    },
    start,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    remove: kept.end,
  };
}

/** The access to an engine that is already running, told by its socket and its daemon's process id. */
export function engineAt(socketPath: string, pid: number): EngineAccess {
  const host = `unix://${socketPath}`;
  const docker = async (...args: string[]) => {
    const { DOCKER_CONTEXT: _context, ...rest } = process.env;
    const env = { ...rest, DOCKER_HOST: host, DOCKER_CONFIG: join(socketPath, "..") };
    try {
      return (await run(dockerCli() ?? "docker", args, { env, maxBuffer: 64 << 20 })).stdout;
    } catch (error) {
      // What the engine says about a command that it cannot execute comes on the standard output.
      const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
      throw new Error(`docker ${args.join(" ")}: ${stderr.trim() || stdout.trim() || error}`);
    }
  };
  return { socketPath, host, pid, docker };
}

/** Why this machine cannot run a private Docker Engine, or undefined if it should. */
export function engineUnavailable(): string | undefined {
  const checks: [boolean, string][] = [
    [process.platform === "linux", "it needs Linux"],
    [process.getuid?.() === 0, "it needs root"],
    [onPath("dockerd") !== undefined, "dockerd is not installed (apt-get install docker.io)"],
    [dockerCli() !== undefined, "the docker command is not installed"],
    [onPath("unshare") !== undefined, "unshare is not installed (util-linux)"],
    [existsSync("/bin/busybox"), "/bin/busybox is missing (apt-get install busybox-static)"],
    [isStatic("/bin/busybox"), "/bin/busybox is not a static program (apt-get install busybox-static)"],
    [/ cgroup2? /.test(textOf("/proc/mounts")), "no cgroups are mounted"],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

/** The program that keeps a journal, which the log driver journald needs; undefined where there is none. */
export function journalProgram(): string | undefined {
  return ["/lib", "/usr/lib"].map((folder) => `${folder}/systemd/systemd-journald`).find(existsSync);
}

/** The script that owns the daemon, as a question-and-answer partner that does not keep this process alive. */
function keep(args: string[], journald = "") {
  // In a session of its own: Ctrl+C in the terminal of the tests must not reach it, only the end of its stdin.
  const env = { ...process.env, JOURNALD: journald };
  const child = spawn(keeper, args, { env, detached: true, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = once(child, "exit");
  hold(child, false);
  const ask = async (command: "start" | "stop") => {
    hold(child, true);
    child.stdin.write(`${command}\n`);
    const line = await lines.next();
    hold(child, false);
    return line.done ? "its keeper has ended" : String(line.value);
  };
  const end = async () => {
    hold(child, true);
    child.stdin.end();
    await gone;
  };
  return { ask, end };
}

function hold(child: ChildProcessByStdio<Writable, Readable, null>, on: boolean) {
  // The pipes of a child process are sockets, which its type does not say.
  for (const part of [child, child.stdin as Socket, child.stdout as Socket]) on ? part.ref() : part.unref();
}

/** The docker command that was installed with the daemon, since another one may be too old or too new for it. */
function dockerCli(): string | undefined {
  const daemon = onPath("dockerd");
  const beside = ["../bin/docker", "docker"].map((path) => join(dirname(daemon ?? "/"), path));
  return beside.find((path) => existsSync(path)) ?? onPath("docker");
}

function onPath(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/bin", "/sbin"];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function isStatic(path: string): boolean {
  if (!existsSync(path)) return false;
  const head = Buffer.alloc(4096);
  const file = openSync(path, "r");
  readSync(file, head);
  closeSync(file);
  return head.includes("ELF") && !head.includes("ld-linux") && !head.includes("ld-musl");
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
