import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The files of this machine, as far as an engine's facts can be read there; a test passes its own. */
export type LocalFiles = {
  /** Throws when it cannot be read. */
  read(path: string): string;
  names(folder: string): readonly string[];
  /** In bytes. */
  size(path: string): number;
};

/** The files of the machine dockui runs on. */
export const localFiles: LocalFiles = {
  read: (path) => readFileSync(path, "latin1"),
  names: (folder) => readdirSync(folder),
  size: (path) => statSync(path).size,
};

/** A running container's cgroup below the cgroup mount; undefined unless `pid` is proven to be it on this machine. */
export function cgroupPath(id: string, pid: number, files: LocalFiles): string | undefined {
  if (pid <= 0) return undefined;
  return attempt(() => {
    const paths = files
      .read(`/proc/${pid}/cgroup`)
      .split("\n")
      .map((line) => /^\d+:[^:]*:(.*)$/.exec(line)?.[1]);
    return paths.find((path) => path?.includes(id));
  });
}

/** How long a container's log files are together, rotated ones too, in bytes; undefined where they cannot be read. */
export function logBytes(id: string, logPath: string, files: LocalFiles): number | undefined {
  if (!logPath.includes(id)) return undefined;
  return attempt(() => {
    const name = basename(logPath);
    const parts = files
      .names(dirname(logPath))
      .filter((file) => file === name || file.startsWith(`${name}.`));
    if (parts.length === 0) return undefined;
    return parts.reduce((sum, file) => sum + files.size(join(dirname(logPath), file)), 0);
  });
}

/** No such file, or no right to look: the engine runs elsewhere, or is not ours to look into. */
function attempt<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
