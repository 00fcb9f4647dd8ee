import { Agent, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { inspect } from "node:util";
import type Docker from "dockerode";
import { cutMark, textLimit } from "./bounded.ts";
import type { Clock } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import { ProblemError } from "./errors.ts";
import { listing } from "./listing.ts";
import { ask, byPath, createClient, type Request, speak } from "./modem.ts";
import { ping } from "./ping.ts";
import { createPulse } from "./pulse.ts";

/** How many requests went through, by what they were for; what the header and the bench count. */
export type RequestCount = { calls: number; changes: number };

/**
 * The one way to the engine: four dockerode clients whose every request passes here, where read-only mode lives, and
 * `modem.ts`, where it gets its time limit. Calls share a few connections, changes and samples others, and streams have one each, so
 * that neither a slow stop nor a sample nor an open stream can starve a call.
 */
export type Gate = {
  calls: Docker;
  /** What changes something: a stop holds its connection for as long as the container's grace time. */
  changes: Docker;
  samples: Docker;
  streams: Docker;
  /** The API version all requests are prefixed with, "1.45". */
  speak(version: string): void;
  /** A call by path, for the dockerode methods that drop their options (facts: df, pruneBuilder, Volume.remove). */
  call<Value>(
    method: string,
    path: string,
    query: Record<string, unknown>,
    signal?: AbortSignal,
    body?: object,
  ): Promise<Value>;
  /** A GET that no list waits behind, for what is asked by the hundred: on the samples' connections. */
  look(path: string, signal?: AbortSignal): Promise<unknown>;
  /** A GET that takes minutes, on a connection of its own. */
  alone(path: string, signal: AbortSignal): Promise<unknown>;
  /** A stream by path, on a connection of its own; the signal ends it. */
  open(
    path: string,
    query: Record<string, unknown>,
    signal: AbortSignal,
    method?: "GET" | "POST",
  ): Promise<IncomingMessage>;
  /** The headers of the answer to a HEAD, which docker-modem shows of streams only. */
  head(path: string, query: Record<string, unknown>, signal?: AbortSignal): Promise<IncomingHttpHeaders>;
  /** Sends a tar as the body of a PUT, on a connection of its own; resolves when the engine has unpacked all of it. */
  upload(path: string, query: Record<string, unknown>, tar: Readable, signal: AbortSignal): Promise<void>;
  count(): RequestCount;
  /** Ends the kept connections. */
  close(): void;
};

/** A kept connection that nobody used for so long, in ms, is given up: what stands between may have dropped it. */
const idleMs = 4_000;

/** A gate to that endpoint; with `readOnly` nothing but GET, HEAD and a wait passes. */
export function createGate(
  endpoint: Endpoint,
  { readOnly, clock }: { readOnly: boolean; clock: Clock },
): Gate {
  const count = { calls: 0, changes: 0 };
  const pulse = createPulse(clock, (limitMs) => ping(endpoint, { clock, limitMs }));
  const pool = (maxSockets: number) =>
    Object.assign(new Agent({ keepAlive: true, timeout: idleMs, maxSockets, maxFreeSockets: 1 }), unprinted);
  const agents = [pool(3), pool(8), pool(4)];

  /** Counts a request, or says why it is not made. */
  function admit({ method, path, options }: Request): ProblemError | undefined {
    const changes = isChange(method, path);
    if (changes && readOnly) return readOnlyError();
    if (/\/(\/|\??$)/.test(path)) return unnamed(endpoint);
    if (JSON.stringify(options?._body)?.includes(cutMark)) return incomplete();
    count[changes ? "changes" : "calls"] += 1;
    return undefined;
  }

  const client = (agent?: Agent) => createClient(endpoint, { agent, admit, pulse, clock });
  const [calls, changes, samples] = agents.map(client) as [Docker, Docker, Docker];
  const streams = client();
  return {
    ...{ calls, changes, samples, streams },
    speak(version) {
      for (const docker of [calls, changes, samples, streams]) speak(docker, version);
    },
    call: (method, path, query, signal, body) =>
      listing(clock, { method, path, signal }, () =>
        ask(isChange(method, path) ? changes : calls, byPath(method, path, query, signal, body)),
      ),
    look: (path, signal) => ask(samples, byPath("GET", path, {}, signal)),
    alone: (path, signal) =>
      listing(clock, { method: "GET", path, signal }, () => ask(streams, byPath("GET", path, {}, signal))),
    open: (path, query, signal, method = "GET") =>
      ask(streams, { ...byPath(method, path, query, signal), isStream: true }),
    async head(path, query, signal) {
      const request = { ...byPath("HEAD", path, query, signal), isStream: true };
      const { headers } = (await ask<IncomingMessage>(calls, request)).resume();
      return headers;
    },
    upload: (path, query, tar, signal) => ask(streams, { ...byPath("PUT", path, query, signal), file: tar }),
    count: () => ({ ...count }),
    close() {
      for (const agent of agents) agent.destroy();
    },
  };
}

/** docker-modem prints all it sends, agent and sockets too, for a log that nobody reads: milliseconds a request. */
const unprinted = { [inspect.custom]: () => "Agent" };

/** A wait is a POST, and yet changes nothing. */
const isChange = (method: string, path: string) =>
  method !== "GET" &&
  method !== "HEAD" &&
  !(method === "POST" && /^\/containers\/[^/?]+\/wait\??$/.test(path));

/** An object that was told without its id has no path. */
function unnamed({ label }: Endpoint): ProblemError {
  return new ProblemError({
    kind: "other",
    message: `${label} did not say which object that is: it told no id.`,
  });
}

/** What is made again of an inspect would be another thing. */
function incomplete(): ProblemError {
  return new ProblemError({
    kind: "other",
    message: `A text of it is longer than ${textLimit >> 10} KiB and was not kept whole: it cannot be made again as it was.`,
  });
}

function readOnlyError(): ProblemError {
  return new ProblemError({ kind: "read-only", message: "dockui was started with --read-only." });
}
