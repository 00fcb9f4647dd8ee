import type { Duplex } from "node:stream";
import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { record } from "../raw.ts";
import { attachTerminal } from "./attach-terminal.ts";
import type { ShellSession, TerminalSize } from "./shell.ts";
import { waitForEnd, waitForNextEnd } from "./wait.ts";

/**
 * How to attach. `detachKeys` as docker writes them ("ctrl-p,ctrl-q"). `input`: "safe" passes keys on where leaving
 * does not harm the container; "always" also where leaving ends its input for good (`StdinOnce` without a TTY, which
 * `docker run -i` makes); "none" only watches.
 */
export type AttachOptions = {
  detachKeys: string;
  input: "none" | "safe" | "always";
  /** The terminal's; without one nothing is painted anew. */
  size?: TerminalSize;
  /** Starts the container, which does not run yet: nothing that it writes is missed, nor its end. */
  start?: () => Promise<void>;
};

/** A container's main process on the person's terminal. Its `exitCode` is undefined while it runs on without us. */
export type AttachSession = ShellSession & {
  tty: boolean;
  /** Why what is typed does not arrive; undefined when it does. */
  deaf?: string;
};

/**
 * Attaches to the main process of a running container, or of one that `start` starts; leaving lets it run. It must be
 * read until it is left: a reader that stops reading stops the container at its next words.
 */
export async function openAttach(gate: Gate, id: string, options: AttachOptions): Promise<AttachSession> {
  const raw = record(await gate.call("GET", `/containers/${id}/json`, {}));
  const config = record(raw.Config);
  const { start } = options;
  if (!start) refuseStill(record(raw.State));
  const tty = config.Tty === true;
  const deaf = deafness(config, options.input);
  const socket = await connect(gate, id, { stdin: deaf === undefined, detachKeys: options.detachKeys });
  const side = { tty, deaf: deaf !== undefined, detachKeys: options.detachKeys };
  const stream = tty && !side.deaf && !start ? socket : attachTerminal(socket, side);
  for (const one of [socket, stream]) one.on("error", () => {}); // its close is what counts
  const leave = () => void stream.destroy();
  const exitCode = start
    ? await startedEnd({ gate, id, stream, removed: record(raw.HostConfig).AutoRemove === true }, start)
    : followEnd(gate, id, stream);
  const resize = async ({ columns, rows }: TerminalSize) => {
    if (tty) await gate.changes.getContainer(id).resize({ h: rows, w: columns });
  };
  const session = { stream, tty, ...(deaf ? { deaf } : {}), resize, exitCode, leave };
  if (tty && options.size) await repaint(resize, options.size);
  return session;
}

/** Nothing is attached to what does not run: the engine would wait for its next start. */
function refuseStill(state: Readonly<Record<string, unknown>>): void {
  if (state.Running === true && state.Paused !== true) return;
  const message = state.Paused ? "It is paused: unpause it before attaching." : "It does not run.";
  throw new ProblemError({ kind: "conflict", message });
}

function deafness(
  config: Readonly<Record<string, unknown>>,
  input: AttachOptions["input"],
): string | undefined {
  if (input === "none") return "Watching only.";
  if (config.OpenStdin !== true) return "It was created without -i: it has no input.";
  if (config.StdinOnce !== true || config.Tty === true || input === "always") return undefined;
  return "Its input closes for good when the first who is attached leaves (StdinOnce).";
}

async function connect(
  gate: Gate,
  id: string,
  { stdin, detachKeys }: { stdin: boolean; detachKeys: string },
): Promise<Duplex> {
  const request = { stream: true, stdout: true, stderr: true, hijack: true, stdin, detachKeys };
  return (await gate.streams.getContainer(id).attach(request)) as Duplex;
}

/** A program that paints the screen does so when its size changes: docker attach makes it change, too. */
async function repaint(resize: (size: TerminalSize) => Promise<void>, size: TerminalSize): Promise<void> {
  try {
    await resize({ columns: size.columns + 1, rows: size.rows + 1 });
    await resize(size);
  } catch {
    // It may just have ended, which the stream tells.
  }
}

/** Waits for the container's end beside the stream, and looks once that is over whether it was the end. */
function followEnd(gate: Gate, id: string, stream: Duplex): () => Promise<number | undefined> {
  const leaving = new AbortController();
  const waited = waitForEnd(gate, id, leaving.signal).catch(() => undefined);
  const over = new Promise<void>((resolve) => {
    for (const event of ["end", "close"]) stream.once(event, resolve);
  });
  const ended = over.then(async () => {
    if (await stillRuns(gate, id)) leaving.abort();
    return waited;
  });
  return () => (stream.readableEnded || stream.destroyed ? ended : Promise.resolve(undefined));
}

type Started = { gate: Gate; id: string; stream: Duplex; removed: boolean };

/**
 * Starts it, and gives its exit code when the stream has come to its end; undefined when we left. Waits before it
 * starts: what ends at once may be gone when one asks.
 */
async function startedEnd({ gate, id, stream, removed }: Started, start: () => Promise<void>) {
  const leaving = new AbortController();
  stream.once("close", () => stream.readableEnded || leaving.abort());
  try {
    const { code } = await waitForNextEnd(gate, id, { removed, signal: leaving.signal });
    await start();
    return () => code.catch(() => undefined);
  } catch (error) {
    stream.destroy();
    leaving.abort();
    throw error;
  }
}

async function stillRuns(gate: Gate, id: string): Promise<boolean> {
  try {
    return record(record(await gate.call("GET", `/containers/${id}/json`, {})).State).Running === true;
  } catch {
    return false; // removed as it ended, or the engine is gone and the wait with it
  }
}
