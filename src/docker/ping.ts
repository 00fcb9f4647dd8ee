import { type IncomingHttpHeaders, request } from "node:http";
import { type Clock, deadline } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import { timedOut } from "./errors.ts";

/** How an engine is pinged; aborting the signal gives it up. */
export type PingOptions = { clock: Clock; limitMs: number; signal?: AbortSignal };

/** The headers of the answer to a ping, on a connection of its own: dockerode shows none. */
export function ping(
  endpoint: Endpoint,
  { clock, limitMs, signal }: PingOptions,
): Promise<IncomingHttpHeaders> {
  const to =
    endpoint.kind === "unix" ? { socketPath: endpoint.path } : { host: endpoint.host, port: endpoint.port };
  return new Promise((resolve, reject) => {
    const asked = request({ ...to, path: "/_ping", agent: false, ...(signal ? { signal } : {}) });
    const cancel = deadline(clock, limitMs, () => asked.destroy(timedOut(endpoint.label)));
    asked.on("response", (response) => {
      resolve(response.headers);
      response.destroy();
    });
    asked.on("upgrade", (_, socket) => socket.destroy());
    asked.on("error", reject);
    asked.on("close", () => {
      cancel();
      reject(Object.assign(new Error("The connection ended early."), { code: "ECONNRESET" }));
    });
    asked.end();
  });
}
