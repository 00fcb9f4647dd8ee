import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { follow } from "./log-follow.ts";
import { encodeLine } from "./log-frames.ts";
import {
  allLines,
  compareMoments,
  type LineRange,
  type LogLine,
  linesIn,
  skipTo,
  tailOf,
} from "./log-lines.ts";
import { type LogsRequest, wanted } from "./log-query.ts";
import type { DemoContainer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

const chunkBytes = 64 * 1024;

/** Like the real engine: the tail is cut before since and until are looked at. */
function history(
  world: DemoWorld,
  container: DemoContainer,
  range: LineRange,
  asked: LogsRequest,
): Iterable<LogLine> {
  if (asked.tail !== undefined) return tailOf(world, container, { range, count: asked.tail });
  return linesIn(world, container, asked.since === undefined ? range : skipTo(container, range, asked.since));
}

/** Resolves when the response takes more, or is gone. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle).off("close", settle);
      resolve();
    };
    response.on("drain", settle).on("close", settle);
  });
}

/** Writes bytes, waits for a slow reader, and lets others have their turn. */
async function push(response: ServerResponse, bytes: Buffer): Promise<void> {
  if (bytes.length === 0 || response.destroyed) return;
  if (response.write(bytes)) await turn();
  else await room(response);
}

/** Writes the wanted lines in large chunks; answers whether the reader is still there. */
async function send(
  response: ServerResponse,
  lines: Iterable<LogLine>,
  asked: LogsRequest,
): Promise<boolean> {
  let waiting: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    if (asked.until !== undefined && compareMoments(line, asked.until) > 0) break;
    if (!wanted(line, asked)) continue;
    const bytes = encodeLine(line, asked);
    waiting.push(bytes);
    size += bytes.length;
    if (size < chunkBytes) continue;
    await push(response, Buffer.concat(waiting));
    if (response.destroyed) return false;
    [waiting, size] = [[], 0];
  }
  await push(response, Buffer.concat(waiting));
  return !response.destroyed;
}

/** Writes the log of a container to a response and ends it: at once, or when the container stops if followed. */
export async function writeLogs(
  world: DemoWorld,
  container: DemoContainer,
  asked: LogsRequest,
  response: ServerResponse,
): Promise<void> {
  const range = allLines(world, container);
  response.flushHeaders();
  const there = await send(response, history(world, container, range, asked), asked);
  if (!there) return;
  const followed = asked.follow && (container.status === "running" || container.status === "paused");
  if (followed) follow(world, container, { asked, seen: range }, response);
  else response.end();
}
