import type { ServerResponse } from "node:http";
import { encodeLine } from "./log-frames.ts";
import { allLines, type LineRange, linesIn } from "./log-lines.ts";
import { type LogsRequest, wanted } from "./log-query.ts";
import type { DemoContainer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** How far a follower has read, and what it asked for. */
export type Position = { asked: LogsRequest; seen: LineRange };

const followEveryMs = 100;

/** Makes the function which writes what was logged since it was last called. */
function catchUp(
  world: DemoWorld,
  id: string,
  { asked, seen }: Position,
  response: ServerResponse,
): () => void {
  let { to, writtenTo } = seen;
  return () => {
    const container = world.find(id);
    if (container === undefined || response.writableEnded || response.destroyed) return;
    const now = allLines(world, container);
    const fresh = { ...now, from: Math.max(to, now.from), writtenFrom: writtenTo };
    [to, writtenTo] = [now.to, now.writtenTo];
    const lines = [...linesIn(world, container, fresh)].filter((line) => wanted(line, asked));
    if (lines.length > 0) response.write(Buffer.concat(lines.map((line) => encodeLine(line, asked))));
  };
}

/** Writes new lines as they come; ends the response when the container stops or goes, or at `until`. */
export function follow(
  world: DemoWorld,
  { id }: DemoContainer,
  position: Position,
  response: ServerResponse,
): void {
  const write = catchUp(world, id, position, response);
  const end = () => {
    write();
    response.end();
  };
  const { until } = position.asked;
  const stops = [
    world.timers.every(followEveryMs, () => {
      if (!response.writableNeedDrain) write();
    }),
    world.onLog((logged) => {
      if (logged === id) write();
    }),
    world.bus.listen(({ Actor, Action }) => {
      if (Actor.ID === id && (Action === "die" || Action === "destroy")) end();
    }),
  ];
  if (until !== undefined) stops.push(world.timers.after(Math.max(0, until.ms - world.now()), end));
  response.once("close", () => {
    for (const stop of stops) stop();
  });
}
