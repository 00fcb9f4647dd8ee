import { once } from "node:events";
import { rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { type Endpoint, unix } from "../../src/docker/endpoint.ts";

/** A door to an engine that writes down every request that goes through it. */
export type RecordingProxy = {
  endpoint: Endpoint;
  /** As -H takes it. */
  host: string;
  /** "GET /v1.41/info", in order. */
  requests: readonly string[];
  /** The same but for what only looks whether the engine is still there: pings, and event streams opened anew. */
  asked(): readonly string[];
  /** What each connection that is open now was asked for last. */
  connections(): string[];
  /** Cuts every connection, and takes new ones. */
  cut(): void;
  /** Lets nothing through any more on those that are open, and tells nobody; new ones work. */
  drop(): void;
  close(): Promise<void>;
};

/** How the door lies: `apiVersion` is told instead of the engine's own (`real`), and put back in request paths. */
export type ProxyOptions = { tcp?: boolean; lie?: { apiVersion: string; spoken: string; real: string } };

const proxies = new Set<RecordingProxy>();

/** Opens a door to the engine at that socket, on a socket of its own or on a port of 127.0.0.1. */
export async function openProxy(socketPath: string, options: ProxyOptions = {}): Promise<RecordingProxy> {
  const requests: string[] = [];
  const clients = new Map<Socket, string>();
  const drops = new Set<() => void>();
  const { lie } = options;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: socketPath, allowHalfOpen: true });
    clients.set(client, "nothing");
    for (const side of [client, engine]) side.on("error", () => {});
    client.on("close", () => {
      clients.delete(client);
      engine.destroy();
    });
    engine.on("close", () => client.destroy());
    const inward = changed((text) => {
      for (const [, request = ""] of text.matchAll(/^([A-Z]+ \/\S*) HTTP\/1\.1\r$/gm)) {
        requests.push(decodeURIComponent(request.replace(/\?$/, "")));
        clients.set(client, request);
      }
      return lie ? text.replaceAll(`/v${lie.spoken}/`, `/v${lie.real}/`) : text;
    });
    const outward = changed((text) =>
      lie ? text.replaceAll(`Api-Version: ${lie.real}`, `Api-Version: ${lie.apiVersion}`) : text,
    );
    client.pipe(inward).pipe(engine);
    engine.pipe(outward).pipe(client);
    drops.add(() => {
      client.unpipe(inward).resume();
      engine.unpipe(outward).resume();
    });
  });
  const path = join(tmpdir(), `dockui-proxy-${process.pid}-${Math.random().toString(36).slice(2)}.sock`);
  if (options.tcp) server.listen(0, "127.0.0.1");
  else server.listen(path);
  await once(server, "listening");
  const endpoint: Endpoint = options.tcp ? tcpEndpoint(server.address() as AddressInfo) : unix(path);
  const proxy: RecordingProxy = {
    endpoint,
    host: endpoint.kind === "unix" ? `unix://${path}` : endpoint.label,
    requests,
    asked: () => requests.filter((line) => !/^GET \S*\/(_ping|events)\b/.test(line)),
    connections: () => [...clients.values()],
    cut() {
      for (const client of clients.keys()) client.destroy();
    },
    drop() {
      for (const drop of drops) drop();
      drops.clear();
    },
    async close() {
      proxies.delete(proxy);
      proxy.cut();
      server.close();
      await rm(path, { force: true });
    },
  };
  proxies.add(proxy);
  return proxy;
}

/** Closes all that were opened. For afterEach. */
export async function closeProxies(): Promise<void> {
  await Promise.all([...proxies].map((proxy) => proxy.close()));
}

function tcpEndpoint({ port }: AddressInfo): Endpoint {
  return { kind: "tcp", host: "127.0.0.1", port, label: `tcp://127.0.0.1:${port}` };
}

function changed(change: (text: string) => string): Transform {
  return new Transform({
    transform: (chunk: Buffer, _, done) =>
      done(null, Buffer.from(change(chunk.toString("latin1")), "latin1")),
  });
}
