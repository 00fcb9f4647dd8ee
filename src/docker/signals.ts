import { readFileSync } from "node:fs";

/**
 * The signals that end a program and can be heard, with the code a shell shows then. A hurt process (SIGSEGV, SIGBUS,
 * an abort of V8 when memory runs out) and SIGKILL cannot be heard by anybody; SIGUSR1 is heard and does nothing.
 */
export const endings: Readonly<Record<string, number>> = {
  ...{
    SIGHUP: 129,
    SIGINT: 130,
    SIGQUIT: 131,
    SIGTRAP: 133,
    SIGABRT: 134,
    SIGIOT: 134,

    SIGUSR2: 140,
  },
  ...{ SIGALRM: 142, SIGTERM: 143, SIGSTKFLT: 144, SIGXCPU: 152, SIGXFSZ: 153, SIGVTALRM: 154 },
  ...{ SIGIO: 157, SIGPWR: 158, SIGSYS: 159 },
};

/**
 * At each of those signals the process leaves by `exit`, with what hangs on that, unless somebody else hears it: who ends
 * it in the background does that without `exit`, and `tidy` is called here.
 */
export function exitOnSignals(process: NodeJS.Process, tidy: () => void): void {
  for (const [name, code] of Object.entries(endings))
    process.on(name, () => {
      if (process.listenerCount(name) === 1) process.exit(code);
      if (isInBackground()) tidy();
    });
}

/** Whether the terminal belongs to other programs now: what sets its modes then is stopped by SIGTTOU. */
export function isInBackground(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return foreground !== "-1" && group !== foreground;
  } catch {
    return false; // not on Linux
  }
}

/**
 * Ends this process by that signal, and leaves the terminal alone: that was put in order before it went to the background,
 * and Node, which would do so again as it exits, would be stopped for it.
 */
export function endInBackground(process: NodeJS.Process, name: string): void {
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}
