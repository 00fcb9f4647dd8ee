import { useApp, useStdin, useStdout } from "ink";
import { useEffect } from "react";
import { notify, type Session, type TerminalTask } from "../actions/session.ts";
import { explain } from "../docker/errors.ts";
import { runPager } from "./run-pager.ts";
import { runAttach, runShell } from "./run-shell.ts";
import { type Terminal, takeOver, withAutowrap } from "./terminal.ts";
import { useSession } from "./use-session.ts";

/** Carries out what needs the terminal for itself, one at a time, and takes the terminal back after it. */
export function useTerminalTask(): void {
  const session = useSession();
  const { suspendTerminal } = useApp();
  const { stdin } = useStdin();
  const { stdout } = useStdout();
  useEffect(() => {
    const terminal = { stdin, stdout } as unknown as Terminal;
    let busy = false;
    const begin = () => {
      const task = session.task.get();
      if (!task || busy) return;
      busy = true;
      suspendTerminal(() => withAutowrap(terminal, () => run(session, task, terminal)))
        .catch((error: unknown) => notify(session, "bad", explain(error, session.engine.endpoint).message))
        .finally(() => {
          busy = false;
          // A key pressed as the screen came back may have asked for the next one already.
          if (session.task.get() === task) session.task.set(undefined);
          else begin();
        });
    };
    begin(); // a signal may have come before the screen stood
    return session.task.subscribe(begin);
  }, [session, suspendTerminal, stdin, stdout]);
}

async function run(session: Session, task: TerminalTask, terminal: Terminal): Promise<void> {
  if (task.kind === "suspend") await session.host.stopProcess();
  if (task.kind === "shell") await takeOver(terminal, (raw) => runShell(session, task, { raw, terminal }));
  if (task.kind === "pager") await runPager(session, task, terminal);
  if (task.kind === "attach") await takeOver(terminal, (raw) => runAttach(session, task, { raw, terminal }));
}
