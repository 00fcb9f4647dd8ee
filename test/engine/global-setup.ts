import type { TestProject } from "vitest/node";
import { type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { importImage, testImages } from "./test-images.ts";

/** What test files are told about the shared engine: where it is, or why there is none. */
export type SharedEngine = { socketPath: string; pid: number } | { unavailable: string };

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  export interface ProvidedContext {
    engine: SharedEngine;
  }
}

/** Starts one private engine with the test images for all test files, and returns how to remove it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const engine = await startWithImages();
    project.provide("engine", { socketPath: engine.socketPath, pid: engine.pid });
    return engine.remove;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.DOCKUI_ENGINE === "required") throw new Error(`DOCKUI_ENGINE=required, but ${reason}`);
    console.warn(banner(reason));
    project.provide("engine", { unavailable: reason });
    return async () => {};
  }
}

async function startWithImages(): Promise<PrivateEngine> {
  const engine = await startPrivateEngine();
  try {
    for (const image of testImages) await importImage(engine, image);
    return engine;
  } catch (error) {
    await engine.remove();
    throw error;
  }
}

function banner(reason: string): string {
  const line = "!".repeat(100);
  return `${line}\n!! TESTS AGAINST A REAL DOCKER ENGINE ARE SKIPPED: ${reason}\n${line}`;
}
