import type { IncomingMessage, ServerResponse } from "node:http";
import type { DemoContainer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** An error which the engine answers with: an HTTP status and Docker's text. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Ends the call with an error answer. */
export function fail(status: number, message: string): never {
  throw new ApiError(status, message);
}

/** A request on its way through a route; `parts` are the decoded groups of the pattern, `version` is that of its path. */
export type Call = {
  world: DemoWorld;
  version: string | undefined;
  parts: readonly string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  request: IncomingMessage;
};

/** What a route answers: a whole body, or a stream which `run` writes and ends. */
export type Reply =
  | { kind: "body"; status: number; body: string; headers: Record<string, string> }
  | { kind: "stream"; headers: Record<string, string>; run: (response: ServerResponse) => void };

/** One row of the routing table. */
export type Route = {
  method: string;
  pattern: RegExp;
  /** Its body is no JSON: the route reads it itself. */
  raw?: true;
  answer: (call: Call) => Reply | Promise<Reply>;
};

/** An answer which is already JSON text. */
export const rawJson = (body: string, status = 200): Reply => ({
  kind: "body",
  status,
  body,
  headers: { "Content-Type": "application/json" },
});

/** An answer of `value` as JSON. */
export const json = (value: unknown, status = 200): Reply => rawJson(`${JSON.stringify(value)}\n`, status);

/** An answer without a body. */
export const empty = (status = 204, headers: Record<string, string> = {}): Reply => ({
  kind: "body",
  status,
  body: "",
  headers,
});

/** An answer which goes on until `run` ends it or the client leaves. */
export const stream = (type: string, run: (response: ServerResponse) => void): Reply => ({
  kind: "stream",
  headers: { "Content-Type": type },
  run,
});

/** The container which `ref` names; throws ApiError 404. */
export function named(world: DemoWorld, ref: string): DemoContainer {
  return world.find(ref) ?? fail(404, `No such container: ${ref}`);
}

/** A query value as Docker reads booleans: absent, "", 0, no, false and none are false. */
export const flag = (query: URLSearchParams, name: string): boolean =>
  !["", "0", "no", "false", "none"].includes((query.get(name) ?? "").trim().toLowerCase());

/** Whether a request speaks an API older than `minor` ("1.42"); one without a version speaks the newest. */
export function isBefore(version: string | undefined, minor: string): boolean {
  return version !== undefined && versionNumber(version) < versionNumber(minor);
}

/** An API version as a number that grows with it. */
export function versionNumber(version: string): number {
  const [major, minor] = version.split(".").map(Number);
  return (major ?? 0) * 1000 + (minor ?? 0);
}

/** The JSON object in the body of a request; {} when there is none. Throws ApiError 400 when it is broken. */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return parseBody(Buffer.concat(chunks).toString());
}

/** The JSON object in `text`; {} when empty or no object. Throws ApiError 400 when it is no JSON. */
export function parseBody(text: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    return fail(400, `invalid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
