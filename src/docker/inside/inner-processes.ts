import type { Process } from "./processes.ts";

/** A process as the container's own /proc tells it: `start` is in clock ticks since the host's boot. */
export type InnerProcess = { pid: number; parent: number; start: number; command: string };

/** Why a process of the host's list cannot be found in the container's. */
export type NotFound = "gone" | "unclear";

/** The list that `listScript` prints: its own shell and what that started are left out. */
export function toInnerProcesses(output: string, marker: string): InnerProcess[] {
  const [head = "", ...parts] = output.split(`${marker}\n`);
  const self = Number(head.trim());
  const all = parts.flatMap((part) => {
    const newline = part.indexOf("\n");
    const found = toInner(part.slice(0, newline), part.slice(newline + 1));
    return found ? [found] : [];
  });
  return all.filter(({ pid, parent }) => pid !== self && parent !== self);
}

/** One `/proc/PID/stat` (its second field may hold anything, so the last bracket ends it) with its cmdline. */
function toInner(stat: string, cmdline: string): InnerProcess | undefined {
  const open = stat.indexOf("(");
  const close = stat.lastIndexOf(")");
  if (open < 0 || close < 0) return undefined;
  const rest = stat.slice(close + 2).split(" ");
  const name = stat.slice(open + 1, close);
  const command = cmdline.replace(/\0/g, " ").trim();
  const without = rest[0] === "Z" ? `[${name}] <defunct>` : `[${name}]`;
  return {
    pid: Number(stat.slice(0, open)),
    parent: Number(rest[1]),
    start: Number(rest[19]),
    command: command === "" ? without : command,
  };
}

/** A command as both lists can be compared by it: ps and the engine change spaces and what is not plain text. */
function plain(command: string): string {
  return command
    .replace(/[^\x21-\x7e]+/g, " ")
    .replace(/(\?| )+/g, " ")
    .trim();
}

/**
 * Finds a process of the host's list in the container's list. The host's list was taken before and after: only what
 * is in both, as often as inside, in the order of its start and below the same parent is told; all else is unclear.
 */
export function findInner(
  wanted: Process,
  before: readonly Process[],
  inner: readonly InnerProcess[],
  after: readonly Process[],
): InnerProcess | NotFound {
  if (!after.some((process) => same(process, wanted))) return "gone";
  const pairs = pairUp(plain(wanted.command), before, inner, after);
  const found = pairs?.get(wanted.pid);
  if (!found) return "unclear";
  const parent = after.find(({ pid }) => pid === wanted.parent);
  if (!parent) return found; // its parent is outside of the container
  const above = pairUp(plain(parent.command), before, inner, after)?.get(parent.pid);
  return above && above.pid !== found.parent ? "unclear" : found;
}

/** A number may be given to another process in between; a changed command is another program. */
function same(a: Process, b: Process): boolean {
  return a.pid === b.pid && a.command === b.command;
}

/** Host pid → inner process, of all that run one command; undefined when the lists do not agree. */
function pairUp(
  command: string,
  before: readonly Process[],
  inner: readonly InnerProcess[],
  after: readonly Process[],
): ReadonlyMap<number, InnerProcess> | undefined {
  const alike = <Item extends { command: string }>(items: readonly Item[]) =>
    items.filter((item) => plain(item.command) === command);
  const outside = alike(after);
  const inside = alike(inner).sort((a, b) => a.start - b.start || a.pid - b.pid);
  const numbers = (items: readonly Process[]) =>
    items
      .map(({ pid }) => pid)
      .sort((a, b) => a - b)
      .join();
  if (outside.length !== inside.length || numbers(alike(before)) !== numbers(outside)) return undefined;
  const ordered = [...outside].sort((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0) || a.pid - b.pid);
  return new Map(ordered.flatMap(({ pid }, at) => (inside[at] ? [[pid, inside[at]] as const] : [])));
}
