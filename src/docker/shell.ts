import type { Duplex } from "node:stream";
import { ProblemError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import { number, record } from "./raw.ts";

/** The size of a terminal, in cells. */
export type TerminalSize = { columns: number; rows: number };

/** A shell that runs in a container on a TTY of its own. */
export type ShellSession = {
  /** Raw bytes both ways; ends when the shell does. */
  stream: Duplex;
  resize(size: TerminalSize): Promise<void>;
  /** 137 when it was killed, 126 and 127 when it could not start; undefined while it runs. */
  exitCode(): Promise<number | undefined>;
};

/** Where shells live, the comfortable ones first; busybox images keep theirs elsewhere. */
const shells = ["/bin/bash", "/usr/bin/bash", "/bin/ash", "/bin/sh", "/usr/bin/sh", "/busybox/sh"];

/** The best shell in a container, without starting anything in it; undefined where there is none. */
export async function findShell(gate: Gate, id: string, signal?: AbortSignal): Promise<string | undefined> {
  for (const path of shells) {
    if (await exists(gate, id, path, signal)) return path;
  }
  return undefined;
}

async function exists(gate: Gate, id: string, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await gate.call("HEAD", `/containers/${id}/archive`, { path }, signal);
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

/** Starts a shell on a TTY of that size. Throws when the container does not run or is paused. */
export async function openShell(
  gate: Gate,
  id: string,
  options: { command: readonly string[]; term: string; size: TerminalSize },
): Promise<ShellSession> {
  const exec = await gate.calls.getContainer(id).exec({
    Cmd: [...options.command],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
    Env: [`TERM=${options.term}`],
    // The default, ctrl-p ctrl-q, holds every ctrl-p back and with it the shell's history.
    DetachKeys: "ctrl-^,ctrl-@,ctrl-^",
  });
  const stream = await gate.streams.getExec(exec.id).start({ hijack: true, stdin: true, Tty: true });
  const session: ShellSession = {
    stream,
    async resize({ columns, rows }) {
      await exec.resize({ h: rows, w: columns });
    },
    async exitCode() {
      const raw = record(await exec.inspect());
      return raw.Running === true ? undefined : number(raw.ExitCode);
    },
  };
  return session;
}

/**
 * Closes a shell's terminal while it runs: what a person would type to leave. A connection that merely breaks leaves
 * the shell running in the container for good, and the engine has no way to end it.
 */
export function hangUp({ stream }: ShellSession): void {
  if (stream.writable) stream.end("\u0003\u0004"); // ctrl+c, ctrl+d
}

/** What to say of an image without a shell. */
export function noShell(name: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    message: `${name} has no shell: its image holds neither bash, ash nor sh.`,
    hint: `Copy files out instead: docker cp ${name}:/path .`,
  });
}
