import type { Duplex } from "node:stream";
import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { createExec, execBody, execEnd, type ProgramOptions } from "./exec-body.ts";
import { throwRefused } from "./execute.ts";

/** The size of a terminal, in cells. */
export type TerminalSize = { columns: number; rows: number };

/** A program of a container on the person's terminal: a shell that was started for it, or its main process. */
export type ShellSession = {
  /** Raw bytes both ways; ends when the program does. */
  stream: Duplex;
  resize(size: TerminalSize): Promise<void>;
  /** 137 when it was killed, 126 and 127 when it could not start; undefined while it runs. */
  exitCode(): Promise<number | undefined>;
  /** Ends the session from this side: a shell is hung up, a main process goes on without it. */
  leave(): void;
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

/** What is started on a TTY: a shell or any other program. */
export type ShellOptions = ProgramOptions & { term: string; size: TerminalSize };

/** Starts a program on a TTY of its own. Throws when the container does not run or is paused. */
export async function openShell(gate: Gate, id: string, options: ShellOptions): Promise<ShellSession> {
  const { exec, stream } = await begin(gate, id, options).catch((error: unknown) =>
    throwRefused(error, options),
  );
  return {
    stream,
    async resize({ columns, rows }) {
      await gate.calls.getExec(exec).resize({ h: rows, w: columns });
    },
    exitCode: async () => (await execEnd(gate, exec)).code,
    leave: () => hangUp(stream),
  };
}

async function begin(gate: Gate, id: string, options: ShellOptions) {
  const exec = await createExec(gate, id, {
    ...execBody({ ...options, env: [`TERM=${options.term}`, ...(options.env ?? [])] }),
    AttachStdin: true,
    Tty: true,
    // The default, ctrl-p ctrl-q, holds every ctrl-p back and with it the shell's history.
    DetachKeys: "ctrl-^,ctrl-@,ctrl-^",
  });
  return {
    exec,
    stream: await gate.streams.getExec(exec).start({ hijack: true, stdin: true, Tty: true }),
  };
}

/**
 * Closes a shell's terminal while it runs: what a person would type to leave. A connection that merely breaks leaves
 * the shell running in the container for good, and the engine has no way to end it.
 */
function hangUp(stream: Duplex): void {
  if (stream.writable) stream.end("\u0003\u0004"); // ctrl+c, ctrl+d
}

/** What to say of an image without a shell. */
export function noShell(name: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    message: `${name} has no shell: its image holds neither bash, ash nor sh.`,
    hint: "f shows its files without one.",
  });
}
