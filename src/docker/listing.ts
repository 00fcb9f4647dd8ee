import { type Clock, pause } from "./clock.ts";
import { explain } from "./errors.ts";

/** What tells of many objects at once. */
const lists = /^\/(images\/json|containers\/json|volumes|networks|system\/df)$/;

/** So often a list is asked for, with so many ms in between. */
const tries = 5;
const againMs = 300;

/**
 * Asks again where a list fails for one object that went while it was made: an engine with the containerd store does not
 * leave that one out, it answers "snapshot … does not exist: not found".
 */
export async function listing<Answer>(
  clock: Clock,
  { method, path, signal }: { method: string; path: string; signal?: AbortSignal | undefined },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let left = method === "GET" && lists.test(path) ? tries : 1; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left <= 1 || !hasGone(error)) throw error;
      await pause(clock, againMs, signal ?? new AbortController().signal);
      signal?.throwIfAborted();
    }
  }
}

function hasGone(error: unknown): boolean {
  const { kind, message } = explain(error);
  return kind !== "unsupported" && (kind === "gone" || /not found|does not exist|no such/i.test(message));
}
