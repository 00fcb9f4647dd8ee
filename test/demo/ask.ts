import { request } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type DemoEngine, type DemoOptions, startDemoEngine } from "../../src/demo/index.ts";

/** What an engine answered: its status, and the JSON of its answer (a list for several lines), or the error's sentence. */
export type Answer = { status: number; body: unknown };

/** Asks an engine on a unix socket with a line such as "DELETE /images/x?force=1". */
export type Ask = (line: string, body?: object) => Promise<Answer>;

/** Asks the engine on that socket, in an API version when one is said ("1.41"). */
export function asker(socketPath: string, version?: string): Ask {
  return async (line, body) => {
    const [method, path] = line.split(" ");
    const options = { socketPath, method, path: `${version === undefined ? "" : `/v${version}`}${path}` };
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    return new Promise((resolve, reject) => {
      const asking = request({ ...options, headers }, (response) => {
        const { statusCode: status = 0 } = response;
        text(response).then((answer) => resolve({ status, body: read(status, answer) }), reject);
      });
      asking.on("error", reject);
      asking.end(body === undefined ? undefined : JSON.stringify(body));
    });
  };
}

function read(status: number, answer: string): unknown {
  if (answer.trim() === "") return undefined;
  const lines = answer.trim().split("\n");
  const value: unknown = lines.length > 1 ? lines.map((line) => JSON.parse(line)) : JSON.parse(answer);
  return status < 400 ? value : (value as { message: string }).message;
}

/** A filters parameter. */
export const filters = (wanted: Record<string, readonly string[]>): string =>
  `filters=${encodeURIComponent(JSON.stringify(wanted))}`;

/** A demo engine in which nothing happens by itself, until the test ends. */
export async function demoEngine(options: DemoOptions = {}): Promise<DemoEngine & { ask: Ask }> {
  const engine = await startDemoEngine({ quiet: true, ...options });
  onTestFinished(engine.close);
  return { ...engine, ask: asker(engine.socketPath) };
}
