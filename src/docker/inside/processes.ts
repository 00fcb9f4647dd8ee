import type { Gate } from "../gate.ts";
import { list, record, text } from "../raw.ts";

/**
 * A process of a container as the host's `ps` tells it; what its `ps` does not know is absent. `pid` and `parent` are
 * the host's. CPU is in percent of one core, averaged over the life of the process; `memory` is resident, in bytes.
 */
export type Process = {
  pid: number;
  parent?: number;
  user: string;
  cpu?: number;
  memory?: number;
  memoryPercent?: number;
  /** For how long it has run, in seconds. */
  seconds?: number;
  command: string;
};

/** From the most to the least that a ps may know: procps, busybox, and whatever the engine asks by itself. */
const questions: readonly string[] = [
  "-o pid,ppid,user,pcpu,pmem,rss,etimes,args",
  "-o pid,ppid,user,rss,etime,args",
];

/** What runs in a container: `docker top`. Throws when it does not run. */
export async function processes(gate: Gate, id: string, signal?: AbortSignal): Promise<Process[]> {
  const ask = (query: object) => gate.call("GET", `/containers/${id}/top`, { ...query }, signal);
  for (const ps_args of questions) {
    try {
      const found = toProcesses(await ask({ ps_args }));
      if (found.length > 0) return found; // Podman answers nothing to a question of ours
    } catch (error) {
      if (!ofPs(error)) throw error;
    }
  }
  return toProcesses(await ask({}));
}

/** The ps of the host refused its arguments, which is another thing than a container that does not run. */
function ofPs(error: unknown): boolean {
  const { statusCode, message = "" } = error as { statusCode?: number; message?: string };
  return statusCode === 500 && /\bps\b/.test(message);
}

/** The answer of `GET /containers/{id}/top`, whatever its columns are. */
export function toProcesses(value: unknown): Process[] {
  const raw = record(value);
  const titles = list(raw.Titles).map((title) => text(title).toUpperCase());
  return list(raw.Processes).flatMap((row) => {
    const cells = new Map(fields(row, titles.length).map((cell, at) => [titles[at] ?? "", cell]));
    const pid = Number(cells.get("PID"));
    return Number.isInteger(pid) ? [toProcess(pid, cells)] : [];
  });
}

function toProcess(pid: number, cells: ReadonlyMap<string, string>): Process {
  const amount = (...titles: string[]) => {
    const cell = titles.map((title) => cells.get(title)).find((found) => found !== undefined);
    const value = cell === undefined || cell === "" ? Number.NaN : Number(cell);
    return Number.isFinite(value) ? value : undefined;
  };
  const parent = amount("PPID");
  const cpu = amount("%CPU");
  const percent = amount("%MEM");
  const rss = kibibytes(cells.get("RSS"));
  const seconds = elapsedSeconds(cells.get("ELAPSED"));
  return {
    pid,
    ...(parent === undefined ? {} : { parent }),
    user: cells.get("USER") ?? cells.get("UID") ?? "",
    ...(cpu === undefined ? {} : { cpu }),
    ...(percent === undefined ? {} : { memoryPercent: percent }),
    ...(rss === undefined ? {} : { memory: rss }),
    ...(seconds === undefined ? {} : { seconds }),
    command: cells.get("COMMAND") ?? cells.get("CMD") ?? cells.get("ARGS") ?? "",
  };
}

/** A row is a list of cells, or (Podman) one text in which only the last cell, the command, may hold spaces. */
function fields(row: unknown, count: number): string[] {
  const cells = list(row).map(text);
  if (cells.length !== 1 || count <= 1) return cells;
  const words = (cells[0] ?? "").trim().split(/\s+/);
  return [...words.slice(0, count - 1), words.slice(count - 1).join(" ")];
}

/** "1516", which is in KiB, or busybox's "12m". */
function kibibytes(cell: string | undefined): number | undefined {
  const [, amount, unit = ""] = /^([\d.]+)([mg]?)$/.exec(cell ?? "") ?? [];
  if (amount === undefined) return undefined;
  return Math.round(Number(amount) * 1024 * ({ m: 1024, g: 1024 ** 2 }[unit] ?? 1));
}

/** "95", "[[days-]hours:]minutes:seconds", busybox's "2d03" and "3h04", or Podman's "1h2m3.5s"; else undefined. */
export function elapsedSeconds(cell: string | undefined): number | undefined {
  if (cell === undefined) return undefined;
  if (/^\d+$/.test(cell)) return Number(cell);
  const clock = /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+)$/.exec(cell);
  if (clock) return inSeconds(clock);
  const short = /^(\d+)d(\d+)$/.exec(cell) ?? /^(\d+)h(\d+)$/.exec(cell);
  if (short) {
    const [, large, small] = short;
    return cell.includes("d") ? inSeconds([cell, large, small]) : inSeconds([cell, undefined, large, small]);
  }
  const words = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(cell);
  return words && cell !== "" ? inSeconds([cell, undefined, words[1], words[2], words[3]]) : undefined;
}

function inSeconds([, days, hours, minutes, seconds]: readonly (string | undefined)[]): number {
  const [d = 0, h = 0, m = 0, s = 0] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
  return Math.floor(((d * 24 + h) * 60 + m) * 60 + s);
}
