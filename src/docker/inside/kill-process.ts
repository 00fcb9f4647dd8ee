import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { record } from "../raw.ts";
import { stateVerbs } from "../states.ts";
import { execute } from "./execute.ts";
import { findInner, toInnerProcesses } from "./inner-processes.ts";
import { type Process, processes } from "./processes.ts";
import { findShell } from "./shell.ts";

/** Prints the shell's own pid, then of each process the marker, its stat and its cmdline. */
const listScript = `echo $$
for p in /proc/[0-9]*; do
  IFS= read -r s 2>/dev/null <$p/stat || continue
  printf '%s\\n%s\\n' "$1" "$s"
  cat $p/cmdline 2>/dev/null
done`;

/** Sends the signal if that pid still is the process that started then (field 22 of its stat): 3 when it is gone. */
const killScript = `IFS= read -r s 2>/dev/null </proc/$pid/stat || exit 3
set -- \${s##*) }
shift 19
[ "$1" = "$start" ] || exit 3
kill -s "$signal" "$pid"`;

/**
 * Sends a signal to one process of a container. The API can only signal the main process, and `process.pid` is the
 * host's number: any other is found in the container's own list, through a shell in it. Throws a problem, and has
 * done nothing, when it is gone, cannot be told from its like, or the image holds no shell.
 */
export async function killProcess(
  gate: Gate,
  id: string,
  process: Process,
  unixSignal: string,
  signal: AbortSignal,
): Promise<void> {
  const main = record(record(await gate.call("GET", `/containers/${id}/json`, {}, signal)).State).Pid;
  const before = await processes(gate, id, signal);
  if (!before.some(({ pid, command }) => pid === process.pid && command === process.command))
    throw gone(process);
  if (process.pid === main) return stateVerbs(gate).kill(id, unixSignal, signal);
  const shell = await findShell(gate, id, signal);
  if (shell === undefined) throw unclear(process, "its image holds no shell to send the signal from");
  const found = await findByShell(gate, id, { process, before, shell }, signal);
  const name = unixSignal.replace(/^SIG/, "");
  const env = [`pid=${found.pid}`, `start=${found.start}`, `signal=${name}`];
  const { code, said } = await run(gate, id, { command: [shell, "-c", killScript], env }, signal);
  if (code === 3) throw gone(process);
  if (code !== 0)
    throw new ProblemError({ kind: "other", message: `${name} was not sent to ${label(process)}: ${said}` });
}

/** A program that is just starting another is there twice for a moment, which another look clears up. */
const looks = 3;

async function findByShell(
  gate: Gate,
  id: string,
  { process, before, shell }: { process: Process; before: readonly Process[]; shell: string },
  signal: AbortSignal,
) {
  let earlier = before;
  for (let look = 0; look < looks; look += 1) {
    const marker = `--${crypto.randomUUID()}--`;
    const list = await run(gate, id, { command: [shell, "-c", listScript, "list", marker] }, signal);
    const after = await processes(gate, id, signal);
    const found = findInner(process, earlier, toInnerProcesses(list.said, marker), after);
    if (found === "gone") throw gone(process);
    if (found !== "unclear") return found;
    earlier = after;
  }
  throw unclear(process, "it cannot be told from others that run the same");
}

/** As root, whatever user the container has: its processes may be anybody's. */
async function run(
  gate: Gate,
  id: string,
  program: { command: readonly string[]; env?: readonly string[] },
  signal: AbortSignal,
): Promise<{ code: number | undefined; said: string }> {
  const execution = await execute(gate, id, { ...program, user: "0" }, signal);
  const pieces: Buffer[] = [];
  for await (const { bytes } of execution.output) pieces.push(bytes);
  return { code: await execution.exitCode(signal), said: Buffer.concat(pieces).toString("utf8").trim() };
}

const label = ({ pid, command }: Process) => `${command.slice(0, 60)} (${pid})`;

function gone(process: Process): ProblemError {
  return new ProblemError({ kind: "gone", message: `${label(process)} does not run any more.` });
}

function unclear(process: Process, reason: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    message: `${label(process)} was left alone: ${reason}.`,
    hint: "From a shell on the engine's host it is that number: kill PID.",
  });
}
