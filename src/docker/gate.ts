import { Agent, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
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
  const pool = (maxSockets: number) => new Agent({ keepAlive: true, maxSockets, maxFreeSockets: 1 });
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
  return {
    ...clients,
    speak(version) {
      for (const docker of Object.values(clients)) (docker.modem as unknown as Modem).version = `v${version}`;
    },
    call: (method, path, query, signal, body) =>
      new Promise((resolve, reject) => {
        const { modem } = isChange(method, path) ? clients.changes : clients.calls;
        (modem as unknown as Modem).dial(byPath(method, path, query, signal, body), (error, answer) =>
          error ? reject(error) : resolve(answer as never),
        );
      }),
    open: (path, query, signal, method = "GET") =>
      new Promise((resolve, reject) => {
        const modem = clients.streams.modem as unknown as Modem;
        modem.dial({ ...byPath(method, path, query, signal), isStream: true }, (error, answer) =>
          error ? reject(error) : resolve(answer as IncomingMessage),
        );
      }),
    head: (path, query, signal) =>
      new Promise((resolve, reject) => {
        const modem = clients.calls.modem as unknown as Modem;
        modem.dial({ ...byPath("HEAD", path, query, signal), isStream: true }, (error, answer) => {
          if (error) return reject(error);
          const { headers } = (answer as IncomingMessage).resume();
          resolve(headers);
        });
      }),
    upload: (path, query, tar, signal) =>
      new Promise((resolve, reject) => {
        const modem = clients.streams.modem as unknown as Modem;
        modem.dial({ ...byPath("PUT", path, query, signal), file: tar }, (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    count: () => ({ ...count }),
    close() {
      for (const agent of agents) agent.destroy();
    },
  };
}

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
