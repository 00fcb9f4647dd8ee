import { selectContainers } from "./container-filters.ts";
import { type Call, fail, flag, json, named, type Reply, type Route, rawJson, stream } from "./http.ts";
import { inspectContainer } from "./inspect.ts";
import { readLogsRequest } from "./log-query.ts";
import { writeLogs } from "./logs.ts";
import type { Rows } from "./rows.ts";
import { sampleText } from "./stats.ts";
import { topOf } from "./top.ts";
import type { DemoContainer } from "./types.ts";
import { second } from "./units.ts";

/** The container which the first part of the path names; throws ApiError 404. */
export function containerOf({ world, parts }: Call): DemoContainer {
  return named(world, parts[0] ?? "");
}

const list =
  (rows: Rows) =>
  ({ world, query }: Call): Reply => {
    const chosen = selectContainers(world, query, flag(query, "all"));
    return rawJson(`${rows.rows(chosen, flag(query, "size"))}\n`);
  };

function logs(call: Call): Reply {
  const container = containerOf(call);
  const asked = readLogsRequest(container, call.query);
  const type = container.tty
    ? "application/vnd.docker.raw-stream"
    : "application/vnd.docker.multiplexed-stream";
  return stream(type, (response) => {
    writeLogs(call.world, container, asked, response).catch(() => response.destroy());
  });
}

async function stats(call: Call): Promise<Reply> {
  const { world, query } = call;
  const container = containerOf(call);
  const streaming = !query.has("stream") || flag(query, "stream");
  if (streaming && flag(query, "one-shot")) fail(400, "cannot have stream=true and one-shot=true");
  if (streaming) return statsStream(call, container);
  if (flag(query, "one-shot")) return rawJson(sampleText(world, container, undefined));
  if (!world.quiet) await world.timers.sleep(second);
  return rawJson(sampleText(world, world.find(container.id) ?? container, world.now() - second));
}

/** One sample now and one each second, until the container is removed or the client leaves. */
function statsStream({ world }: Call, { id }: DemoContainer): Reply {
  return stream("application/json", (response) => {
    let previous: number | undefined;
    const send = () => {
      const container = world.find(id);
      if (container === undefined) response.end();
      else if (!response.writableNeedDrain) response.write(sampleText(world, container, previous));
      previous = world.now();
    };
    const stop = world.timers.every(second, send);
    response.once("close", stop);
    send();
  });
}

function top(call: Call): Reply {
  const container = containerOf(call);
  const answer = topOf(container, call.query.get("ps_args"), call.world.now());
  call.world.tell(container, "top");
  return json(answer);
}

/** The routes which look at containers. */
export const containerReads = (rows: Rows): Route[] => [
  { method: "GET", pattern: /^\/containers\/json$/, answer: list(rows) },
  {
    method: "GET",
    pattern: /^\/containers\/([^/]+)\/json$/,
    answer: (call) => json(inspectContainer(call.world, containerOf(call), flag(call.query, "size"))),
  },
  { method: "GET", pattern: /^\/containers\/([^/]+)\/logs$/, answer: logs },
  { method: "GET", pattern: /^\/containers\/([^/]+)\/stats$/, answer: stats },
  { method: "GET", pattern: /^\/containers\/([^/]+)\/top$/, answer: top },
  {
    method: "GET",
    pattern: /^\/containers\/([^/]+)\/changes$/,
    answer: (call) => {
      const { changes } = containerOf(call);
      return json(changes.length === 0 ? null : changes);
    },
  },
];
