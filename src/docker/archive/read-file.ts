import { ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { tarEntries } from "./entries.ts";
import { followed, noSuchPath } from "./stat.ts";

/** The beginning of a file, or all of it. */
export type FileBytes = {
  bytes: Buffer;
  /** Of the whole file, in bytes. */
  size: number;
  truncated: boolean;
};

/** At most `limit` bytes of a file, links followed. Throws a sentence when there is none or it is not a file. */
export async function readFile(
  gate: Gate,
  id: string,
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<FileBytes> {
  const { path: real, info } = await followed(gate, id, path, signal);
  if (!info) throw noSuchPath(path);
  if (info.kind !== "file")
    throw new ProblemError({ kind: "other", message: `${info.name} is not a file that can be read.` });
  const source = await gate.open(`/containers/${id}/archive`, { path: real }, signal);
  for await (const entry of tarEntries(source, signal)) {
    const size = entry.header.size ?? 0;
    const bytes = await firstBytes(entry, limit);
    return { bytes, size, truncated: size > bytes.length };
  }
  throw noSuchPath(path);
}

async function firstBytes(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/** Whether bytes look like anything but text: a zero byte, or more than one in ten that no text has. */
export function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 8192);
  if (head.includes(0)) return true;
  const decoded = new TextDecoder().decode(head, { stream: true }); // a letter cut at the end is held back
  const strange = decoded.match(unlikely)?.length ?? 0;
  return strange > decoded.length / 10;
}

/** Controls that no text has, and bytes that are not UTF-8. An escape is fine: it colours logs. */
const unlikely = /(?![\t\n\v\f\r\b\u0007\u001b])[\p{Cc}\ufffd]/gu;
