import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { attach, attachPath } from "./attach.ts";
import { type ExecSink, startExec } from "./exec.ts";
import { checkFresh, execOf, execStart } from "./exec-routes.ts";
import { ApiError, fail, named } from "./http.ts";
import { commonHeaders } from "./system-routes.ts";
import type { TypedShell } from "./terminal.ts";
import type { DemoExec, DemoWorld } from "./world.ts";

const headerLines = (status: string, headers: Readonly<Record<string, string>>): string =>
  [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", ""].join(
    "\r\n",
  );

/** Writes an error as an HTTP answer onto a socket which node handed over, and ends it. */
export function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof ApiError ? error.status : 500;
  const body = `${JSON.stringify({ message: error instanceof Error ? error.message : String(error) })}\n`;
  const headers = {
    ...commonHeaders,
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
  };
  socket.end(headerLines(`${status} Error`, headers) + body);
}

/** Drops the first `count` bytes, the body of the request, and passes on what is typed after them. */
function afterBody(count: number, pass: (bytes: Buffer) => void): (bytes: Buffer) => void {
  let left = count;
  return (bytes) => {
    const skipped = Math.min(left, bytes.length);
    left -= skipped;
    if (skipped < bytes.length) pass(bytes.subarray(skipped));
  };
}

/** What is put on a stream: how it begins, and whether its bytes are those of a terminal. */
type Hijacked = { tty: boolean; begin(sink: ExecSink): (TypedShell & { close?(): void }) | undefined };

/** What a path puts on a stream; throws ApiError when it is none of those, or cannot now. */
function hijackedBy(world: DemoWorld, path: string): Hijacked {
  const ref = attachPath.exec(path)?.[1];
  if (ref !== undefined) {
    const container = named(world, ref);
    return { tty: container.tty, begin: (sink) => attach(world, container, sink) };
  }
  const id = execStart.exec(path)?.[1] ?? fail(404, "page not found");
  const exec = execOf({ world, parts: [id] });
  checkFresh(exec);
  checkAlive(world, exec);
  return { tty: exec.tty, begin: (sink) => startExec(world, exec, sink) };
}

/** Turns a connection into a raw stream; closing it leaves what is there running, like the real engine. */
export function hijack(world: DemoWorld, path: string, { request, socket, head }: Upgrade): void {
  const { tty, begin } = hijackedBy(world, path);
  const type = tty ? "application/vnd.docker.raw-stream" : "application/vnd.docker.multiplexed-stream";
  const headers = { ...commonHeaders, "Content-Type": type, Connection: "Upgrade", Upgrade: "tcp" };
  socket.write(headerLines("101 UPGRADED", headers));
  const decoder = new TextDecoder();
  const receive = afterBody(Number(request.headers["content-length"] ?? 0), (bytes) =>
    shell?.type(decoder.decode(bytes, { stream: true })),
  );
  const shell = begin({
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    end: () => void socket.end(),
  });
  socket.on("data", receive);
  socket.on("close", () => shell?.close?.());
  socket.on("end", () => {
    shell?.hangUp();
    socket.end();
  });
  if (head.length > 0) receive(head);
}

/** A connection which a client asked to upgrade, as node hands it over. */
export type Upgrade = { request: IncomingMessage; socket: Duplex; head: Buffer };

/** Throws ApiError 409 before the stream begins when the container stopped since the exec was made. */
function checkAlive(world: DemoWorld, exec: DemoExec): void {
  const container = world.find(exec.container) ?? fail(404, `No such container: ${exec.container}`);
  if (container.status !== "running") fail(409, `container ${container.id} is not running`);
}
