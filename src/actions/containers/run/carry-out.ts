import type { Engine } from "../../../docker/engine.ts";
import { explain, inFull } from "../../../docker/errors.ts";
import type { PullLayer } from "../../../docker/pull.ts";
import type { RunSpec } from "../../../docker/run/spec.ts";
import { decimalSize } from "../../../format/size.ts";
import { ask } from "../../ask.ts";
import { record, settle } from "../../journal.ts";
import { type Output, openOutput, type Sink } from "../../output.ts";
import { closeOverlay, openOverlay } from "../../overlays.ts";
import { type Notice, notify, type Session } from "../../session.ts";
import { docker } from "../states.ts";
import type { After, Reading } from "./answers.ts";
import { begin, printed, wayOf } from "./begin.ts";
import { commandLine } from "./command-line.ts";

/**
 * Makes a container as the form says: pulls its image where that is to be done, creates it, starts it, and goes on to
 * its log or its terminal. Its words are shown meanwhile.
 */
export function carryOut(session: Session, wish: Pick<Reading, "spec" | "after">): void {
  const output: Output = openOutput(session, {
    title: titleOf(wish),
    command: commandLine(wish),
    work: (sink, signal) =>
      makeContainer(session, wish, { sink, signal, output: () => output }).catch((error: unknown) => {
        if (!signal.aborted) sink.line("err", inFull(explain(error, session.engine.endpoint)));
        throw error;
      }),
  });
}

function titleOf({ spec, after }: Pick<Reading, "spec" | "after">): string {
  return `${after === "create" ? "Create" : "Run"} ${spec.name ?? spec.image}`;
}

type Place = Words & { output(): Output };

async function makeContainer(
  session: Session,
  { spec, after }: Pick<Reading, "spec" | "after">,
  { sink, signal, output }: Place,
): Promise<Notice> {
  const { engine } = session;
  await pullImage(engine, spec, { sink, signal });
  const { id, warnings } = await engine.create(spec, signal);
  const [made] = await engine.containers({ ids: [id] }, signal);
  const name = made?.name ?? id.slice(0, 12);
  sink.line("out", `Created ${name} (${id.slice(0, 12)}).`);
  for (const warning of warnings) sink.line("err", warning);
  const way = wayOf(spec, after, isOnTop(session, output()));
  if (after !== "create") {
    const begun = await begin(session, id, { way, sink, signal });
    if ("problem" in begun) {
      const { problem } = begun;
      return failedStart(session, { id, name, problem, output: output(), sink });
    }
    sink.line("out", `Started ${name}.`);
    const { attached } = begun;
    if (attached && made) {
      session.runDraft.set(undefined);
      const isTaken = way === "terminal" && isOnTop(session, output());
      if (!isTaken) return printed(titleOf({ spec, after }), attached, { sink, signal, rm: spec.rm });
      closeOverlay(session);
      session.reveal.set(id);
      session.task.set({ kind: "attach", container: made, input: "always", attached });
      return noticeOf(`Created and started ${name}.`, warnings);
    }
  }
  session.runDraft.set(undefined);
  const isLeft = await goOn(session, { id, after, rm: spec.rm, output: output(), signal });
  const done = `${after === "create" ? "Created" : "Created and started"} ${name}.`;
  return noticeOf(isLeft ? done : `${done} It has ended already, and was removed (--rm).`, warnings);
}

function noticeOf(done: string, warnings: readonly string[]): Notice {
  return { tone: warnings.length === 0 ? "good" : "warn", text: [done, ...warnings].join(" ") };
}

type Words = { sink: Sink; signal: AbortSignal };

async function pullImage(
  engine: Engine,
  { image, pull, platform }: RunSpec,
  { sink, signal }: Words,
): Promise<void> {
  if (pull === "never") return;
  if (pull !== "always" && (await engine.image(image, signal)) !== undefined) return;
  sink.line("out", `Pulling ${image} …`);
  let last = new Map<string, string>();
  let step = 0;
  let status = "";
  for await (const progress of engine.pull(image, signal, platform)) {
    const said = new Map(progress.layers.map((layer) => [layer.id, wordOf(layer)]));
    for (const [id, word] of said) if (last.get(id) !== word) sink.line("out", `${id}: ${word}`);
    last = said;
    const { current, total, layers, done } = progress;
    const now = total === 0 ? 0 : Math.floor((10 * current) / total);
    if (now > step && done < layers.length)
      sink.line(
        "out",
        `${decimalSize(current)} of ${decimalSize(total)}, ${done} of ${layers.length} layers done`,
      );
    step = Math.max(step, now);
    status = progress.status;
  }
  if (status !== "") sink.line("out", status);
}

/** A layer's word without its figures, so that it is told once. */
function wordOf({ status }: PullLayer): string {
  return status.replace(/^Retrying in .*$/, "Retrying");
}

type Failed = { id: string; name: string; problem: string; output: Output; sink: Sink };

/** A container that does not start stays: removing it again is offered, so that its name is free for another try. */
async function failedStart(session: Session, { id, name, problem, output, sink }: Failed): Promise<Notice> {
  sink.line("err", problem);
  const left = await session.engine.containers({ ids: [id] });
  if (left.length === 0)
    return { tone: "bad", text: `${name} does not start, and was removed (--rm): ${problem}` };
  sink.line("err", `${name} was created and is still there: s starts it again, d removes it.`);
  if (isOnTop(session, output)) askRemoval(session, { id, name, problem });
  return { tone: "bad", text: `${name} was created, but does not start: ${problem}` };
}

function askRemoval(session: Session, { id, name, problem }: Pick<Failed, "id" | "name" | "problem">): void {
  const command = docker("rm", [name], "--volumes");
  ask(session, {
    title: `${name} was created, but does not start. Remove it again?`,
    objects: [`${name}  ${id.slice(0, 12)}`],
    note: `${problem} What you filled in is kept: + and Enter go on with it.`,
    fields: [],
    verb: `remove ${name}`,
    danger: true,
    command: () => command,
    answer() {
      const entry = record(session, command);
      session.engine.remove(id, { force: false, volumes: true }).then(
        () => {
          settle(session, entry, "done");
          notify(session, "good", `Removed ${name}. What you filled in is kept: + and Enter go on with it.`);
        },
        (error: unknown) => {
          const { message } = explain(error, session.engine.endpoint);
          settle(session, entry, "failed", { reason: message });
          notify(session, "bad", `${name} is still there: ${message}`);
        },
      );
    },
  });
}

type Next = { id: string; after: After; rm: boolean; output: Output; signal: AbortSignal };

/**
 * To the log, the terminal or back to the list; who has gone elsewhere meanwhile stays there. False when the container
 * is gone already, as one that ended at once and was to be removed then.
 */
async function goOn(session: Session, { id, after, rm, output, signal }: Next): Promise<boolean> {
  const { engine } = session;
  // The list tells late that something ended; for an inspect the engine waits until it knows.
  const detail = await engine.detail(id, signal).catch((error: unknown) => {
    if (explain(error).kind !== "gone") throw error;
  });
  const isOver = detail === undefined || (rm && after !== "create" && detail.pid === 0);
  const [container] = isOver ? [] : await engine.containers({ ids: [id] }, signal);
  if (!isOnTop(session, output)) return container !== undefined;
  closeOverlay(session);
  if (!detail || !container) return false;
  session.reveal.set(id);
  // What runs no longer has no terminal, but a log.
  if (after === "attach" && detail.pid > 0) session.task.set({ kind: "attach", container, input: "always" });
  else if (after === "follow" || after === "attach")
    openOverlay(session, { kind: "logs", containers: [container] });
  return true;
}

function isOnTop({ overlays }: Session, output: Output): boolean {
  const top = overlays.get().at(-1);
  return top?.kind === "output" && top.output === output;
}
