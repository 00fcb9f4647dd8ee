import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { notify, type Session, type TerminalTask } from "../actions/session.ts";
import { explain, inFull } from "../docker/errors.ts";
import { released, type Terminal, takeOver } from "./terminal.ts";

/**
 * Shows texts in the person's pager, no faster than it reads them: resolves when it is quit, which ends the texts. What
 * breaks them off stands at their end, and is told after it. Never rejects.
 */
export async function runPager(
  session: Session,
  { pager, texts }: Extract<TerminalTask, { kind: "pager" }>,
  terminal: Terminal,
): Promise<void> {
  const { name } = pager;
  const leaving = new AbortController();
  let problem: string | undefined;

  async function* told(): AsyncGenerator<string> {
    try {
      yield* texts(leaving.signal);
    } catch (error) {
      if (leaving.signal.aborted) return;
      problem = inFull(explain(error, session.engine.endpoint));
      yield `dockui: it breaks off here. ${problem}\n`;
    }
  }

  try {
    const { code, signal } = await released(terminal, async () => {
      const { input, ended } = await pager.open();
      const over = ended.finally(() => leaving.abort());
      const [end] = await Promise.all([over, send(told(), input, leaving.signal)]);
      return end;
    });
    if (signal !== null) notify(session, "warn", `${name} was killed (${signal}).`);
    else if (code !== 0) notify(session, "warn", `${name} ended with exit code ${code}.`);
    if (problem !== undefined) notify(session, "bad", `What ${name} showed breaks off. ${problem}`);
    if (pager.prints && code === 0) await untilEnter(terminal);
  } catch (error) {
    notify(
      session,
      "bad",
      `${name} could not start: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`,
    );
  }
}

/** Sends all there is, as far as it is wanted: a pager may be quit, or read no further. */
async function send(texts: AsyncIterable<string>, input: Writable, signal: AbortSignal): Promise<void> {
  await pipeline(texts, input, { signal }).catch(() => {});
}

/** What was only printed stays in sight until it was read. */
function untilEnter(terminal: Terminal): Promise<void> {
  return takeOver(terminal, async (raw) => {
    terminal.stdout.write("\u001b[2mdockui: that is all; Enter comes back\u001b[22m\r\n");
    await new Promise<void>((resolve) => raw.onBytes(() => resolve()));
  });
}
