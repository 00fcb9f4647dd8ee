import { createSource, type Source } from "../../docker/source.ts";
import { createStore, type Store } from "../../docker/store.ts";
import { until } from "../../docker/until.ts";
import { openOverlay } from "../overlays.ts";
import type { Session } from "../session.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";
import { lastRuns } from "./last-runs.ts";
import { planOf } from "./plan.ts";
import { type CleanUpRules, firstRules } from "./rules.ts";
import type { World } from "./world.ts";

/** A clean-up plan: every object of the engine, and by which rules it is ticked. */
export type CleanUpPlan = {
  source: Source<CleanUpItem>;
  /** What the items were made of. */
  world(): World;
  /** Changed rules tick anew; undefined ticks nothing. */
  rules: Store<CleanUpRules | undefined>;
  /** What the list is narrowed to when it opens. */
  kind: CleanUpKind | undefined;
};

/** Figures older than this, in ms, are measured again when a plan opens. */
const freshMs = 60_000;

/** Opens the plan, of one kind to begin with or of all; `ticked` with what docker would remove ticked already. */
export function openCleanUp(
  session: Session,
  { kind, ticked }: { kind: CleanUpKind | undefined; ticked: boolean },
): void {
  measureIfOld(session);
  openOverlay(session, { kind: "clean-up", plan: createPlan(session, { kind, ticked }) });
}

/** Measures the disk when that was not done lately; the last figures stand meanwhile. */
export function measureIfOld({ survey, clock }: Session): void {
  const { figures } = survey.get();
  if (!figures || Math.abs(clock.now() - figures.at) > freshMs) void survey.measure();
}

/** A plan over what the session watches; it follows the engine for as long as it is looked at. */
export function createPlan(
  session: Session,
  { kind, ticked }: { kind: CleanUpKind | undefined; ticked: boolean },
): CleanUpPlan {
  const { containers, images, networks, volumes } = session.sources;
  const lists = [containers, images, networks, volumes];
  const runs = createStore<ReadonlyMap<string, string>>(new Map());
  const world = () => ({ ...worldOf(session), ran: runs.get() });
  const isKnown = () => lists.every((list) => list.get().loadedAt !== undefined);
  const source = createSource<CleanUpItem>({
    async load(_, signal) {
      await until(lists, isKnown, signal);
      return planOf(world());
    },
    follow(refresh) {
      const all = () => refresh(undefined);
      const stops = [...lists, session.survey, runs].map((store) => store.subscribe(all));
      const leaving = new AbortController();
      const look = () => void learnRuns(session, runs, leaving.signal);
      stops.push(containers.subscribe(look), () => leaving.abort());
      all();
      look();
      return () => {
        for (const stop of stops) stop();
      };
    },
    clock: session.clock,
  });
  return {
    source: { ...source, refresh: () => void session.survey.measure() },
    world,
    rules: createStore<CleanUpRules | undefined>(ticked ? firstRules : undefined),
    kind,
  };
}

/** Learns when what is stopped ran last, once for each: what it did after a person saw it is compared with that. */
async function learnRuns(
  { engine, sources }: Session,
  runs: Store<ReadonlyMap<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const before = runs.get();
  const found = await lastRuns(engine, sources.containers.get().items, { known: before, signal });
  const isNews = [...found.keys()].some((id) => !runs.get().has(id));
  // What was seen first stays.
  if (isNews && !signal.aborted) runs.set((now) => new Map([...found, ...now]));
}

/** What a session knows of its engine now. */
export function worldOf({ sources, survey }: Session): World {
  return {
    containers: sources.containers.get().items,
    images: sources.images.get().items,
    networks: sources.networks.get().items,
    volumes: sources.volumes.get().items,
    figures: survey.get().figures,
  };
}
