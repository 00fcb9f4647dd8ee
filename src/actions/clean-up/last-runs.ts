import type { Container } from "../../docker/containers.ts";
import { lastRun } from "../../docker/detail.ts";
import type { Engine } from "../../docker/engine.ts";
import { inParallel } from "../../docker/in-parallel.ts";
import { isStopped } from "./world.ts";

const parallel = 8;

/**
 * When the stopped ones of those containers ran last, by id, `known` ones as they are known: what runs after a plan
 * showed it as stopped is something else by then, though it may have stopped again. What cannot be found out is left out.
 */
export async function lastRuns(
  engine: Pick<Engine, "inspectQuietly">,
  containers: readonly Container[],
  { known = new Map(), signal }: { known?: ReadonlyMap<string, string>; signal?: AbortSignal } = {},
): Promise<ReadonlyMap<string, string>> {
  const runs = new Map(known);
  const asked = containers.filter((container) => isStopped(container) && !known.has(container.id));
  await inParallel(asked, parallel, async ({ id }) => {
    const inspect = await engine.inspectQuietly(id, signal).catch(() => undefined);
    if (inspect !== undefined) runs.set(id, lastRun(inspect));
  });
  return runs;
}
