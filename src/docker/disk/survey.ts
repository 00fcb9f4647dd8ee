import type { Clock } from "../clock.ts";
import type { Engine } from "../engine.ts";
import { explain, type Problem } from "../errors.ts";
import type { Image } from "../images.ts";
import { inParallel } from "../in-parallel.ts";
import { createStore, type Readable } from "../store.ts";
import { type DataRoot, dataRootOf } from "./data-root.ts";
import type { Df } from "./df.ts";
import { type Layers, withPacked } from "./layers.ts";
import { createLogReader, type LogFile, type LogReader } from "./log-files.ts";

/** What was measured of an engine's disk, and when (ms). */
export type Figures = {
  at: number;
  df: Df;
  /** Every image, those too that only stand between a base and what is built on it. */
  images: readonly Image[];
  /** By image id. */
  layers: ReadonlyMap<string, Layers>;
  /** The containers' log files, which the engine leaves out; by container id. */
  logs: ReadonlyMap<string, LogFile>;
  root: DataRoot;
};

/** The last figures, and what is being measured now; times in ms. */
export type SurveyState = {
  figures?: Figures;
  measuring?: { since: number; step: string };
  /** Why the last attempt brought no new figures. */
  problem?: Problem;
};

/** The figures of one engine, measured when asked for and kept. */
export type Survey = Readable<SurveyState> & {
  /**
   * Measures, or waits for what is being measured already (not with `anew`, which begins again); resolves with
   * undefined when that fails.
   */
  measure(options?: { anew?: boolean }): Promise<Figures | undefined>;
  /** Gives up what is being measured; the engine stops walking files too. */
  cancel(): void;
};

/** So many images are looked into at a time. */
const parallel = 3;

/** A survey that has measured nothing yet. */
export function createSurvey(engine: Engine, clock: Clock): Survey {
  const store = createStore<SurveyState>({});
  const logs = createLogReader(engine);
  let running: { controller: AbortController; answer: Promise<Figures | undefined> } | undefined;

  async function work(signal: AbortSignal): Promise<Figures | undefined> {
    const since = clock.now();
    const tell = (step: string) => store.set((before) => ({ ...before, measuring: { since, step } }));
    const { figures: last } = store.get();
    const kept = last ? { figures: last } : {};
    try {
      const figures = await measure(engine, { known: last?.layers, logs, signal, tell, now: clock.now });
      store.set({ figures });
      return figures;
    } catch (error) {
      const problem = explain(error, engine.endpoint);
      store.set(problem.kind === "cancelled" ? kept : { ...kept, problem });
      return undefined;
    } finally {
      running = undefined;
    }
  }

  const survey: Survey = {
    get: store.get,
    subscribe: store.subscribe,
    async measure({ anew = false } = {}) {
      if (running && !anew) return running.answer;
      if (running) {
        running.controller.abort();
        await running.answer;
        return survey.measure();
      }
      const controller = new AbortController();
      running = { controller, answer: Promise.resolve(undefined) };
      running.answer = work(controller.signal);
      return running.answer;
    },
    cancel: () => running?.controller.abort(),
  };
  return survey;
}

/** How one measuring goes: layers that are `known` never change, and are not asked for again. */
export type MeasureOptions = {
  known?: Figures["layers"] | undefined;
  logs: LogReader;
  signal: AbortSignal;
  tell(step: string): void;
  now(): number;
};

/** Measures once. Rejects when the engine does, or with an abort. */
export async function measure(
  engine: Engine,
  { known, logs, signal, tell, now }: MeasureOptions,
): Promise<Figures> {
  tell("the engine walks its files");
  const leaving = new AbortController();
  const both = AbortSignal.any([signal, leaving.signal]);
  try {
    const asked = dataRootOf(engine, both);
    const [df, { images, layers }, found, root] = await Promise.all([
      engine.df(both),
      readLayers(engine, { known, root: asked, signal: both, tell }),
      engine.containers({}, both).then((containers) => logs.read(containers, both)),
      asked,
    ]);
    return { at: now(), df, images, layers, logs: new Map(found.map((log) => [log.id, log])), root };
  } finally {
    leaving.abort(); // what failed on one side is not waited for on the other
  }
}

async function readLayers(
  engine: Engine,
  {
    known,
    root,
    signal,
    tell,
  }: Pick<MeasureOptions, "known" | "signal" | "tell"> & { root: Promise<DataRoot> },
): Promise<Pick<Figures, "images" | "layers">> {
  const { containerdStore } = await root;
  const images = await engine.allImages(signal);
  const layers = new Map<string, Layers>();
  let read = 0;
  await inParallel(images, parallel, async ({ id, size }) => {
    const before = known?.get(id);
    const found = before ?? (await layersOf(engine, id, signal));
    if (found) layers.set(id, containerdStore && !before ? withPacked(found, size) : found);
    read += 1;
    if (read % 100 === 0) tell(`the engine walks its files, ${read} of ${images.length} images are known`);
  });
  return { images, layers };
}

/** None when the image went meanwhile. */
async function layersOf(engine: Engine, id: string, signal: AbortSignal): Promise<Layers | undefined> {
  try {
    return await engine.layers(id, signal);
  } catch (error) {
    if (explain(error).kind === "gone") return undefined;
    throw error;
  }
}
