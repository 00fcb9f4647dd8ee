import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { startExec } from "./exec.ts";
import { checkFresh, execOf, execStart } from "./exec-routes.ts";
import { ApiError, fail } from "./http.ts";
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

/** Turns a connection into the raw stream of an exec; closing it leaves the shell running, like the real engine. */
export function hijack(world: DemoWorld, path: string, { request, socket, head }: Upgrade): void {
  const id = execStart.exec(path)?.[1] ?? fail(404, "page not found");
  const exec = execOf({ world, parts: [id] });
  checkFresh(exec);
  checkAlive(world, exec);
  const type = exec.tty ? "application/vnd.docker.raw-stream" : "application/vnd.docker.multiplexed-stream";
  const headers = { ...commonHeaders, "Content-Type": type, Connection: "Upgrade", Upgrade: "tcp" };
  socket.write(headerLines("101 UPGRADED", headers));
  let shell: TypedShell | undefined;
  const decoder = new TextDecoder();
  const receive = afterBody(Number(request.headers["content-length"] ?? 0), (bytes) =>
    shell?.type(decoder.decode(bytes, { stream: true })),
  );
  shell = startExec(world, exec, {
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    end: () => void socket.end(),
  });
  socket.on("data", receive);
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
