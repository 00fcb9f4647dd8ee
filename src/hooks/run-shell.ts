import type { Duplex } from "node:stream";
import { notify, type Session } from "../actions/session.ts";
import type { Container } from "../docker/containers.ts";
import { explain } from "../docker/errors.ts";
import { noShell, type ShellSession } from "../docker/shell.ts";
import type { RawInput, Terminal } from "./terminal.ts";

/**
 * A shell in a container on the person's own terminal, through the API: resolves when it is over, and says how it
 * ended where that is worth a word. Never rejects.
 */
export async function runShell(
  session: Session,
  { id, name }: Container,
  { raw, terminal }: { raw: RawInput; terminal: Terminal },
): Promise<void> {
  const { engine } = session;
  try {
    const path = await engine.findShell(id);
    if (path === undefined) throw noShell(name);
    terminal.stdout.write(`\u001b[2mdockui: ${path} in ${name}; exit or ctrl+d comes back\u001b[22m\r\n`);
    const size = { columns: terminal.stdout.columns, rows: terminal.stdout.rows };
    const shell = await engine.openShell(id, { command: [path], term: session.host.term, size });
    await pipe(shell, { raw, terminal });
    report(session, name, await shell.exitCode());
  } catch (error) {
    const { message, hint } = explain(error, engine.endpoint);
    notify(session, "bad", [message, hint].filter(Boolean).join(" "));
  }
}

async function pipe(
  shell: ShellSession,
  { raw, terminal }: { raw: RawInput; terminal: Terminal },
): Promise<void> {
  const { stream } = shell;
  // Listened for before anything is awaited: a container that dies at once ends the stream at once.
  const over = ended(stream);
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

function report(session: Session, name: string, code: number | undefined): void {
  if (code === undefined)
    notify(session, "warn", `The connection to the shell in ${name} broke; it may still run.`);
  else if (code === 126 || code === 127)
    notify(session, "bad", `The shell in ${name} could not start (${code}).`);
  else if (code === 137)
    notify(session, "warn", `The shell in ${name} was killed (137), with its container perhaps.`);
  else notify(session, "good", `Shell in ${name} ended with exit code ${code}.`);
}
