import { lastRuns } from "../actions/clean-up/last-runs.ts";
import type { World } from "../actions/clean-up/world.ts";
import { systemClock } from "../docker/clock.ts";
import { createLogReader } from "../docker/disk/log-files.ts";
import { type Figures, measure } from "../docker/disk/survey.ts";
import type { Engine } from "../docker/engine.ts";

/** A world whose disk was measured. */
export type Measured = World & { figures: Figures };

/** How a world is measured: what is told of it, and what ends it. */
export type MeasureOptions = { tell?(step: string): void; signal?: AbortSignal };

/** All there is on an engine and what it measures of it; rejects when the engine does, or with an abort. */
export async function measureWorld(
  engine: Engine,
  { tell = () => {}, signal = new AbortController().signal }: MeasureOptions = {},
): Promise<Measured> {
  const logs = createLogReader(engine);
  const figures = await measure(engine, { logs, signal, tell, now: systemClock.now });
  const [containers, images, networks, volumes] = await Promise.all([
    engine.containers({}, signal),
    engine.images(signal),
    engine.networks(signal),
    engine.volumes(signal),
  ]);
  const ran = await lastRuns(engine, containers, { signal });
  signal.throwIfAborted();
  return { containers, images, networks, volumes, ran, figures };
}
