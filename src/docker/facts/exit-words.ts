import { binarySize } from "../../format/size.ts";

const signals: Readonly<Record<number, string>> = {
  ...{ 1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS" },
  ...{ 8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM" },
  ...{ 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS" },
};

const meanings: Readonly<Record<number, string>> = {
  0: "ended by itself, without an error",
  1: "ended with an error of its own",
  2: "ended with an error of its own, often wrong usage",
  125: "the engine could not run it, or with that code of its own",
  126: "its command was found but cannot be executed",
  127: "its command was not found",
  128: "the engine could not start it, or with that code of its own",
  130: "interrupted (SIGINT), as by ctrl+c",
  139: "crashed (SIGSEGV): it touched memory that is not its own",
  143: "ended by SIGTERM, as a stop asks for",
};

/**
 * What an exit code says, as a sentence: "137: killed (SIGKILL) …". The limit is that of memory in bytes: an engine may
 * miss that the kernel killed for it.
 */
export function exitWords(
  code: number,
  { oomKilled, memoryLimit }: { oomKilled: boolean; memoryLimit?: number | undefined },
): string {
  if (oomKilled && code === 137)
    return "137: killed (SIGKILL) by the kernel: it used more memory than its limit.";
  if (code === 137)
    return `137: killed (SIGKILL): by docker kill, a stop that waited in vain, or for want of memory${memoryLimit === undefined ? " on the host" : `: its limit is ${binarySize(memoryLimit)}`}.`;
  const memory = oomKilled
    ? " The kernel killed one of its processes for using more memory than its limit."
    : "";
  return `${code}: ${meanings[code] ?? ofSignal(code)}.${memory}`;
}

function ofSignal(code: number): string {
  const signal = code - 128;
  if (signal < 1 || signal > 64) return "ended with an error of its own";
  const name = signals[signal] ?? `signal ${signal}`;
  return `ended by ${name}, or with that code of its own`;
}
