import type { Gate } from "../gate.ts";
import { list, number, record, text } from "../raw.ts";

/** A path that is not as the image has it: `docker diff`'s A, C and D. */
export type ChangedFile = { path: string; kind: "added" | "changed" | "removed" };

const kinds = ["changed", "added", "removed"] as const;

/** What changed in a container's file system since it was created; volumes and other mounts do not count. */
export async function changedFiles(gate: Gate, id: string, signal?: AbortSignal): Promise<ChangedFile[]> {
  const files = list(await gate.call("GET", `/containers/${id}/changes`, {}, signal)).flatMap((row) => {
    const raw = record(row);
    const kind = kinds[number(raw.Kind)];
    return kind ? [{ path: text(raw.Path), kind }] : [];
  });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1)); // the engine's own order is another each time
}
