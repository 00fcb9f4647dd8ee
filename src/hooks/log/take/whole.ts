import type { Session } from "../../../actions/session.ts";
import type { Container } from "../../../docker/containers.ts";
import { explain, ProblemError } from "../../../docker/errors.ts";
import type { LogLine } from "../../../docker/logs.ts";
import { stampOf } from "../places.ts";
import { type Batches, mergeByTime } from "./merge.ts";

/** Which part of which logs is read. */
export type WholeLog = {
  containers: readonly Container[];
  /** Lines of that moment (unix ms) and later; undefined: all. */
  since: number | undefined;
  signal: AbortSignal;
  /** Told of a log that is left out of several, and why. */
  onSkipped(name: string, reason: string): void;
};

/**
 * All the lines that the engine has of these logs at this moment, by time, read as they are asked for and never kept.
 * Fails when the engine breaks off; of several logs those that cannot be read at all are left out and told.
 */
export function readWhole(session: Session, { containers, ...log }: WholeLog): Batches {
  const [only, ...more] = containers.map((container) => latest(session, container));
  if (only && more.length === 0) return readOne(session, only, log);
  return mergeByTime(containers.map((container) => readAmong(session, latest(session, container), log)));
}

/** The container that has the name now, where it was created again. */
export function latest({ sources }: Pick<Session, "sources">, container: Container): Container {
  const { items } = sources.containers.get();
  const same = items.find(({ id }) => id === container.id);
  return same ?? items.find(({ name }) => name === container.name) ?? container;
}

type Part = Omit<WholeLog, "containers">;

async function* readOne(
  { engine }: Session,
  { id }: Container,
  { since, signal }: Part,
): AsyncGenerator<readonly LogLine[]> {
  const { tty } = await engine.detail(id, signal);
  const range = { follow: false, ...(since === undefined ? {} : { since: stampOf(since) }) };
  for await (const lines of engine.log({ id, tty }, range, signal)) {
    const broken = lines.find(isBroken);
    if (broken) throw brokenOff(broken);
    yield lines;
  }
}

/** Reads one of several: its lines say whose they are, and so does what goes wrong. */
async function* readAmong(
  session: Session,
  container: Container,
  part: Part,
): AsyncGenerator<readonly LogLine[]> {
  const { name } = container;
  try {
    for await (const lines of readOne(session, container, part))
      yield lines.map((line) => ({ ...line, from: name }));
  } catch (error) {
    part.signal.throwIfAborted();
    const problem = explain(error, session.engine.endpoint);
    if (problem.kind !== "unsupported" && problem.kind !== "gone")
      throw new ProblemError({ ...problem, message: `${name}: ${problem.message}` });
    part.onSkipped(name, problem.message);
  }
}

/** Where the engine cannot read on, it says so in the stream, without a stamp, and ends it as if all were well. */
function isBroken({ stamp, text }: LogLine): boolean {
  return stamp === "Error" && text.startsWith("grabbing logs:");
}

function brokenOff({ text }: LogLine): ProblemError {
  return new ProblemError({
    kind: "lost",
    message: `The engine cannot read on in the log: ${text.replace(/^grabbing logs: */, "")}.`,
  });
}
