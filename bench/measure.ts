import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** A process and all that it started and that still has it as an ancestor. */
export function processTree(pid: number): number[] {
  const threads = list(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => processTree(Number(child)))];
}

/** The processes of a private engine: all in the mount namespace of its daemon, so dockerd, containerd and the shims. */
export function engineProcesses(daemon: number): number[] {
  const namespace = mountNamespace(daemon);
  return list("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => mountNamespace(pid) === namespace);
}

/** The processor time used so far by these processes together, in seconds. */
export function cpuSeconds(pids: number[]): number {
  return sum(pids, (pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
  });
}

/** The memory of these processes together, shared pages split among their users, in MiB. */
export function pssMib(pids: number[]): number {
  return sum(
    pids,
    (pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024,
  );
}

/** How many connections are open to a unix socket whose daemon has this process id. */
export function openConnections(socketPath: string, daemon: number): number {
  // Which network namespace lists the server's end depends on the kernel; its inode is unique over both.
  const lines = [`/proc/${daemon}/net/unix`, "/proc/self/net/unix"].flatMap((path) => read(path).split("\n"));
  const connected = lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[7] === socketPath && fields[5] === "03");
  return new Set(connected.map((fields) => fields[6])).size;
}

/** The value below which this share of the values is; undefined if there is none. */
export function quantile(values: number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function sum(pids: number[], measure: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + measure(pid), 0);
}

function mountNamespace(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return `none of ${pid}`;
  }
}

// Processes come and go while they are looked at.
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
