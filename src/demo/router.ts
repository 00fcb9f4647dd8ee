import type { IncomingMessage, ServerResponse } from "node:http";
import { archiveRoutes } from "./archive-routes.ts";
import { buildCacheRoutes } from "./build-cache.ts";
import { commitRoutes } from "./commit.ts";
import { containerReads } from "./container-reads.ts";
import { containerVerbs } from "./container-verbs.ts";
import { diskUsageRoutes } from "./disk-usage.ts";
import { eventRoutes } from "./event-routes.ts";
import { execRoutes } from "./exec-routes.ts";
import type { Faults } from "./faults.ts";
import { ApiError, fail, isBefore, json, type Reply, type Route, readBody, versionNumber } from "./http.ts";
import { imageRoutes } from "./image-routes.ts";
import { networkRoutes } from "./network-routes.ts";
import { pullRoutes } from "./pull.ts";
import { createRows } from "./rows.ts";
import { apiVersion, commonHeaders, systemRoutes } from "./system-routes.ts";
import { volumeRoutes } from "./volume-routes.ts";
import type { DemoWorld } from "./world.ts";

/** All routes of the engine; the first whose method and pattern match answers. */
export function routesOf(world: DemoWorld): readonly Route[] {
  return [
    ...systemRoutes,
    ...diskUsageRoutes,
    ...buildCacheRoutes,
    ...eventRoutes,
    ...containerReads(createRows(world)),
    ...containerVerbs,
    ...archiveRoutes,
    ...commitRoutes,
    ...execRoutes,
    ...pullRoutes,
    ...imageRoutes,
    ...volumeRoutes,
    ...networkRoutes,
  ];
}

/** A request's address, taken apart; `path` is without the version prefix. */
export type Address = { method: string; path: string; query: URLSearchParams; version: string | undefined };

/** Takes the address of a request apart. */
export function addressOf(request: IncomingMessage): Address {
  const [, version, rest = "/"] = /^(?:\/v(\d+\.\d+))?(\/.*)$/.exec(request.url ?? "/") ?? [];
  const [path = "/", search = ""] = rest.split(/\?(.*)/s);
  return { method: request.method ?? "GET", path, query: new URLSearchParams(search), version };
}

/** Throws ApiError 400 for an API version which the engine does not speak. */
export function checkVersion(version: string | undefined): void {
  if (version === undefined) return;
  if (versionNumber(version) > versionNumber(apiVersion))
    fail(400, `client version ${version} is too new. Maximum supported API version is ${apiVersion}`);
  if (isBefore(version, "1.24"))
    fail(400, `client version ${version} is too old. Minimum supported API version is 1.24`);
}

async function answer(world: DemoWorld, routes: readonly Route[], request: IncomingMessage): Promise<Reply> {
  const { method, path, query, version } = addressOf(request);
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const parts = match.slice(1).map((part) => decodeURIComponent(part));
    const body = route.raw ? {} : await readBody(request);
    return route.answer({ world, version, parts, query, body, request });
  }
  await readBody(request);
  return fail(404, "page not found");
}

/** The error as an answer in Docker's shape; anything but an ApiError is a 500. */
const errorReply = (error: unknown): Reply =>
  json(
    { message: error instanceof Error ? error.message : String(error) },
    error instanceof ApiError ? error.status : 500,
  );

/** Answers one request; never throws. */
export async function serve(
  { world, routes, faults }: { world: DemoWorld; routes: readonly Route[]; faults: Faults },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, path, query, version } = addressOf(request);
  let reply: Reply;
  try {
    await faults.pass({ method, path, query });
    checkVersion(version);
    reply = await answer(world, routes, request);
  } catch (error) {
    reply = errorReply(error);
  }
  if (!response.destroyed) write(reply, response);
}

function write(reply: Reply, response: ServerResponse): void {
  if (reply.kind === "stream") {
    response.writeHead(200, { ...commonHeaders, ...reply.headers });
    reply.run(response);
    return;
  }
  const length =
    reply.status === 304 || reply.status === 204 ? {} : { "Content-Length": Buffer.byteLength(reply.body) };
  response.writeHead(reply.status, { ...commonHeaders, ...reply.headers, ...length });
  response.end(reply.body);
}
