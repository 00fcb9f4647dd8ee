import type { Host } from "../../session.ts";
import { parentOf, under } from "./open.ts";

type Local = Pick<Host, "localKind" | "localPath">;

/** More names than this are not looked for while one types; what stands there is refused in the end anyway. */
const looked = 100;

/** Why things of those names cannot be copied to a local path; undefined when they can. */
export function faultOfTarget(
  { localKind, localPath }: Local,
  typed: string,
  { names, count, existing }: { names: readonly string[]; count: number; existing: "refuse" | "replace" },
): string | undefined {
  const target = typed.trim();
  if (target === "") return "A folder here, or a new name in one.";
  const path = localPath(target);
  const kind = localKind(target);
  if (kind === "folder") {
    if (names.includes("")) return "The root of a container has no name of its own: choose a new name here.";
    const taken = names.slice(0, looked).find((name) => localKind(under(path, name)) !== undefined);
    return taken === undefined || existing === "replace" ? undefined : isThere(under(path, taken));
  }
  if (count > 1 && kind === "file") return `${path} is a file; several are copied into a folder.`;
  if (count > 1) return `There is no folder ${path} here; several are copied into one.`;
  if (kind === "file") return existing === "replace" ? undefined : isThere(path);
  const parent = parentOf(path);
  const around = localKind(parent);
  if (around === "folder") return undefined;
  return around === "file" ? `${parent} is not a folder.` : `There is no folder ${parent} here.`;
}

function isThere(path: string): string {
  return `${path} exists already: turn on replace, or choose another name.`;
}

/** Why there is nothing to copy at a local path; undefined when there is. */
export function faultOfSource({ localKind, localPath }: Local, typed: string): string | undefined {
  if (typed.trim() === "") return "A file or a folder of this machine.";
  return localKind(typed.trim()) === undefined ? `There is no ${localPath(typed.trim())} here.` : undefined;
}
