import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Endpoint, unix } from "../../src/docker/endpoint.ts";

/** What comes back for a request: bytes to write before the connection ends, "silence", or what is done by hand. */
export type Answer = string | Buffer | "silence" | ((socket: Socket) => void);

/** Something that listens where an engine should, and answers as badly as it likes. */
export type RawEngine = {
  endpoint: Endpoint;
  /** Request lines in order, without the version: "GET /containers/json?all=1". */
  requests: string[];
  /** All that each connection received. */
  received: string[];
  /** What is answered from now on, by request line. */
  answer: (line: string) => Answer;
  close(): Promise<void>;
};

const engines = new Set<RawEngine>();

/** The answer to a ping of a Docker Engine. */
export const pong =
  "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK";

/** An answer with that body. */
export function http(status: number | string, body: string | Buffer = "", headers = ""): Buffer {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 ${status}${typeof status === "number" ? " Some" : ""}\r\n${headers}Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** Opens one that answers pings, and all else as `answer` says. */
export async function openRawEngine(answer: (line: string) => Answer = () => http(404)): Promise<RawEngine> {
  const path = join(tmpdir(), `dockui-raw-${process.pid}-${Math.random().toString(36).slice(2)}.sock`);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    const index = engine.received.push("") - 1;
    let begun = false;
    socket.on("data", (bytes) => {
      engine.received[index] += bytes.toString("latin1");
      const [, line] = /^([A-Z]+ \S+) HTTP/.exec(engine.received[index] ?? "") ?? [];
      if (begun || line === undefined || !engine.received[index]?.includes("\r\n\r\n")) return;
      begun = true;
      const short = line.replace(/ \/v[\d.]+\//, " /");
      engine.requests.push(short);
      respond(socket, engine.answer(short));
    });
  });
  server.listen(path);
  await once(server, "listening");
  const engine: RawEngine = {
    endpoint: unix(path),
    requests: [],
    received: [],
    answer: (line) => (line === "GET /_ping" ? pong : answer(line)),
    async close() {
      engines.delete(engine);
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(path, { force: true });
    },
  };
  engines.add(engine);
  return engine;
}

function respond(socket: Socket, answer: Answer): void {
  if (typeof answer === "function") return answer(socket);
  if (answer !== "silence") socket.end(answer);
}

/** Closes all that were opened. For afterEach. */
export async function closeRawEngines(): Promise<void> {
  await Promise.all([...engines].map((engine) => engine.close()));
}
