import { isLive } from "./container-filters.ts";
import { containerOf } from "./container-reads.ts";
import { create } from "./create.ts";
import { remove, rename, update } from "./edits.ts";
import { type Call, empty, flag, json, type Reply, type Route, stream } from "./http.ts";
import { ending, kill, pause, restart, start, stop, unpause } from "./transitions.ts";

const seconds = (query: URLSearchParams): number | undefined => {
  const text = query.get("t");
  return text === null || text === "" ? undefined : Number(text);
};

/** Resolves with {StatusCode} when the container ends; the headers go out at once. */
function wait(call: Call): Reply {
  const { world, query } = call;
  const { id } = containerOf(call);
  return stream("application/json", (response) => {
    response.flushHeaders();
    const say = () => response.end(`${JSON.stringify({ StatusCode: world.find(id)?.exitCode ?? 0 })}\n`);
    const container = world.find(id);
    const already = container === undefined || !isLive(container);
    if (already && (query.get("condition") ?? "not-running") === "not-running") say();
    else void ending(world, id, Number.POSITIVE_INFINITY).then(say);
  });
}

const done =
  (run: (call: Call) => void) =>
  (call: Call): Reply => {
    run(call);
    return empty();
  };

const verb = (name: string, answer: Route["answer"]): Route => ({
  method: "POST",
  pattern: new RegExp(`^/containers/([^/]+)/${name}$`),
  answer,
});

/** The routes which change containers. */
export const containerVerbs: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/containers\/create$/,
    answer: ({ world, query, body }) => {
      const { id } = create(world, query.get("name") ?? undefined, body);
      return json({ Id: id, Warnings: [] }, 201);
    },
  },
  verb("start", (call) => empty(start(call.world, containerOf(call)) ? 204 : 304)),
  verb("stop", async (call) =>
    empty((await stop(call.world, containerOf(call), seconds(call.query))) ? 204 : 304),
  ),
  verb("restart", async (call) => {
    await restart(call.world, containerOf(call), seconds(call.query));
    return empty();
  }),
  verb(
    "kill",
    done((call) => kill(call.world, containerOf(call), call.query.get("signal") || "KILL")),
  ),
  verb(
    "pause",
    done((call) => pause(call.world, containerOf(call))),
  ),
  verb(
    "unpause",
    done((call) => unpause(call.world, containerOf(call))),
  ),
  verb(
    "rename",
    done((call) => rename(call.world, containerOf(call), call.query.get("name") ?? "")),
  ),
  verb("update", (call) => {
    update(call.world, containerOf(call), call.body);
    return json({ Warnings: null });
  }),
  verb("wait", wait),
  {
    method: "DELETE",
    pattern: /^\/containers\/([^/]+)$/,
    answer: done((call) =>
      remove(call.world, containerOf(call), {
        force: flag(call.query, "force"),
        volumes: flag(call.query, "v"),
      }),
    ),
  },
];
