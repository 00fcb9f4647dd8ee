import { fail } from "./http.ts";
import { freshId } from "./ids.ts";
import { frame } from "./log-frames.ts";
import { runLine, runWords, type ShellSurroundings } from "./shell.ts";
import { openPipe, openTerminal, type TypedShell } from "./terminal.ts";
import type { DemoContainer } from "./types.ts";
import type { DemoExec, DemoWorld } from "./world.ts";

/** Where the output of an exec goes; `end` comes after the last byte. */
export type ExecSink = { write(bytes: Buffer): void; end(): void };

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Throws ApiError 409 unless commands can run in the container. */
function checkRuns(container: DemoContainer): void {
  if (container.status === "paused")
    fail(409, `Container ${container.name} is paused, unpause the container before exec`);
  if (container.status === "restarting")
    fail(409, `Container ${container.id} is restarting, wait until the container is running`);
  if (container.status !== "running") fail(409, `container ${container.id} is not running`);
}

/** Makes an exec session which waits for its start; throws ApiError 400 without a command, 409 when it cannot run. */
export function createExec(
  world: DemoWorld,
  container: DemoContainer,
  body: Record<string, unknown>,
): DemoExec {
  checkRuns(container);
  const command = list(body.Cmd);
  if (command.length === 0) fail(400, "No exec command specified");
  const exec: DemoExec = {
    id: freshId(),
    container: container.id,
    command,
    tty: body.Tty === true,
    stdin: body.AttachStdin === true,
    started: false,
    running: false,
    exitCode: undefined,
    rows: 24,
    columns: 80,
  };
  world.execs.set(exec.id, exec);
  world.tell(container, `exec_create: ${command.join(" ")}`, { execID: exec.id });
  return exec;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const isShell = (program: string): boolean => /^(ba|a|z)?sh$/.test(baseName(program));

/** Why the program cannot be run, in the words of the runtime; undefined when it can. */
function missing(container: DemoContainer, program: string): string | undefined {
  const { shells } = container;
  const there = isShell(program)
    ? shells.some((shell) => shell === program || baseName(shell) === program)
    : shells.length > 0 && runWords([program], surroundings(container, undefined, Date.now)).code !== 127;
  if (there) return undefined;
  const why = program.includes("/")
    ? `stat ${program}: no such file or directory`
    : "executable file not found in $PATH";
  return `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": ${why}: unknown`;
}

function surroundings(
  container: DemoContainer,
  exec: DemoExec | undefined,
  now: () => number,
): ShellSurroundings {
  return {
    hostname: container.id.slice(0, 12),
    os: container.shells.includes("/bin/bash") ? "Debian GNU/Linux 12 (bookworm)" : "Alpine Linux v3.20",
    env: [...container.env, "HOME=/root", ...(exec?.tty === true ? ["TERM=xterm"] : [])],
    processes: [container.command.join(" "), exec?.command.join(" ") ?? "sh", "ps"],
    size: () => ({ rows: exec?.rows ?? 24, columns: exec?.columns ?? 80 }),
    now,
  };
}

/** The line of `sh -c line`, unless that line only looks for a better shell to become. */
function scriptOf(command: readonly string[]): string | undefined {
  const [program = "", option, script] = command;
  if (!isShell(program) || option !== "-c" || script === undefined) return undefined;
  return /\bexec\s+\S*sh\b/.test(script) ? undefined : script;
}

/** Starts an exec: writes its output to `sink`, ends it with the command; answers the way to type, if it reads any. */
export function startExec(world: DemoWorld, exec: DemoExec, sink: ExecSink): TypedShell | undefined {
  const container = world.find(exec.container) ?? fail(404, `No such container: ${exec.container}`);
  checkRuns(container);
  Object.assign(exec, { started: true, running: true });
  world.tell(container, `exec_start: ${exec.command.join(" ")}`, { execID: exec.id });
  const finish = finisher(world, exec, sink);
  const print = (text: string) =>
    sink.write(exec.tty ? Buffer.from(text) : frame("stdout", Buffer.from(text)));
  const around = surroundings(container, exec, world.now);
  const failure = missing(container, exec.command[0] ?? "");
  if (failure !== undefined) {
    print(`${failure}\r\n`);
    finish(126);
    return undefined;
  }
  const script = scriptOf(exec.command);
  if (isShell(exec.command[0] ?? "") && script === undefined && exec.stdin)
    return (exec.tty ? openTerminal : openPipe)(around, { print, exit: finish });
  const { text, code } = script === undefined ? runWords(exec.command, around) : runLine(script, around);
  if (text !== "") print(exec.tty ? text.replace(/\n/g, "\r\n") : text);
  finish(code);
  return undefined;
}

/** Ends the exec once: by itself, or with 137 when its container stops. */
function finisher(world: DemoWorld, exec: DemoExec, sink: ExecSink): (code: number) => void {
  const finish = (code: number) => {
    if (!exec.running) return;
    forget();
    Object.assign(exec, { running: false, exitCode: code });
    const container = world.find(exec.container);
    if (container !== undefined)
      world.tell(container, "exec_die", { execID: exec.id, exitCode: String(code) });
    sink.end();
  };
  const forget = world.bus.listen((event) => {
    if (event.Actor.ID === exec.container && (event.Action === "die" || event.Action === "destroy"))
      finish(137);
  });
  return finish;
}

/** The inspect object of an exec. */
export const inspectExec = (exec: DemoExec) => ({
  ID: exec.id,
  Running: exec.running,
  ExitCode: exec.exitCode ?? null,
  ProcessConfig: {
    tty: exec.tty,
    entrypoint: exec.command[0] ?? "",
    arguments: exec.command.slice(1),
    privileged: false,
  },
  OpenStdin: exec.stdin,
  OpenStderr: true,
  OpenStdout: true,
  CanRemove: !exec.running && exec.started,
  ContainerID: exec.container,
  DetachKeys: "",
  Pid: exec.running ? 9000 : 0,
});
