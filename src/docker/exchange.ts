import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { Readable } from "node:stream";
import { createTextCut } from "./bounded.ts";
import { type Problem, ProblemError } from "./errors.ts";

/** What is sent, and how its answer is taken. */
export type Asked = {
  /** What the engine is called in sentences. */
  label: string;
  body: string | Readable | undefined;
  /** An `answer` is read whole, a `stream` as it comes; of a `terminal` the connection itself is the answer. */
  kind: "answer" | "stream" | "terminal";
  accepts(status: number): boolean;
  /** Called with the request; what it gives back ends the watching. `fail` gives the request up. */
  watch(request: ClientRequest, fail: (error: Error) => void): () => void;
};

/** Called once: with an error, or with the JSON, the stream or the connection that was asked for. */
export type Done = (error: unknown, answer?: unknown) => void;

/**
 * Sends one request. Unlike docker-modem, which only puts it together, it follows no redirect, sends nothing on a
 * connection that becomes a terminal, keeps no more of an answer than there is room for, and calls back whatever the
 * engine does.
 */
export function exchange(options: RequestOptions, asked: Asked, done: Done): void {
  let over = () => {};
  const settle: Done = (error, answer) => {
    const told = done;
    done = () => {};
    told(error, answer);
  };
  try {
    const sent = request(asked.kind === "terminal" ? forTerminal(options) : options);
    let answer: IncomingMessage | undefined;
    over = asked.watch(sent, (error) => {
      settle(error);
      (answer ?? sent).destroy(error);
    });
    sent.on("close", () => {
      over();
      if (!answer) settle(lost());
    });
    sent.on("error", (error) => {
      if (!answer) settle(error); // else the answer tells, and what the engine said before counts more
    });
    sent.on("upgrade", (_, socket, head) => {
      over();
      if (asked.kind !== "terminal") return socket.destroy();
      socket.on("error", () => {}); // its close is what counts
      if (head.length > 0) socket.unshift(head);
      settle(undefined, socket);
    });
    sent.on("response", (response) => {
      answer = response;
      response.on("error", (error) => settle(options.signal?.aborted ? options.signal.reason : error));
      take(response, asked).then(
        (taken) => settle(undefined, taken),
        (error) => {
          settle(
            error instanceof SyntaxError ? unreadable(`${asked.label} answers with what is no JSON`) : error,
          );
          response.destroy();
        },
      );
    });
    send(sent, asked.body);
  } catch (error) {
    over();
    settle(error);
  }
}

/** docker-modem announces a body that it sends piece by piece: its last piece would be typed into the container. */
function forTerminal(options: RequestOptions): RequestOptions {
  const { "Transfer-Encoding": _, ...headers } = options.headers as Record<string, string>;
  return { ...options, headers };
}

function send(sent: ClientRequest, body: Asked["body"]): void {
  if (body === undefined || typeof body === "string") return void sent.end(body);
  body.on("error", (error) => sent.destroy(error));
  body.pipe(sent);
}

async function take(response: IncomingMessage, { label, kind, accepts }: Asked): Promise<unknown> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400 && status !== 304) throw unreadable(`${label} sends dockui elsewhere`);
  if (!accepts(status)) throw refusal(status, await textOf(response, label));
  if (kind === "stream") return response;
  if (kind === "terminal") throw unreadable(`${label} opens no terminal`);
  return parsed(await textOf(response, label));
}

/** The most that is kept of one answer, in bytes: the list of some ten thousand containers. */
const answerLimit = 32 << 20;

async function textOf(response: IncomingMessage, label: string): Promise<string> {
  const cut = createTextCut();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const kept = cut(chunk as Buffer);
    bytes += kept.length;
    if (bytes > answerLimit) throw unreadable(`${label} answers with more than 32 MiB`);
    chunks.push(kept);
  }
  if (!response.complete) throw lost();
  return Buffer.concat(chunks).toString("utf8").trim();
}

/** Nothing and `null` are both no answer. */
function parsed(text: string): unknown {
  return text === "" ? undefined : (JSON.parse(text) ?? undefined);
}

/** What the engine says where it refuses something: `explain` reads it. */
function refusal(status: number, text: string): Error {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // A proxy on the way, or no engine at all: its words stand in the message.
  }
  const message = text === "" ? `The engine answers with status ${status}.` : text.slice(0, 1000);
  return Object.assign(new Error(message), { statusCode: status, json });
}

function lost(): Error {
  return Object.assign(new Error("The connection ended early."), { code: "ECONNRESET" });
}

/** What is said of an answer that no Docker Engine gives. */
export function unreadable(what: string): ProblemError {
  const problem: Problem = {
    kind: "other",
    message: `${what}: it does not speak the Docker API as dockui knows it.`,
    hint: "Is it a Docker Engine, and is there a proxy on the way to it?",
  };
  return new ProblemError(problem);
}
