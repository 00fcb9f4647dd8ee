import { writeSync } from "node:fs";
import { lists, readArguments, usage, type Wish } from "./arguments.ts";
import { type Endpoint, resolveEndpoint, unix } from "./docker/endpoint.ts";
import { explain } from "./docker/errors.ts";

declare const DOCKUI_VERSION: string;

type ScreenWish = Extract<Wish, { kind: "screen" }>;
type ListWish = Extract<Wish, { kind: "list" }>;

/** Reads the command line, does what it asks and ends the process: 0 when all went well, 1 when not. */
export async function main(): Promise<void> {
  process.stdout.on("error", () => process.exit(1)); // nobody reads any more
  try {
    const wish = readArguments(process.argv.slice(2));
    if (wish.kind === "help") return print(usage);
    if (wish.kind === "version") return print(`dockui ${DOCKUI_VERSION}\n`);
    if (wish.kind === "list") return await printList(wish);
    const terminal = process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== "dumb";
    if (terminal) return await openScreen(wish);
    await printList({ ...wish, kind: "list", list: lists[wish.screen] ?? "ps", json: false });
  } catch (error) {
    fail(error);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

function fail(error: unknown, endpoint?: Endpoint): never {
  const { message, hint } = explain(error, endpoint);
  writeSync(2, `dockui: ${message}\n${hint === undefined ? "" : `${hint}\n`}`);
  process.exit(1);
}

async function printList(wish: ListWish): Promise<void> {
  const { listAsText } = await import("./headless/list.ts");
  const demo = wish.demo ? await startDemo() : undefined;
  const endpoint = demo?.endpoint ?? resolveEndpoint({ ...wish, env: process.env });
  try {
    const text = await listAsText(endpoint, wish);
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    await demo?.close();
    process.exit(0);
  } catch (error) {
    await demo?.close();
    fail(error, endpoint);
  }
}

async function startDemo() {
  const { startDemoEngine } = await import("./demo/index.ts");
  const containers = Number(process.env.DOCKUI_DEMO_CONTAINERS);
  const engine = await startDemoEngine(containers > 0 ? { containers } : {});
  return { endpoint: unix(engine.socketPath), close: engine.close };
}

async function openScreen(wish: ScreenWish): Promise<void> {
  const { openSession } = await import("./open-session.ts");
  const options = { readOnly: wish.readOnly, tab: wish.screen, query: wish.query, process };
  // A wrong -H or context is said before the screen opens.
  const endpoint = wish.demo ? undefined : resolveEndpoint({ ...wish, env: process.env });
  const opened = openSession(endpoint ? { endpoint } : await startDemo(), options);
  await new Promise(setImmediate); // the first request goes out before the screen's code is loaded
  const { runScreen } = await import("./run-screen.tsx");
  const openDemo = async () => openSession(await startDemo(), { ...options, wishes: opened.wishes });
  const ending = await runScreen({ opened, openDemo, process });
  if (ending === undefined) process.exit(0);
  if (ending.text !== "") writeSync(2, `${ending.text}\n`);
  process.exit(ending.code);
}

await main();
