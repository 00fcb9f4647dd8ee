import { describe, inject } from "vitest";
import type {} from "./global-setup.ts";
import { type EngineAccess, engineAt } from "./private-engine.ts";

const shared = inject("shared");

/** `describe` for tests against a real engine: skipped, after a banner, where none can run. */
export const describeEngine = describe.skipIf("unavailable" in shared);

/** `describe` for tests of containers with the log driver journald: skipped, after a banner, where there is no journal. */
export const describeJournal = describe.skipIf("unavailable" in shared || !shared.journal);

/**
 * The engine that this test file has to itself while it runs, with the test images imported; other files get it
 * afterwards, so do not stop it, and remove what you made.
 */
export function sharedEngine(): EngineAccess {
  if ("unavailable" in shared) throw new Error(shared.unavailable);
  // Of the files that run at a time, each has another of the numbers from one to that of the workers.
  const place = shared.engines[Number(process.env.VITEST_POOL_ID) - 1];
  if (place === undefined) throw new Error(`no engine for worker ${process.env.VITEST_POOL_ID}`);
  return engineAt(place.socketPath, place.pid);
}
