import { type Stats, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A path that a person typed, absolute: `~` is the home, the rest is seen from where dockui was started. */
export function localPath(typed: string): string {
  const home = typed === "~" || typed.startsWith("~/");
  return home ? join(homedir(), typed.slice(1)) : resolve(typed);
}

/** What stands at a local path, links followed; undefined when there is nothing, or nothing that may be seen. */
export function localKind(typed: string): "file" | "folder" | undefined {
  const stats = statsOf(localPath(typed));
  if (!stats) return undefined;
  return stats.isDirectory() ? "folder" : "file";
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
