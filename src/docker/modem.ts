import { setMaxListeners } from "node:events";
import type { Agent, ClientRequest, RequestOptions } from "node:http";
import type { Readable } from "node:stream";
import Docker from "dockerode";
import { type Clock, deadline } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import { timedOut } from "./errors.ts";
import { type Done, exchange, unreadable } from "./exchange.ts";
import { limitOf } from "./limits.ts";
import type { Pulse } from "./pulse.ts";

/** A request as docker-modem takes it. */
export type Request = {
  path: string;
  method: string;
  options?: Record<string, unknown>;
  statusCodes: Record<number, unknown>;
  abortSignal?: AbortSignal;
  isStream?: boolean;
  hijack?: boolean;
  file?: Readable;
  /** How long the engine may take, in ms. */
  limitMs?: number | undefined;
};

/** What docker-modem does, as far as it is used: it puts requests together. */
type Modem = {
  version: string;
  dial(request: Request, done: Done): void;
  buildRequest(
    options: RequestOptions,
    request: Request,
    body: string | Readable | undefined,
    done: Done,
  ): void;
};

/** What a client needs: `admit` says why a request is not made. */
export type ClientOptions = {
  agent?: Agent | undefined;
  admit(request: Request): Error | undefined;
  pulse: Pulse;
  clock: Clock;
};

/** A dockerode client whose requests are sent by `exchange`, each with a limit of time. */
export function createClient(endpoint: Endpoint, { agent, admit, pulse, clock }: ClientOptions): Docker {
  const { label } = endpoint;
  const docker = new Docker({ ...address(endpoint), ...(agent ? { agent } : {}) });
  const modem = modemOf(docker);
  const dial = modem.dial.bind(modem);
  modem.dial = (request, done) => {
    const refused = admit(request);
    if (refused) return done(refused);
    // Many requests may share a signal. Node 20 takes more than ten listeners for a leak, and says so on stderr.
    if (request.abortSignal) setMaxListeners(0, request.abortSignal);
    const limitMs = limitOf(timed(request)); // the modem puts the version into the path
    dial({ ...withoutBody(request), limitMs }, safely(done, label));
  };
  modem.buildRequest = (options, request, body, done) => {
    const kind = request.hijack ? "terminal" : request.isStream ? "stream" : "answer";
    const accepts = (status: number) => request.statusCodes[status] === true;
    exchange(
      options,
      { label, body, kind, accepts, watch: (sent, fail) => watch(request, sent, fail) },
      done,
    );
  };

  /** Gives a request up that takes too long, or when the engine hangs. */
  function watch(request: Request, sent: ClientRequest, fail: (error: Error) => void): () => void {
    const { limitMs: ms } = request;
    const forget = ms === undefined ? () => {} : deadline(clock, ms, () => fail(timedOut(label)));
    const fillsLine = request.file !== undefined;
    let before = 0; // what the connection read for others
    sent.once("socket", ({ bytesRead }) => {
      before = bytesRead;
    });
    const bytes = () => (sent.socket ? sent.socket.bytesRead - before : 0) + (fillsLine ? written(sent) : 0);
    const leave = pulse.watch({ bytes, fillsLine, fail });
    if (request.isStream) sent.once("response", forget); // it may take as long as it likes once it has begun
    return () => {
      forget();
      leave();
    };
  }

  return docker;
}

/** The API version that a client's requests are prefixed with, "1.45". */
export function speak(docker: Docker, version: string): void {
  modemOf(docker).version = `v${version}`;
}

/** Makes a request and resolves with what comes of it. */
export function ask<Answer>(docker: Docker, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) =>
    modemOf(docker).dial(request, (error, answer) => (error ? reject(error) : resolve(answer as Answer))),
  );
}

/** A request by path, for what dockerode has no method for or drops options of. */
export function byPath(
  method: string,
  path: string,
  query: Record<string, unknown>,
  signal?: AbortSignal,
  body: object = {},
): Request {
  return {
    path: Object.keys(query).length === 0 ? path : `${path}?`, // the modem appends a query to what ends so
    method,
    options: { _query: query, _body: body },
    statusCodes: { 200: true, 201: true, 204: true },
    ...(signal ? { abortSignal: signal } : {}),
  };
}

const written = (sent: ClientRequest) => sent.socket?.bytesWritten ?? 0;

const modemOf = (docker: Docker) => docker.modem as unknown as Modem;

/**
 * What stands in the query is no body too, though docker-modem sends it as one: before a connection becomes a terminal,
 * an engine may take a body for the first words that are typed.
 */
function withoutBody(request: Request): Request {
  const { options } = request;
  if (!options || options._query || !request.path.endsWith("?")) return request;
  const { abortSignal: _, ...query } = options;
  return { ...request, options: Object.keys(query).length === 0 ? {} : { _query: query, _body: {} } };
}

function timed({ method, path, options = {}, isStream = false }: Request) {
  return { method, path, query: (options._query ?? options) as Record<string, unknown>, isStream };
}

/** dockerode reads some answers as it is called back: what it trips over is an error like any other. */
function safely(done: Done, label: string): Done {
  return (error, answer) => {
    try {
      done(error, answer);
    } catch {
      done(unreadable(`${label} answers with something else than was asked for`));
    }
  };
}

/** docker-modem reads DOCKER_HOST itself and lets it beat an explicit socket, unless all three are given. */
function address(endpoint: Endpoint): Docker.DockerOptions {
  return endpoint.kind === "unix"
    ? ({ socketPath: endpoint.path, host: undefined, port: undefined, protocol: undefined } as never)
    : { host: endpoint.host, port: endpoint.port, protocol: "http" };
}
