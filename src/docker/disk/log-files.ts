import { dirname } from "node:path";
import type { Engine } from "../engine.ts";
import { explain } from "../errors.ts";
import { inParallel } from "../in-parallel.ts";
import { type LogPart, type LogPath, logParts, systemCode } from "./log-path.ts";
import { type LogKeeper, type LogPlace, toLogKeeper, toLogPlace } from "./log-place.ts";

/** The log of a container as files of this machine; sizes are the room they take on the disk, in bytes. */
export type LogFile = LogPlace & {
  /** The one that is written to first, then the rotated ones. */
  files: readonly LogPart[];
  /** All files together; absent when it is not known. */
  size?: number;
  /** Why the size is not known, as a sentence. */
  why?: string;
};

/** What logs are together: their known bytes, how many are not known, how many may grow without end. */
export type LogSum = { size: number; unknown: number; endless: number };

/** Reads the logs of many containers. It remembers what inspect said of each, since that never changes. */
export type LogReader = {
  /** Their files as they are now; a container that is gone is left out. Rejects when the engine cannot be asked. */
  read(containers: readonly { id: string }[], signal: AbortSignal): Promise<readonly LogFile[]>;
};

type Asked = Pick<Engine, "endpoint" | "info" | "inspectQuietly">;

const parallel = 8;

/** A reader of that engine's logs; the files themselves are seen only when the engine is on this machine. */
export function createLogReader(engine: Asked): LogReader {
  const places = new Map<string, LogPlace>();
  let keeper: LogKeeper | undefined;

  async function place(id: string, keeper: LogKeeper, signal: AbortSignal): Promise<LogPlace> {
    const known = places.get(id) ?? toLogPlace(await engine.inspectQuietly(id, signal), keeper);
    places.set(id, known);
    return known;
  }

  return {
    async read(containers, signal) {
      const found = new Map<string, LogFile>();
      const by = keeper ?? toLogKeeper(await engine.info(signal));
      keeper = by;
      await inParallel(containers, parallel, async ({ id }) => {
        signal.throwIfAborted();
        const log = await place(id, by, signal).catch((error: unknown) => unlessGone(error));
        if (log) found.set(id, await readLogFile(engine, log));
      });
      signal.throwIfAborted();
      return containers.flatMap(({ id }) => found.get(id) ?? []);
    },
  };
}

function unlessGone(error: unknown): undefined {
  if (explain(error).kind !== "gone") throw error;
}

/** The files of one log as they are now; what cannot be read is said in `why`. */
export async function readLogFile({ endpoint }: Pick<Engine, "endpoint">, log: LogPlace): Promise<LogFile> {
  const { path } = log;
  if (path === undefined) return { ...log, files: [], ...withoutFile(log) };
  if (endpoint.kind !== "unix")
    return {
      ...log,
      files: [],
      why: "The engine is on another machine: its log files cannot be seen from here.",
    };
  try {
    const files = await logParts({ ...log, path });
    if (log.begun && files[0]?.path !== path) return { ...log, files, why: removedByHand };
    return { ...log, files, size: files.reduce((sum, { size }) => sum + size, 0) };
  } catch (error) {
    return { ...log, files: [], why: whyUnread(error, { ...log, path }) };
  }
}

const removedByHand =
  "Its log file was removed by hand: what a running container wrote to it takes room until it is restarted.";

/** The journal takes room, and nobody says how much of it is this container's; the other drivers take none here. */
function withoutFile({ driver, elsewhere = "" }: LogPlace): Pick<LogFile, "size" | "why"> {
  return driver === "journald" ? { why: elsewhere } : { size: 0 };
}

/** What logs come to. */
export function sumOfLogs(logs: readonly LogFile[]): LogSum {
  return {
    size: logs.reduce((sum, { size = 0 }) => sum + size, 0),
    unknown: logs.filter(({ size }) => size === undefined).length,
    endless: logs.filter(isEndless).length,
  };
}

/** Whether a log takes more and more room: it is kept in a file, and that is never rotated. */
export function isEndless({ path, rotates }: Pick<LogPlace, "path" | "rotates">): boolean {
  return path !== undefined && !rotates;
}

function whyUnread(error: unknown, { root, path }: LogPath): string {
  const code = systemCode(error);
  if (code === "EACCES" || code === "EPERM")
    return `You may not read the folder ${root}: run dockui as root to see the log files.`;
  if (code !== "ENOENT" && code !== "ENOTDIR") return explain(error).message;
  const missing = (error as { path?: unknown }).path === root ? root : dirname(path);
  return `There is no ${missing} here: the engine is on another machine, or dockui runs in a container.`;
}
