import type { RunningSample, Sample } from "../docker/inside/samples.ts";
import { createStore, type Readable } from "../docker/store.ts";

/** So much of the past is kept, in ms and in samples. */
export const keptMs = 600_000;
const keptSamples = 600;
/** Of so many containers: who was asked for longest ago is forgotten first. */
const keptContainers = 32;

/** A sample, and when it came, in ms of the clock's ticks: the engine's time may be another, and ours may be set. */
export type Moment = { at: number; sample: RunningSample };

/** What a container used in the last ten minutes, as far as somebody looked: oldest first. */
export type History = Readable<readonly Moment[]> & {
  /** Keeps a sample; of a container that does not run there is nothing to keep. */
  add(sample: Sample, now: number): void;
};

/** The histories of the containers looked at in this session, by id. */
export type Histories = { of(id: string): History };

/** No histories at first. */
export function createHistories(): Histories {
  const known = new Map<string, History>();
  return {
    of(id) {
      const history = known.get(id) ?? createHistory();
      known.delete(id);
      known.set(id, history);
      const [oldest] = known.keys();
      if (known.size > keptContainers && oldest !== undefined) known.delete(oldest);
      return history;
    },
  };
}

function createHistory(): History {
  const { get, set, subscribe } = createStore<readonly Moment[]>([]);
  return {
    get,
    subscribe,
    add(sample, now) {
      if (!sample.running) return;
      set((all) => [
        ...all.slice(1 - keptSamples).filter(({ at }) => at > now - keptMs),
        { at: now, sample },
      ]);
    },
  };
}
