import type { Gate } from "../gate.ts";
import { type CopiedIn, copyIn } from "./copy-in.ts";
import { type CopyOptions, copyOut } from "./copy-out.ts";
import { exportTo } from "./export.ts";
import type { FolderReading } from "./folder-tally.ts";
import type { Copied } from "./local.ts";
import { type FileBytes, readFile } from "./read-file.ts";
import { type FolderOptions, readFolder } from "./read-folder.ts";
import { type FileInfo, fileInfo } from "./stat.ts";

/** A container's files, without anything that runs in it: it may be stopped, never started, or hold no shell. */
export type ArchiveVerbs = {
  /** What stands at a path, a link not followed; undefined when nothing does. */
  fileInfo(id: string, path: string, signal?: AbortSignal): Promise<FileInfo | undefined>;
  /** What lies in a folder, more and more of it; an inspect of the container waits while it is read. */
  readFolder(id: string, path: string, options: Omit<FolderOptions, "now">): AsyncIterable<FolderReading>;
  /** At most `limit` bytes of a file, links followed. */
  readFile(id: string, path: string, limit: number, signal: AbortSignal): Promise<FileBytes>;
  /** To a path of this machine; an existing folder takes it under its own name. */
  copyOut(id: string, path: string, localTarget: string, options: CopyOptions): Promise<Copied>;
  /** From a path of this machine; an existing folder takes it under its own name. */
  copyIn(id: string, localPath: string, path: string, options: CopyOptions): Promise<CopiedIn>;
  /** All files of a container, without its volumes, as a tar on this machine. */
  exportTo(
    container: { id: string; name: string },
    localTarget: string,
    options: CopyOptions,
  ): Promise<Copied>;
};

/** The files of that engine's containers. */
export function archiveVerbs(gate: Gate, now: () => number): ArchiveVerbs {
  return {
    fileInfo: (id, path, signal) => fileInfo(gate, id, path, signal),
    readFolder: (id, path, options) => readFolder(gate, id, path, { ...options, now }),
    readFile: (id, path, limit, signal) => readFile(gate, id, path, limit, signal),
    copyOut: (id, path, target, options) => copyOut(gate, id, path, target, options),
    copyIn: (id, source, path, options) => copyIn(gate, id, source, path, options),
    exportTo: (container, target, options) => exportTo(gate, container, target, options),
  };
}
