import { statfs } from "node:fs/promises";
import type { Endpoint } from "../endpoint.ts";
import type { Engine } from "../engine.ts";
import { explain } from "../errors.ts";
import { list, record, text } from "../raw.ts";

/** Where an engine keeps its files, and the disk they are on; sizes in bytes. */
export type DataRoot = {
  path: string;
  /** The storage driver: "overlay2". */
  driver: string;
  /** What lies under the storage driver, in the engine's words: "extfs", "xfs". */
  filesystem?: string;
  /** Images are containerd's, whose own folder /info does not name: it may be on another disk. */
  containerdStore: boolean;
  /** The whole file system. */
  size?: number;
  /** What an ordinary process may still write: `df`'s "Avail", without the blocks kept for root. */
  free?: number;
  /** Why size and free are not known, as a sentence. */
  why?: string;
};

/** The data root of that engine. Never rejects: what cannot be found out is said in `why`. */
export async function dataRootOf(
  engine: Pick<Engine, "endpoint" | "info">,
  signal?: AbortSignal,
): Promise<DataRoot> {
  try {
    return await readDataRoot(await engine.info(signal), engine.endpoint);
  } catch (error) {
    return { path: "", driver: "", containerdStore: false, why: explain(error, engine.endpoint).message };
  }
}

/** The data root of the answer of `GET /info`, with the room on its disk when that is one of this machine. */
export async function readDataRoot(info: unknown, endpoint: Endpoint): Promise<DataRoot> {
  const raw = record(info);
  const status = new Map(list(raw.DriverStatus).map((row) => [text(list(row)[0]), text(list(row)[1])]));
  const filesystem = status.get("Backing Filesystem") ?? "";
  const path = text(raw.DockerRootDir);
  return {
    path,
    driver: text(raw.Driver),
    ...(filesystem === "" ? {} : { filesystem }),
    containerdStore: status.get("driver-type") === "io.containerd.snapshotter.v1",
    ...(await roomAt(path, endpoint)),
  };
}

async function roomAt(path: string, endpoint: Endpoint): Promise<Pick<DataRoot, "size" | "free" | "why">> {
  if (endpoint.kind !== "unix")
    return { why: "The engine is on another machine: how full its disk is cannot be seen from here." };
  try {
    const { bsize, blocks, bavail } = await statfs(path);
    return { size: bsize * blocks, free: bsize * bavail };
  } catch (error) {
    return { why: whyUnknown((error as { code?: unknown }).code, path) };
  }
}

function whyUnknown(code: unknown, path: string): string {
  if (code === "EACCES")
    return `You may not look at ${path}: run dockui as root to see how full its disk is.`;
  if (code === "ENOENT" || code === "ENOTDIR")
    return `There is no ${path} here: the engine is on another machine, or dockui runs in a container.`;
  return `How full the disk of ${path} is cannot be found out.`;
}
