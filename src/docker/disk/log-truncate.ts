import { constants } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { basename } from "node:path";
import type { Engine } from "../engine.ts";
import { ProblemError } from "../errors.ts";
import { record } from "../raw.ts";
import { type LogPart, type LogPath, logParts, refusal, systemCode } from "./log-path.ts";
import type { LogPlace } from "./log-place.ts";

/** How a log is emptied. `force` also empties what an engine that remembers its length still writes to. */
export type Truncation = { force: boolean; signal?: AbortSignal };

/** What came back, in bytes, and why the file that is written to was left as it is, where it was. */
export type Truncated = { freed: number; kept?: string };

/**
 * Empties a json-file log: cuts the current file to nothing and removes the rotated ones. Every check is made anew.
 * Rejects with a problem when it may not be done, or cannot be done while the container runs.
 */
export async function truncateLog(
  engine: Pick<Engine, "inspect">,
  log: LogPlace,
  { force, signal }: Truncation,
): Promise<Truncated> {
  const fault = untruncatable(log);
  if (fault !== undefined || log.path === undefined) throw refusal(capital(fault ?? "There is no file."));
  const place = { ...log, path: log.path };
  const kept = (await runs(engine, log.id, signal)) ? whyKept(log, force) : undefined;
  try {
    return { freed: await empty(place, kept), ...(kept === undefined ? {} : { kept }) };
  } catch (error) {
    throw told(error, place);
  }
}

/** Why a log can never be emptied, as the end of a sentence; undefined when it can. */
export function untruncatable({ driver, path, id }: LogPlace): string | undefined {
  if (path === undefined) return "it has no log file.";
  if (driver === "local")
    return "its log driver is local, which rotates by itself: its files are left alone.";
  if (driver !== "json-file") return `its log driver is ${driver}: only json-file logs can be emptied.`;
  return basename(path) === `${id}-json.log` ? undefined : `${path} is no name that Docker gives a log.`;
}

/**
 * Why the current file of a running container stays; undefined when it need not. After its first rotation the engine
 * writes at a place of its own instead of at the end, so that a cut file would begin with zeros, which docker logs
 * cannot read. A later engine looks for the end where it was before, and never comes to an end of that.
 */
export function whyKept(
  { rotates, remembersLength }: Pick<LogPlace, "rotates" | "remembersLength">,
  force: boolean,
): string | undefined {
  if (rotates) return "It runs and rotates its log by itself: the current file stays until it is stopped.";
  if (remembersLength && !force)
    return "It runs: this engine cannot read a log that was cut under it. Stop it first.";
}

async function runs(engine: Pick<Engine, "inspect">, id: string, signal?: AbortSignal): Promise<boolean> {
  const { State } = record(await engine.inspect(id, signal));
  return record(State).Running === true;
}

async function empty(place: LogPath, kept: string | undefined): Promise<number> {
  const before = await logParts(place);
  const rotated = before.filter(({ path }) => path !== place.path);
  if (kept !== undefined && rotated.length === 0) throw refusal(kept);
  if (kept === undefined && rotated.length < before.length) await cut(place.path);
  for (const { path } of rotated) await unlink(path);
  return Math.max(0, total(before) - total(await logParts(place)));
}

/** Cuts a regular file to nothing; a link that was put there meanwhile is not followed. */
async function cut(path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw refusal(`${path} is no regular file: it is left alone.`);
    await file.truncate(0);
  } finally {
    await file.close();
  }
}

function total(parts: readonly LogPart[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

const sentences: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `You may not change ${path}: run dockui as root.`,
  EPERM: (path) => `${path} is protected against changes: lsattr shows by what.`,
  EROFS: (path) => `The file system of ${path} is mounted read-only: nothing can be removed from it.`,
  ENOENT: (path) => `There is no ${path} any more.`,
  ELOOP: (path) => `${path} is a link: it is left alone.`,
  ENOSPC: (path) => `The file system of ${path} is too full even to cut a file: remove something else first.`,
};

function told(error: unknown, { path }: LogPath): unknown {
  const sentence = sentences[systemCode(error) ?? ""];
  return sentence ? new ProblemError({ kind: "other", message: sentence(path) }) : error;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
