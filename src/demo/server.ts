import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Faults } from "./faults.ts";
import { hijack, refuse, type Upgrade } from "./hijack.ts";
import type { Route } from "./http.ts";
import { addressOf, checkVersion, serve } from "./router.ts";
import type { DemoWorld } from "./world.ts";

/** A request as it is recorded: the path with its query, without the version prefix. */
export type RecordedRequest = { method: string; path: string };

/** What a server needs: whom it answers for, by which table, and how it may fail. */
export type ServerParts = { world: DemoWorld; routes: readonly Route[]; faults: Faults };

/** A server on a unix socket which can go and come back. */
export type SocketServer = {
  readonly requests: readonly RecordedRequest[];
  openConnections(): number;
  listen(): Promise<void>;
  /** Cuts every connection and removes the socket. */
  stop(): Promise<void>;
};

const recorded = 10_000;

/** Makes a server for `socketPath`; it listens once told to. */
export function createSocketServer(parts: ServerParts, socketPath: string): SocketServer {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const record = (method = "GET", url = "/") => {
    requests.push({ method, path: url.replace(/^\/v\d+\.\d+(?=\/)/, "") });
    if (requests.length > recorded) requests.shift();
  };
  const build = (): Server => {
    const made = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
      record(request.method, request.url);
      void serve(parts, request, response);
    });
    made.on("upgrade", (request, socket, head) => {
      record(request.method, request.url);
      void upgrade(parts, { request, socket, head });
    });
    made.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => sockets.delete(socket));
    });
    return made;
  };
  return {
    requests,
    openConnections: () => sockets.size,
    listen() {
      const starting = build();
      server = starting;
      return new Promise((resolve, reject) => {
        starting.once("error", reject);
        starting.listen(socketPath, resolve);
      });
    },
    stop() {
      const stopping = server;
      server = undefined;
      rmSync(socketPath, { force: true });
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        if (stopping === undefined) resolve();
        else stopping.close(() => resolve());
      });
    },
  };
}

async function upgrade({ world, faults }: ServerParts, upgraded: Upgrade): Promise<void> {
  const { method, path, query, version } = addressOf(upgraded.request);
  try {
    await faults.pass({ method, path, query });
    checkVersion(version);
    hijack(world, path, upgraded);
  } catch (error) {
    refuse(upgraded.socket, error);
  }
}
