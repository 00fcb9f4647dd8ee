import type { Duplex } from "node:stream";
import { notify, type Session, type TerminalTask } from "../actions/session.ts";
import { explain, inFull, ProblemError } from "../docker/errors.ts";
import { exitWords } from "../docker/facts/exit-words.ts";
import { detachKeys } from "../docker/inside/detach-keys.ts";
import { noShell, type ShellSession } from "../docker/inside/shell.ts";
import type { RawInput, Terminal } from "./terminal.ts";

/** The person's own terminal, while the screen does not use it. */
export type Place = { raw: RawInput; terminal: Terminal };

/**
 * A shell in a container, or another program, on the person's own terminal, through the API: resolves when it is
 * over, and says how it ended where that is worth a word. Never rejects.
 */
export async function runShell(
  session: Session,
  { container, program }: Extract<TerminalTask, { kind: "shell" }>,
  place: Place,
): Promise<void> {
  const { engine } = session;
  const { id, name } = container;
  await guarded(session, async () => {
    let word = program?.command[0] ?? "";
    const opened = await opening(place, async (signal) => {
      const path = program ? undefined : await engine.findShell(id, signal);
      const started = program ?? (path === undefined ? undefined : { command: [path] });
      if (!started) throw noShell(name);
      signal.throwIfAborted();
      word = started.command[0] ?? "";
      say(place, `${word} in ${name}; ${program ? "its end" : "exit or ctrl+d"} comes back`);
      return engine.openShell(id, { ...started, term: session.host.term, size: sizeOf(place) });
    });
    const { shell } = opened;
    await pipe(shell, place, opened.typed);
    report(session, program ? `${word} in ${name}` : `Shell in ${name}`, await shell.exitCode());
  });
}

/**
 * A container's main process on the person's own terminal; one that was attached as it started stays on the screen at
 * its end until Enter, for its words are kept nowhere else. Never rejects.
 */
export async function runAttach(
  session: Session,
  { container, input, attached: begun }: Extract<TerminalTask, { kind: "attach" }>,
  place: Place,
): Promise<void> {
  const { id, name } = container;
  await guarded(session, async () => {
    const { shell: attached, typed } = await opening(
      place,
      async () => begun ?? session.engine.attach(id, { detachKeys, size: sizeOf(place), input }),
    );
    say(place, `the main process of ${name}; ctrl+p ctrl+q comes back and lets it run`);
    if (attached.deaf !== undefined) say(place, `keys do not arrive. ${attached.deaf}`);
    await pipe(attached, place, typed);
    // What closes its output may run on for long.
    const code = await Promise.race([attached.exitCode(), pressed(place, [ctrlC]).then(() => undefined)]);
    if (code === undefined) {
      place.terminal.stdout.write("\r\n"); // what was left stands in the middle of a line perhaps
      notify(session, "good", `Detached from ${name}: it runs on.`);
      return;
    }
    const text = `${name} ended: ${exitWords(code, { oomKilled: false })}`;
    notify(session, code === 0 ? "good" : "warn", text);
    if (!begun) return;
    say(place, `${text} Enter comes back`);
    await pressed(place, [enter, newline, ctrlC]);
  });
}

function say({ terminal }: Place, text: string): void {
  terminal.stdout.write(`\u001b[2mdockui: ${text}\u001b[22m\r\n`);
}

function sizeOf({ terminal }: Place) {
  return { columns: terminal.stdout.columns, rows: terminal.stdout.rows };
}

async function guarded(session: Session, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    notify(session, "bad", inFull(explain(error, session.engine.endpoint)));
  }
}

const ctrlC = 3;
const newline = 10;
const enter = 13;

/** Resolves as soon as one of these keys is pressed. */
function pressed({ raw }: Place, keys: readonly number[]): Promise<void> {
  return new Promise((resolve) => {
    const stop = raw.onBytes((bytes) => {
      if (!keys.some((key) => bytes.includes(key))) return;
      stop();
      resolve();
    });
  });
}

/**
 * Waits until it is open; what is typed meanwhile is kept for it. An engine that hangs may never answer: ctrl+c gives
 * up, and what opens after that is left at once.
 */
function opening<Opened extends ShellSession>(
  { raw }: Place,
  open: (signal: AbortSignal) => Promise<Opened>,
): Promise<{ shell: Opened; typed: readonly Buffer[] }> {
  const typed: Buffer[] = [];
  const leaving = new AbortController();
  return new Promise((resolve, reject) => {
    const stopInput = raw.onBytes((bytes) => {
      if (!bytes.includes(ctrlC)) return void typed.push(bytes);
      leaving.abort();
      reject(new ProblemError({ kind: "cancelled", message: "Given up before the engine answered." }));
    });
    // The listener goes before the one that follows comes: taken off later it would take that one with it.
    open(leaving.signal)
      .finally(stopInput)
      .then((shell) => (leaving.signal.aborted ? shell.leave() : resolve({ shell, typed })), reject);
  });
}

async function pipe(shell: ShellSession, { raw, terminal }: Place, typed: readonly Buffer[]): Promise<void> {
  const { stream } = shell;
  // Listened for before anything is awaited: a container that dies at once ends the stream at once.
  const over = ended(stream);
  for (const bytes of typed) stream.write(bytes);
  const stopInput = raw.onBytes((bytes) => stream.write(bytes));
  const resize = () => {
    const { columns, rows } = terminal.stdout;
    shell.resize({ columns, rows }).catch(() => {}); // it may just have ended
  };
  stream.on("data", (bytes: Buffer) => {
    if (terminal.stdout.write(bytes)) return;
    stream.pause();
    terminal.stdout.once("drain", () => stream.resume());
  });
  terminal.stdout.on("resize", resize);
  resize();
  try {
    await over;
  } finally {
    terminal.stdout.off("resize", resize);
    stopInput();
    stream.destroy();
  }
}

function ended(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["end", "close", "error"]) stream.once(event, () => resolve());
  });
}

function report(session: Session, what: string, code: number | undefined): void {
  if (code === undefined) notify(session, "warn", `The connection broke: ${what} may still run.`);
  else if (code === 126 || code === 127) notify(session, "bad", `${what} could not start (${code}).`);
  else if (code === 137) notify(session, "warn", `${what} was killed (137), with its container perhaps.`);
  else notify(session, "good", `${what} ended with exit code ${code}.`);
}
