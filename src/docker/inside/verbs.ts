import type { Gate } from "../gate.ts";
import { type AttachOptions, type AttachSession, openAttach } from "./attach.ts";
import { type ChangedFile, changedFiles } from "./changed-files.ts";
import type { ProgramOptions } from "./exec-body.ts";
import { type Execution, execute } from "./execute.ts";
import { killProcess } from "./kill-process.ts";
import { type Process, processes } from "./processes.ts";
import { type Sample, samplesOf } from "./samples.ts";
import { findShell, openShell, type ShellOptions, type ShellSession } from "./shell.ts";
import { waitForEnd } from "./wait.ts";

/** What looks into a running container, runs something in it or follows it. */
export type InsideVerbs = {
  /** `docker top`; throws when it does not run. */
  processes(id: string, signal?: AbortSignal): Promise<Process[]>;
  /** Signals one process ("TERM") of those `processes` told; a problem when it cannot be told from its like. */
  killProcess(id: string, process: Process, unixSignal: string, signal: AbortSignal): Promise<void>;
  /** `docker diff`; walks files, for ten minutes at most. */
  changedFiles(id: string, signal?: AbortSignal): Promise<ChangedFile[]>;
  /** The exit code, as soon as it does not run; without any time limit. */
  wait(id: string, signal: AbortSignal): Promise<number>;
  /** Starts a program without a terminal; what aborting means is said there. */
  execute(id: string, options: ProgramOptions, signal: AbortSignal): Promise<Execution>;
  /** The best shell of its image; undefined where there is none. */
  findShell(id: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Starts a shell, or any program, on a TTY. */
  openShell(id: string, options: ShellOptions): Promise<ShellSession>;
  /** The main process on the person's terminal; leaving lets it run. */
  attach(id: string, options: AttachOptions): Promise<AttachSession>;
  /** A sample about each second, until the container is removed or the signal aborts. */
  samples(id: string, signal: AbortSignal): AsyncIterable<Sample>;
};

/** What looks into the containers of that engine; `leaveAll` ends the sessions that are open. */
export function insideVerbs(gate: Gate, now: () => number): { verbs: InsideVerbs; leaveAll: () => void } {
  const open = new Set<ShellSession>();
  const kept = <Session extends ShellSession>(session: Session): Session => {
    open.add(session);
    session.stream.once("close", () => open.delete(session));
    return session;
  };
  const verbs: InsideVerbs = {
    processes: (id, signal) => processes(gate, id, signal),
    killProcess: (id, process, unixSignal, signal) => killProcess(gate, id, process, unixSignal, signal),
    changedFiles: (id, signal) => changedFiles(gate, id, signal),
    wait: (id, signal) => waitForEnd(gate, id, signal),
    execute: (id, options, signal) => execute(gate, id, options, signal),
    findShell: (id, signal) => findShell(gate, id, signal),
    openShell: async (id, options) => kept(await openShell(gate, id, options)),
    attach: async (id, options) => kept(await openAttach(gate, id, options)),
    samples: (id, signal) => samplesOf(gate, id, { now, signal }),
  };
  return {
    verbs,
    leaveAll() {
      for (const session of open) session.leave();
    },
  };
}
