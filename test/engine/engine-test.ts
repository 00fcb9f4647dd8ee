import { describe, inject } from "vitest";
import type {} from "./global-setup.ts";
import { type EngineAccess, engineAt } from "./private-engine.ts";

/** `describe` for tests against a real engine: skipped, after a banner, where none can run. */
export const describeEngine = describe.skipIf("unavailable" in inject("engine"));

/** `describe` for tests of containers with the log driver journald: skipped, after a banner, where there is no journal. */
export const describeJournal = describe.skipIf(!hasJournal());

function hasJournal(): boolean {
  const engine = inject("engine");
  return "journal" in engine && engine.journal;
}

/** The engine that all test files share, with the test images imported; do not stop it, remove what you made. */
export function sharedEngine(): EngineAccess {
  const engine = inject("engine");
  if ("unavailable" in engine) throw new Error(engine.unavailable);
  return engineAt(engine.socketPath, engine.pid);
}
