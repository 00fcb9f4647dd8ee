import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { type Usage, withoutCache } from "./usage.ts";

/**
 * Reads a local container's counters from its cgroup files, some 30 times cheaper than asking the engine. Undefined
 * when `pid` is not proven to be that container on this machine: its cgroup must carry the container's id, which
 * rules out tunnels, other PID namespaces and Docker Desktop.
 */
export function readCgroup(id: string, pid: number, at: number): Usage | undefined {
  try {
    const lines = readFileSync(`/proc/${pid}/cgroup`, "latin1").trim().split("\n");
    const paths = new Map(lines.flatMap(controllerPaths));
    const unified = paths.get("");
    if (unified?.includes(id) && !paths.has("cpuacct")) return version2(unified, at);
    const cpu = paths.get("cpuacct");
    const memory = paths.get("memory");
    return cpu?.includes(id) && memory?.includes(id) ? version1(cpu, memory, at) : undefined;
  } catch {
    return undefined; // no such process, no right to look, another layout: the engine is asked instead
  }
}

/** "4:cpu,cpuacct:/docker/<id>" → cpu and cpuacct; "0::/…" is the unified hierarchy, "". */
function controllerPaths(line: string): [string, string][] {
  const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
  return controllers.split(",").map((controller) => [controller, path]);
}

function version1(cpu: string, memory: string, at: number): Usage {
  const folder = `/sys/fs/cgroup/memory${memory}`;
  const inactive = field(readFileSync(`${folder}/memory.stat`, "latin1"), "total_inactive_file");
  return {
    at,
    cpuNs: readNumber(`/sys/fs/cgroup/cpuacct${cpu}/cpuacct.usage`),
    memory: withoutCache(readNumber(`${folder}/memory.usage_in_bytes`), inactive),
    memoryLimit: Math.min(readNumber(`${folder}/memory.limit_in_bytes`), totalmem()),
  };
}

function version2(path: string, at: number): Usage {
  const folder = `/sys/fs/cgroup${path}`;
  const inactive = field(readFileSync(`${folder}/memory.stat`, "latin1"), "inactive_file");
  const limit = readNumber(`${folder}/memory.max`); // "max" is not a number
  return {
    at,
    cpuNs: field(readFileSync(`${folder}/cpu.stat`, "latin1"), "usage_usec") * 1000,
    memory: withoutCache(readNumber(`${folder}/memory.current`), inactive),
    memoryLimit: Number.isNaN(limit) ? totalmem() : Math.min(limit, totalmem()),
  };
}

function readNumber(file: string): number {
  return Number(readFileSync(file, "latin1"));
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
}
