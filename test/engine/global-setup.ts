import type { TestProject } from "vitest/node";
import { journalProgram, type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { importImage, testImages } from "./test-images.ts";

/** What test files are told about the shared engine: where it is and whether it has a journal, or why there is none. */
export type SharedEngine = { socketPath: string; pid: number; journal: boolean } | { unavailable: string };

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  export interface ProvidedContext {
    engine: SharedEngine;
  }
}

/** Starts one private engine with the test images for all test files, and returns how to remove it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const journal = journalProgram() !== undefined;
    if (!journal) warnOfJournal();
    const engine = await startWithImages();
    project.provide("engine", { socketPath: engine.socketPath, pid: engine.pid, journal });
    return engine.remove;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.DOCKUI_ENGINE === "required") throw new Error(`DOCKUI_ENGINE=required, but ${reason}`);
    console.warn(banner("AGAINST A REAL DOCKER ENGINE", reason));
    project.provide("engine", { unavailable: reason });
    return async () => {};
  }
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
