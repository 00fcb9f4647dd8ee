import { containerOf } from "./container-reads.ts";
import { createExec, inspectExec, startExec } from "./exec.ts";
import { type Call, empty, fail, json, type Reply, type Route, stream } from "./http.ts";
import type { DemoExec } from "./world.ts";

/** The path which starts an exec; a client may ask to upgrade it to a raw stream. */
export const execStart: RegExp = /^\/exec\/([^/]+)\/start$/;

/** The exec which the first part of the path names; throws ApiError 404. */
export function execOf({ world, parts }: Pick<Call, "world" | "parts">): DemoExec {
  const id = parts[0] ?? "";
  return world.execs.get(id) ?? fail(404, `No such exec instance: ${id}`);
}

/** Throws ApiError 409 when the exec has been started before. */
export function checkFresh(exec: DemoExec): void {
  if (exec.started) fail(409, `Error: Exec command ${exec.id} is already running`);
}

function resize(call: Call): Reply {
  const exec = execOf(call);
  exec.rows = Number(call.query.get("h") ?? exec.rows);
  exec.columns = Number(call.query.get("w") ?? exec.columns);
  return empty(200);
}

/** Starts an exec without an upgrade: its output is the body; nothing can be typed. */
function start(call: Call): Reply {
  const exec = execOf(call);
  checkFresh(exec);
  if (call.body.Detach === true) {
    startExec(call.world, exec, { write: () => undefined, end: () => undefined });
    return empty(200);
  }
  return stream("application/vnd.docker.raw-stream", (response) => {
    startExec(call.world, exec, {
      write: (bytes) => void response.write(bytes),
      end: () => void response.end(),
    });
  });
}

/** The routes of exec sessions. */
export const execRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/containers\/([^/]+)\/exec$/,
    answer: (call) => json({ Id: createExec(call.world, containerOf(call), call.body).id }, 201),
  },
  { method: "POST", pattern: execStart, answer: start },
  { method: "POST", pattern: /^\/exec\/([^/]+)\/resize$/, answer: resize },
  { method: "GET", pattern: /^\/exec\/([^/]+)\/json$/, answer: (call) => json(inspectExec(execOf(call))) },
];
