import { setMaxListeners } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { inspect } from "node:util";
import Docker from "dockerode";
import type { Endpoint } from "./endpoint.ts";
import { ProblemError } from "./errors.ts";

/** How many requests went through, by what they were for; what the header and the bench count. */
export type RequestCount = { calls: number; changes: number };

/**
 * The one way to the engine: four dockerode clients whose every request passes `dial` below, where read-only mode
 * and the time limit live. Calls share a few connections, changes and samples others, and streams have one each, so
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

const callLimitMs = 30_000;

/** A gate to that endpoint; with `readOnly` nothing but GET, HEAD and a wait passes. */
export function createGate(endpoint: Endpoint, options: { readOnly: boolean }): Gate {
  const count = { calls: 0, changes: 0 };
  const pool = (maxSockets: number) =>
    Object.assign(new Agent({ keepAlive: true, maxSockets, maxFreeSockets: 1 }), unprinted);
  const agents = [pool(3), pool(8), pool(4)];
  const client = (agent: Agent | undefined, limitMs: number | undefined) => {
    const docker = new Docker({ ...address(endpoint), ...(agent ? { agent } : {}) });
    const modem = docker.modem as unknown as Modem;
    const dial = modem.dial.bind(modem);
    modem.dial = (request, done) => {
      const changes = isChange(request.method, request.path);
      if (changes && options.readOnly) return done(readOnlyError());
      count[changes ? "changes" : "calls"] += 1;
      if (limitMs !== undefined) request.abortSignal ??= AbortSignal.timeout(limitMs);
      // Many requests may share a signal. Node 20 takes more than ten listeners for a leak, and says so on stderr.
      if (request.abortSignal) setMaxListeners(0, request.abortSignal);
      dial(request, (error, answer) => done(error, error ? undefined : normal(answer)));
    };
    return docker;
  };
  const clients = {
    calls: client(agents[0], callLimitMs),
    changes: client(agents[1], callLimitMs),
    samples: client(agents[2], callLimitMs),
    streams: client(undefined, undefined),
  };
  const ask = (docker: Docker, request: Request) =>
    new Promise<never>((resolve, reject) =>
      (docker.modem as unknown as Modem).dial(request, (error, answer) =>
        error ? reject(error) : resolve(answer as never),
      ),
    );
  return {
    ...clients,
    speak(version) {
      for (const docker of Object.values(clients)) (docker.modem as unknown as Modem).version = `v${version}`;
    },
    call: (method, path, query, signal, body) =>
      ask(
        isChange(method, path) ? clients.changes : clients.calls,
        byPath(method, path, query, signal, body),
      ),
    look: (path, signal) => ask(clients.samples, byPath("GET", path, {}, signal)),
    open: (path, query, signal, method = "GET") =>
      ask(clients.streams, { ...byPath(method, path, query, signal), isStream: true }),
    async head(path, query, signal) {
      const request = { ...byPath("HEAD", path, query, signal), isStream: true as const };
      const { headers } = ((await ask(clients.calls, request)) as IncomingMessage).resume();
      return headers;
    },
    upload: (path, query, tar, signal) =>
      ask(clients.streams, { ...byPath("PUT", path, query, signal), file: tar }),
    count: () => ({ ...count }),
    close() {
      for (const agent of agents) agent.destroy();
    },
  };
}

/** docker-modem prints all it sends, agent and sockets too, for a log that nobody reads: milliseconds a request. */
const unprinted = { [inspect.custom]: () => "Agent" };

type Request = {
  path: string;
  method: string;
  options: unknown;
  statusCodes: Record<number, true>;
  abortSignal?: AbortSignal;
  isStream?: true;
  file?: Readable;
};
type Modem = {
  version: string;
  dial(request: Request, done: (error: unknown, answer?: unknown) => void): void;
};

/** A wait is a POST, and yet changes nothing. */
const isChange = (method: string, path: string) =>
  method !== "GET" &&
  method !== "HEAD" &&
  !(method === "POST" && /^\/containers\/[^/?]+\/wait\??$/.test(path));

function byPath(
  method: string,
  path: string,
  query: Record<string, unknown>,
  signal?: AbortSignal,
  body: object = {},
): Request {
  return {
    path: `${path}?`, // the modem appends a query only to a path that ends so
    method,
    options: { _query: query, _body: body },
    statusCodes: { 200: true, 201: true, 204: true },
    ...(signal ? { abortSignal: signal } : {}),
  };
}

/** docker-modem reads DOCKER_HOST itself and lets it beat an explicit socket, unless all three are given. */
function address(endpoint: Endpoint): Docker.DockerOptions {
  return endpoint.kind === "unix"
    ? ({ socketPath: endpoint.path, host: undefined, port: undefined, protocol: undefined } as never)
    : { host: endpoint.host, port: endpoint.port, protocol: "http" };
}

/** docker-modem answers an empty body or `null` with a Buffer. */
function normal(answer: unknown): unknown {
  if (!Buffer.isBuffer(answer)) return answer;
  const text = answer.toString("utf8").trim();
  return text === "" || text === "null" ? undefined : answer;
}

function readOnlyError(): ProblemError {
  return new ProblemError({ kind: "read-only", message: "dockui was started with --read-only." });
}
