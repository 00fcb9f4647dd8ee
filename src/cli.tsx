import { rmSync, writeSync } from "node:fs";
import { lists, readArguments, type Wish } from "./arguments/arguments.ts";
import { systemClock } from "./docker/clock.ts";
import { type Endpoint, resolveEndpoint, unix } from "./docker/endpoint.ts";
import { explain } from "./docker/errors.ts";
import { exitOnSignals } from "./docker/signals.ts";
import { speaksUtf8, toAscii, writeAscii } from "./format/ascii.ts";
import { cleanText } from "./format/clean.ts";

declare const DOCKUI_VERSION: string;

type ScreenWish = Extract<Wish, { kind: "screen" }>;
type CleanWish = Extract<Wish, { kind: "clean" }>;
type ListWish = Extract<Wish, { kind: "list" }>;

/** Reads the command line, does what it asks and ends the process; the codes are in `usage`. */
export async function main(): Promise<void> {
  // Unheard it would open Node's debugger to everybody on this machine (--disable-sigusr1 came after Node 20).
  process.on("SIGUSR1", () => {});
  process.on("uncaughtException", crash);
  if (!speaksUtf8(process.env)) for (const stream of [process.stdout, process.stderr]) writeAscii(stream);
  try {
    const wish = readArguments(process.argv.slice(2), systemClock.now());
    if (wish.kind === "clean") return await cleanUp(wish);
    process.stdout.on("error", () => process.exit(1)); // nobody reads any more
    if (wish.kind === "help") return print(wish.text);
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
  const { kind, message, hint } = explain(error, endpoint);
  complain(`dockui: ${message}${hint === undefined ? "" : `\n${hint}`}`);
  process.exit(kind === "usage" ? 2 : 1);
}

function warn(problem: string): void {
  complain(`dockui: ${problem}`);
}

/** What ends dockui while it has no screen; the screen has a way of its own, which puts the terminal back first. */
function crash(error: unknown): never {
  fail(error);
}

/** The one way to stderr at the end: what others wrote into a stack, a path or an address is only text there. */
function complain(text: string): void {
  const clean = cleanText(text);
  writeSync(2, `${process.stderr.isTTY && !speaksUtf8(process.env) ? toAscii(clean) : clean}\n`);
}

async function printList(wish: ListWish): Promise<void> {
  const { listAsText } = await import("./headless/list.ts");
  const { createOutput } = await import("./headless/output.ts");
  const demo = wish.demo ? await startDemo() : undefined;
  const endpoint = demo?.endpoint ?? resolveEndpoint({ ...wish, env: process.env, warn });
  try {
    const text = await listAsText(endpoint, wish, createOutput(process.stdout, process.stderr, systemClock));
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    await demo?.close();
    process.exit(0);
  } catch (error) {
    await demo?.close();
    fail(error, endpoint);
  }
}

/** What ends a clean-up: the first of them between two objects, a second one at once. */
const stops = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

async function cleanUp(wish: CleanWish): Promise<void> {
  const { clean } = await import("./headless/clean.ts");
  const { createOutput } = await import("./headless/output.ts");
  const demo = wish.demo ? await startDemo() : undefined;
  const endpoint = demo?.endpoint ?? resolveEndpoint({ ...wish, env: process.env, warn });
  const stopping = new AbortController();
  let stopped = 1;
  for (const [name, code] of Object.entries(stops))
    process.once(name, () => {
      stopped = code;
      stopping.abort();
    });
  // Nobody reads any more: nothing further is begun.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => stopping.abort());
  try {
    const output = createOutput(process.stdout, process.stderr, systemClock);
    const code = await clean(endpoint, wish, { output, signal: stopping.signal });
    await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
    await demo?.close();
    process.exit(code);
  } catch (error) {
    await demo?.close();
    if (stopping.signal.aborted) process.exit(stopped);
    fail(error, endpoint);
  }
}

async function startDemo() {
  const { startDemoEngine } = await import("./demo/index.ts");
  let tidy = () => {};
  exitOnSignals(process, () => tidy());
  const engine = await startDemoEngine({
    ...asked("containers", "DOCKUI_DEMO_CONTAINERS"),
    ...asked("images", "DOCKUI_DEMO_IMAGES"),
    ...asked("volumes", "DOCKUI_DEMO_VOLUMES"),
    ...asked("diskUsageMs", "DOCKUI_DEMO_DF_MS"),
    // However the process ends, its folder goes.
    onFolder(folder) {
      tidy = () => rmSync(folder, { recursive: true, force: true });
      process.once("exit", tidy);
    },
  });
  return { endpoint: unix(engine.socketPath), close: engine.close };
}

/** A size of the demo engine that the environment asks for. */
function asked(option: string, variable: string): Record<string, number> {
  const value = Number(process.env[variable]);
  return value > 0 ? { [option]: value } : {};
}

async function openScreen(wish: ScreenWish): Promise<void> {
  const { openSession } = await import("./open-session.ts");
  const options = { readOnly: wish.readOnly, tab: wish.screen, query: wish.query, process };
  // A wrong -H or context is said before the screen opens.
  const warnings: string[] = [];
  const tell = (problem: string) => void warnings.push(problem);
  const endpoint = wish.demo ? undefined : resolveEndpoint({ ...wish, env: process.env, warn: tell });
  const opened = openSession(endpoint ? { endpoint } : await startDemo(), { ...options, warnings });
  await new Promise(setImmediate); // the first request goes out before the screen's code is loaded
  const { runScreen } = await import("./run-screen.tsx");
  process.off("uncaughtException", crash);
  const openDemo = async () => openSession(await startDemo(), { ...options, wishes: opened.wishes });
  const ending = await runScreen({ opened, openDemo, process });
  if (ending === undefined) process.exit(0);
  if (ending.text !== "") complain(ending.text);
  process.exit(ending.code);
}

await main();
