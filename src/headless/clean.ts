import type { CleanUpRules } from "../actions/clean-up/rules.ts";
import { firstRules } from "../actions/clean-up/rules.ts";
import { type Clock, systemClock } from "../docker/clock.ts";
import type { Endpoint } from "../docker/endpoint.ts";
import { createEngine } from "../docker/engine.ts";
import { shellQuote } from "../format/quote.ts";
import { planJson } from "./clean-json.ts";
import { toPlan } from "./clean-plan.ts";
import { carry } from "./clean-run.ts";
import { endText, planText } from "./clean-words.ts";
import type { Output } from "./output.ts";
import { measureWorld } from "./world.ts";

/** What `dockui clean` is asked for, and of which engine in the words of the command line. */
export type CleanRequest = {
  rules: CleanUpRules;
  yes: boolean;
  json: boolean;
  host?: string;
  context?: string;
  demo?: boolean;
};

/** How a process ends that showed or carried out a plan. */
export const cleanExit = { done: 0, somethingToRemove: 3, notAll: 4 } as const;

/** Where a clean-up writes, and what ends it: the signal stops it between two objects. */
export type CleanOptions = { output: Output; signal: AbortSignal; patienceMs?: number; clock?: Clock };

/**
 * Shows the plan, or carries it out, writing as it goes; resolves with the exit code. Rejects when the engine cannot be
 * asked, or with an abort before anything was begun.
 */
export async function clean(
  endpoint: Endpoint,
  request: CleanRequest,
  { output, signal, patienceMs = 60_000, clock = systemClock }: CleanOptions,
): Promise<number> {
  const { rules, yes, json } = request;
  const engine = createEngine(endpoint, { readOnly: !yes, now: clock.now, clock });
  try {
    await engine.connect(signal);
    const tell = (step: string) => output.progress(`Measuring: ${step}`);
    const world = await measureWorld(engine, { tell, signal });
    output.progress(undefined);
    const now = clock.now();
    const plan = toPlan(world, rules, now);
    const count = plan.ticked.length;
    if (!yes) {
      const command = commandOf(request);
      output.out(json ? planJson(plan) : planText(plan, { now, columns: output.columns, command }));
      return count > 0 ? cleanExit.somethingToRemove : cleanExit.done;
    }
    const done = await carry(engine, { plan, world, output, verbose: !json, signal, patienceMs, clock });
    const removed = [...done.outcomes.values()].filter(({ kind }) => kind === "removed").length;
    output.out(json ? planJson(plan, done) : endText(plan, removed, done.gain));
    return removed === count ? cleanExit.done : cleanExit.notAll;
  } finally {
    output.progress(undefined);
    engine.close();
  }
}

/** The command line that carries out what these rules show. */
function commandOf({ rules, host, context, demo }: CleanRequest): string {
  const { kinds, until, labels, images, volumes } = rules;
  const words = (option: string, value: string | undefined, unless?: string) => {
    if (value === undefined || value === unless) return [];
    return value.startsWith("-") ? [`${option}=${value}`] : [option, value];
  };
  const listed = kinds.map((kind) => (kind === "cache" ? kind : `${kind}s`)).join(",");
  return shellQuote([
    ...["dockui", ...words("-H", host), ...words("-c", context), ...(demo ? ["--demo"] : [])],
    ...["clean", "--yes", ...words("--kind", kinds === firstRules.kinds ? undefined : listed)],
    ...words("--until", until, ""),
    ...labels.flatMap((label) => words("--label", label)),
    ...words("--images", images, firstRules.images),
    ...words("--volumes", volumes, firstRules.volumes),
  ]);
}
