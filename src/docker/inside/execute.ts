import { createDemux, type OutputStream } from "../demux.ts";
import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { text } from "../raw.ts";
import { createExec, execBody, execEnd, type ProgramOptions } from "./exec-body.ts";

/** A piece of what a program wrote, as it came. */
export type Output = { stream: OutputStream; bytes: Buffer };

/** A program that was started in a container without a terminal and without input. */
export type Execution = {
  /**
   * To be read once and to its end; a reader that is slow slows the program. Throws a problem when the program could
   * not be started, and the abort's error when it was aborted.
   */
  output: AsyncIterable<Output>;
  /** Undefined while it runs, and for as long as the engine has not heard of its end. */
  exitCode(signal?: AbortSignal): Promise<number | undefined>;
  /** The program's process on the host, as `processes` tells it; 0 before it has started or when it could not. */
  pid(signal?: AbortSignal): Promise<number>;
};

/**
 * Starts a program in a container. Aborting the signal ends the reading only: the API has no way to end what was
 * started, and it goes on in the container until it writes into the closed pipe or ends by itself. `killProcess` with
 * the process of `pid()` ends it. Throws when the container does not run or is paused.
 */
export async function execute(
  gate: Gate,
  id: string,
  options: ProgramOptions,
  signal: AbortSignal,
): Promise<Execution> {
  const { exec, stream } = await begin(gate, id, options, signal).catch((error: unknown) =>
    throwRefused(error, options),
  );
  return {
    output: read(gate, exec, stream as unknown as AsyncIterable<Buffer>, { ...options, signal }),
    exitCode: async (signal) => (await execEnd(gate, exec, signal)).code,
    pid: async (signal) => (await execEnd(gate, exec, signal)).pid,
  };
}

async function begin(gate: Gate, id: string, options: ProgramOptions, signal: AbortSignal) {
  const exec = await createExec(gate, id, execBody(options), signal);
  const start = { Detach: false, Tty: false, abortSignal: signal };
  return { exec, stream: await gate.streams.getExec(exec).start(start as never) };
}

/** What the engine writes in place of the program's output begins so; the program itself may write such words too. */
const refusal =
  /^(OCI runtime exec failed|unable to find (user|group)|no matching entries|cannot exec|runc exec failed)/;

async function* read(
  gate: Gate,
  execId: string,
  stream: AsyncIterable<Buffer>,
  options: ProgramOptions & { signal: AbortSignal },
): AsyncGenerator<Output> {
  let ready: Output[] = [];
  let held: Output | undefined;
  let begun = false;
  const write = createDemux((name, bytes) => {
    const piece = { stream: name, bytes };
    if (!begun && refusal.test(bytes.toString("latin1", 0, 100))) held = piece;
    else ready.push(piece);
    begun = true;
  });
  for await (const chunk of stream) {
    write(chunk);
    if (held && ready.length === 0) continue;
    if (held) yield held;
    held = undefined;
    yield* ready;
    ready = [];
  }
  options.signal.throwIfAborted(); // the answer has no length: to Node a closed connection is its end
  if (!held) return;
  const { code, pid } = await execEnd(gate, execId);
  if (pid === 0 && (code === 126 || code === 127)) throw refused(held.bytes.toString("utf8"), options);
  yield held;
}

/** Docker 28 and Podman 5 refuse with an error what others write into the stream. */
export function throwRefused(error: unknown, options: ProgramOptions): never {
  const { message } = explain(error);
  throw refusal.test(message) ? refused(message, options) : error;
}

const reasons: readonly [RegExp, (options: ProgramOptions) => string, string?][] = [
  [
    /chdir to cwd|no such file or directory.*cwd|mkdir .*workdir/i,
    ({ workdir }) => `There is no folder ${workdir ?? "with the name of its workdir"} in this container.`,
  ],
  [
    /unable to find user|unable to find group|no matching entries/,
    ({ user }) => `There is no user or group ${user ?? "as the image names it"} in this container.`,
    "A number (uid or uid:gid) needs no entry in its /etc/passwd.",
  ],
  [
    /executable file not found|no such file or directory/,
    ({ command }) => `There is no program ${command[0] ?? ""} in this container.`,
    'A shell\'s own commands and operators need the shell: sh -c "…"',
  ],
  [/permission denied/, ({ command }) => `${command[0] ?? ""} cannot be executed in this container.`],
];

/** Why a program could not be started, by the words of the engine and its runtime. */
export function refused(words: string, options: ProgramOptions): ProblemError {
  const [, say, hint] = reasons.find(([pattern]) => pattern.test(words)) ?? [];
  const message = say ? say(options) : words.trim();
  return new ProblemError({ kind: "other", message: text(message), ...(hint ? { hint } : {}) });
}
