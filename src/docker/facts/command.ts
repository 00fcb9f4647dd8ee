import { basename } from "node:path/posix";
import { list, number, record, text } from "../raw.ts";

/**
 * A shell that is the main process in front of the real program: a stop's signal reaches the shell, which passes
 * nothing on, and the stop waits out its grace time. "stays": it must be so. "may stay": some shells replace
 * themselves by the last command (bash and newer busybox also after others, newer dash a single one), others stay.
 */
export type FrontShell = { shell: string; script: string; verdict: "stays" | "may stay"; reason: string };

/** What a container runs, and how. */
export type CommandFacts = {
  /** The program and its arguments as they were started: entrypoint and command together. */
  command: readonly string[];
  entrypoint: readonly string[];
  cmd: readonly string[];
  frontShell?: FrontShell;
  /** A small init is process 1 (--init) and passes signals on. */
  init: boolean;
  workdir: string;
  hostname: string;
  tty: boolean;
  openStdin: boolean;
  stdinOnce: boolean;
  stopSignal: string;
  /** How long a stop waits before it kills, in seconds. */
  graceSeconds: number;
};

/** The command in an answer of `GET /containers/{id}/json`. */
export function toCommandFacts(value: unknown): CommandFacts {
  const raw = record(value);
  const config = record(raw.Config);
  const command = [text(raw.Path), ...list(raw.Args).map(text)];
  const init = record(raw.HostConfig).Init === true;
  const front = init ? undefined : frontShell(command);
  return {
    command,
    entrypoint: words(config.Entrypoint),
    cmd: words(config.Cmd),
    ...(front ? { frontShell: front } : {}),
    init,
    workdir: text(config.WorkingDir),
    hostname: [text(config.Hostname), text(config.Domainname)].filter(Boolean).join("."),
    tty: config.Tty === true,
    openStdin: config.OpenStdin === true,
    stdinOnce: config.StdinOnce === true,
    stopSignal: text(config.StopSignal) || "SIGTERM",
    graceSeconds: typeof config.StopTimeout === "number" ? number(config.StopTimeout) : 10,
  };
}

const words = (value: unknown) => list(value).map(text);

const shells = ["sh", "bash", "ash", "dash", "zsh", "ksh", "mksh"];

/** Whether a command puts a shell in front of its program, judged by its words alone; undefined when it does not. */
export function frontShell(command: readonly string[]): FrontShell | undefined {
  const [program = "", ...args] = basename(command[0] ?? "") === "busybox" ? command.slice(1) : command;
  const shell = basename(program);
  const at = args.findIndex((word) => /^-[a-zA-Z]*c$/.test(word));
  const script = args[at + 1]?.trim();
  if (
    !shells.includes(shell) ||
    at < 0 ||
    !args.slice(0, at).every((word) => word.startsWith("-")) ||
    !script
  )
    return undefined;
  const last = script.split(/\n|;|&&|\|\||&/).findLast((part) => part.trim() !== "") ?? "";
  if (/^\s*(\w+=\S*\s+)*exec\s/.test(last) || /\btrap\s/.test(script)) return undefined;
  return {
    shell,
    script,
    ...(staysAfter(script, last)
      ? { verdict: "stays", reason: `what ${shell} runs last is no single program that it could become` }
      : { verdict: "may stay", reason: "some shells stay in front of the last program, others become it" }),
  };
}

/** Whether any shell is needed to the end: for a pipe, what runs behind it, and what it does itself. */
function staysAfter(script: string, last: string): boolean {
  const plain = script.replace(/\d?>&\d|&>|\|\||&&/g, ";");
  const end = plain.slice(Math.max(plain.lastIndexOf(";"), plain.lastIndexOf("\n")) + 1);
  return /[|&]/.test(end) || /&\s*;?\s*$/.test(plain) || itself.test(last);
}

/** The end of a loop, a condition or a group, or a command that the shell has inside. */
const itself = /^\s*(done|fi|esac|\}|\)|wait|true|false|:|exit|return|cd|echo|read)(\s|$)|[)}]\s*$/;

/** Whether such a shell did stay in front, by what runs now: one that became its program carries the program's name. */
export function shellStayed({ shell }: FrontShell, main: { command: string } | undefined): boolean {
  const [first = "", second = ""] = main?.command.split(" ") ?? [];
  return basename(basename(first) === "busybox" ? second : first) === shell;
}
