import { carryOut, type Outcome } from "../actions/clean-up/carry-out.ts";
import { gainOf } from "../actions/clean-up/gain.ts";
import type { CleanUpItem } from "../actions/clean-up/item.ts";
import { type Clock, pause } from "../docker/clock.ts";
import type { Engine } from "../docker/engine.ts";
import type { Done } from "./clean-json.ts";
import type { Plan } from "./clean-plan.ts";
import { type Gain, outcomeText } from "./clean-words.ts";
import type { Output } from "./output.ts";
import type { Measured } from "./world.ts";

/** What carrying a plan out needs; the signal stops it between two objects. */
export type CleanRun = {
  plan: Plan;
  world: Measured;
  output: Output;
  /** Tells what was removed too, and not only what was not. */
  verbose: boolean;
  signal: AbortSignal;
  /** So long an engine that is lost is waited for, in ms. */
  patienceMs: number;
  clock: Clock;
};

/** Removes what is ticked, telling as it goes, and measures what came back. Never rejects. */
export async function carry(engine: Engine, run: CleanRun): Promise<Done> {
  const { plan, world, output, verbose, signal, patienceMs, clock } = run;
  const outcomes = new Map<CleanUpItem, Outcome>();
  const lost = new AbortController();
  const tell = (item: CleanUpItem, told: Outcome) => {
    if (told.kind === "removing") return;
    const outcome = told.kind === "left" ? { ...told, reason: lost.signal.aborted ? gone : stopped } : told;
    outcomes.set(item, outcome);
    if (outcome.kind !== "removed") output.complain(`dockui: ${outcomeText(item, outcome)}`);
    else if (verbose) output.out(outcomeText(item, outcome));
  };
  const whenBack = createWait(engine, { output, signal, patienceMs, clock, giveUp: () => lost.abort() });
  const stopping = AbortSignal.any([signal, lost.signal]);
  const say = () => output.complain("dockui: Stopping as soon as what was begun is done.\n");
  signal.addEventListener("abort", say);
  await carryOut(plan.ticked, { engine, world, signal: stopping, tell, whenBack });
  signal.removeEventListener("abort", say);
  const removed = plan.ticked.filter((item) => outcomes.get(item)?.kind === "removed");
  return { outcomes, gain: stopping.aborted ? undefined : await measureGain(engine, removed, run) };
}

const gone = "The engine was gone before it.";
const stopped = "dockui was stopped before it.";

/** Bytes that came back; undefined when they cannot be measured. */
async function measureGain(
  engine: Engine,
  removed: readonly CleanUpItem[],
  { world: { figures }, output, signal }: CleanRun,
): Promise<Gain | undefined> {
  try {
    output.progress("Measuring what came back");
    const df = removed.length === 0 ? figures.df : await engine.df(signal);
    const byKind = gainOf(removed, figures, { df });
    return { bytes: Object.values(byKind).reduce((sum, bytes) => sum + bytes, 0), byKind };
  } catch {
    return undefined;
  } finally {
    output.progress(undefined);
  }
}

/** So often an engine that is lost is asked again. */
const againMs = 500;

type Waiting = Pick<CleanRun, "output" | "signal" | "patienceMs" | "clock"> & { giveUp(): void };

/** Waits for a lost engine, once for all that miss it; when it does not come back nothing else is begun. */
function createWait(
  engine: Engine,
  { output, signal, patienceMs, clock, giveUp }: Waiting,
): () => Promise<void> {
  let waiting: Promise<void> | undefined;
  const untilBack = async () => {
    const late = new AbortController();
    const cancel = clock.after(patienceMs, () => late.abort());
    const ending = AbortSignal.any([signal, late.signal]);
    output.complain("dockui: The connection to the engine broke. It is waited for.\n");
    try {
      for (;;) {
        await pause(clock, againMs, ending);
        ending.throwIfAborted();
        if (await isBack(engine, ending)) break;
      }
      waiting = undefined;
    } catch (error) {
      giveUp();
      throw error;
    } finally {
      cancel();
    }
  };
  return () => {
    waiting ??= untilBack();
    return waiting;
  };
}

async function isBack(engine: Engine, signal: AbortSignal): Promise<boolean> {
  try {
    await engine.connect(signal);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
