import type { TestProject } from "vitest/node";
import { journalProgram, type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { importImage, testImages } from "./test-images.ts";

/** What test files are told about the shared engines: where they are and whether they have a journal, or why not. */
export type SharedEngines =
  | { engines: { socketPath: string; pid: number }[]; version: string; journal: boolean }
  | { unavailable: string };

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  export interface ProvidedContext {
    shared: SharedEngines;
  }
}

/**
 * Starts the private engines with the test images, one for each file that runs at a time, and returns how to remove
 * them. Prints which version of Docker they are.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const journal = journalProgram() !== undefined;
    if (!journal) warnOfJournal();
    const engines = await startAll(project.config.maxWorkers);
    const [first] = engines;
    const version = (await first.docker("version", "--format", "{{.Server.Version}}")).trim();
    const store = (await first.docker("info", "--format", "{{.Driver}}")).trim();
    console.log(`Engine tests run on ${engines.length} engines of Docker ${version} (${store})`);
    const places = engines.map(({ socketPath, pid }) => ({ socketPath, pid }));
    project.provide("shared", { engines: places, version, journal });
    return async () => void (await Promise.all(engines.map((engine) => engine.remove())));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.DOCKUI_ENGINE === "required") throw new Error(`DOCKUI_ENGINE=required, but ${reason}`);
    console.warn(banner("AGAINST A REAL DOCKER ENGINE", reason));
    project.provide("shared", { unavailable: reason });
    return async () => {};
  }
}

/** Starts that many; when one does not start, the others are removed. */
async function startAll(count: number): Promise<[PrivateEngine, ...PrivateEngine[]]> {
  const starts = await Promise.allSettled(Array.from({ length: count }, startWithImages));
  const engines = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failed = starts.find((start) => start.status === "rejected");
  const [first, ...more] = engines;
  if (!failed && first) return [first, ...more];
  await Promise.all(engines.map((engine) => engine.remove()));
  throw failed?.reason ?? new Error("no engine is asked for");
}

async function startWithImages(): Promise<PrivateEngine> {
  const engine = await startPrivateEngine({ journal: true });
  try {
    for (const image of testImages) await importImage(engine, image);
    return engine;
  } catch (error) {
    await engine.remove();
    throw error;
  }
}

/** Without a journal no container can have the log driver journald. */
function warnOfJournal(): void {
  const reason = "systemd-journald is not installed (apt-get install systemd)";
  if (process.env.DOCKUI_ENGINE === "required") throw new Error(reason);
  console.warn(banner("OF JOURNALD", reason));
}

function banner(tests: string, reason: string): string {
  const line = "!".repeat(100);
  return `${line}\n!! TESTS ${tests} ARE SKIPPED: ${reason}\n${line}`;
}
