import { lstatSync, mkdirSync, realpathSync, type Stats } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Why somebody else could have put their own text in the place of a file or folder; undefined when only this person and
 * root can. Whoever may write a folder on the way may replace what is below it, so all of them are looked at, before
 * links and behind them. `owners` may own it besides.
 */
export function distrust(path: string, owners: readonly number[] = []): string | undefined {
  const trusted = [0, process.getuid?.() ?? 0, ...owners];
  const ways = new Set([...wayTo(resolve(path)), ...wayTo(behindLinks(resolve(path)))]);
  for (const part of ways) {
    const stat = lstatSync(part, { throwIfNoEntry: false });
    if (!stat) continue;
    if (!trusted.includes(stat.uid)) return `${part} belongs to another user`;
    if (isOpen(stat)) return `${part} can be written by others (chmod go-w ${part})`;
  }
  return undefined;
}

/** A path and all folders it lies in. */
function wayTo(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [...wayTo(above), path];
}

function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // what is not there yet leads nowhere
  }
}

/** Whether others may replace it or what is in it. A group that carries the owner's number is the owner's alone. */
function isOpen(stat: Stats): boolean {
  if (stat.isSymbolicLink()) return false; // its mode says nothing
  const isShared = stat.isDirectory() && (stat.mode & 0o1000) !== 0; // /tmp: only owners replace what is theirs
  const others = stat.gid === stat.uid ? 0o002 : 0o022;
  return !isShared && (stat.mode & others) !== 0;
}

/**
 * The folder of this person's compiled code, made where there is none; undefined where somebody else could have put code
 * into it: then there is no cache.
 */
export function cacheFolder(env: Environment): string | undefined {
  const folder = join(xdgFolder(env, "XDG_CACHE_HOME", ".cache"), "dockui");
  return unlessPrivate(folder) === undefined ? folder : undefined;
}

/** Makes a folder that nobody else may enter where there is none; why it cannot be one, where it cannot. */
export function unlessPrivate(folder: string): string | undefined {
  try {
    const before = distrust(folder);
    if (before !== undefined) return before;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    if (!stat.isDirectory()) return `${folder} is no folder`;
    if ((stat.mode & 0o077) !== 0) return `${folder} is open to others (chmod 700 ${folder})`;
    return distrust(folder);
  } catch (error) {
    return (error as Error).message;
  }
}

/** A folder of the XDG Base Directory Specification, which has relative paths ignored. */
export function xdgFolder(env: Environment, variable: string, usual: string): string {
  const named = env[variable] ?? "";
  return isAbsolute(named) ? named : join(env.HOME || homedir(), usual);
}
