import { explain } from "../../../docker/errors.ts";
import { exitWords } from "../../../docker/facts/exit-words.ts";
import type { AttachSession } from "../../../docker/inside/attach.ts";
import { detachKeys } from "../../../docker/inside/detach-keys.ts";
import type { RunSpec } from "../../../docker/run/spec.ts";
import { createTextLines } from "../../../docker/text-lines.ts";
import type { Sink } from "../../output.ts";
import type { Notice, Session } from "../../session.ts";
import type { After } from "./answers.ts";
import { startProblem } from "./start-problem.ts";

/** Where the words of a new container's program go: its log keeps them, or they are had from its start on. */
export type Way = "log" | "terminal" | "lines";

/** The way docker run has; `watched` when a person looks at it now. */
export function wayOf(
  { rm, logDriver }: Pick<RunSpec, "rm" | "logDriver">,
  after: After,
  watched: boolean,
): Way {
  if (after === "start" || after === "create") return "log";
  if (after === "attach" && watched) return "terminal";
  return rm || logDriver === "none" ? "lines" : "log";
}

/** What became of a start: what it is attached to, or why it failed. */
export type Begun = { attached?: AttachSession } | { problem: string };

/** Starts a container, attached before where its words are not kept. */
export async function begin(
  { engine }: Session,
  id: string,
  { way, sink, signal }: { way: Way; sink: Sink; signal: AbortSignal },
): Promise<Begun> {
  const start = () => engine.start(id, signal);
  try {
    if (way !== "log")
      return {
        attached: await engine.attach(id, {
          detachKeys,
          start,
          input: way === "terminal" ? "always" : "none",
        }),
      };
    await start();
    return {};
  } catch (error) {
    signal.throwIfAborted();
    const { message } = explain(error, engine.endpoint);
    sink.line("err", message);
    return { problem: startProblem(message) };
  }
}

/** Writes what its program says until that has ended, and tells how; the signal leaves it running. */
export async function printed(
  title: string,
  { stream, exitCode, leave }: AttachSession,
  { sink, signal, rm }: { sink: Sink; signal: AbortSignal; rm: boolean },
): Promise<Notice> {
  signal.addEventListener("abort", leave, { once: true });
  const lines = createTextLines((line) => sink.line("out", line));
  try {
    for await (const bytes of stream) lines.write(bytes as Buffer);
  } catch {
    // Left, or the connection broke: the exit code tells.
  }
  lines.end();
  const code = await exitCode();
  signal.throwIfAborted();
  if (code === undefined) return { tone: "warn", text: `${title}: the connection broke, it may still run.` };
  const text = `${title}: exit code ${exitWords(code, { oomKilled: false })}${rm ? " It was removed (--rm)." : ""}`;
  return { tone: code === 0 ? "good" : "warn", text };
}
