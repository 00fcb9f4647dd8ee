import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../measure.ts";
import type { Launch } from "../program.ts";
import type { Row } from "../table.ts";
import { type Holds, startWatched, type Watched } from "../watched.ts";
import { numbersOn } from "./lines.ts";

/** Keys as a terminal sends them. */
export const pageUp = "\x1b[5~";
export const pageDown = "\x1b[6~";

/** A held key comes so often, in ms. */
const repeatMs = 33;
/** A view that has not moved after so many ms stands still. */
const stuckMs = 10_000;
const patienceMs = 20_000;
const isList: Holds = (screen) => /^\s*\S*\s*NAME\b/m.test(screen);

/** Opens the list with these containers, which the query finds, all of them marked. */
export async function openList(
  launch: Launch,
  { query, names }: { query: string; names: readonly string[] },
): Promise<Watched> {
  const program = startWatched({ ...launch, args: [...launch.args, "containers", query] });
  const hasAll = (screen: string) => names.every((name) => screen.includes(name));
  if ((await program.until(hasAll)) === undefined)
    throw new Error(`not all of ${names} are in the list:\n${program.screen()}`);
  if (names.length > 1) await pressed(program, "*", (screen) => screen.includes("marked"));
  return program;
}

/** Leaves a log, and waits until the list is still. */
export async function backToList(program: Watched): Promise<void> {
  await pressed(program, "q", isList);
  await sleep(600);
}

/** Sends keys and waits; undefined, and said on stderr, when the screen does not become so. */
export async function pressed(program: Watched, keys: string, holds: Holds): Promise<number | undefined> {
  const ms = await program.pressUntil(keys, holds, patienceMs);
  if (ms === undefined) console.error(`no answer to ${JSON.stringify(keys)}:\n${headOf(program.screen())}`);
  return ms;
}

/** The median of those that were answered. */
export function median(times: readonly (number | undefined)[]): number | undefined {
  return quantile(answered(times), 0.5);
}

/** Those that were answered. */
export function answered(times: readonly (number | undefined)[]): number[] {
  return times.filter((ms) => ms !== undefined);
}

function headOf(screen: string): string {
  return screen.split("\n").slice(0, 6).join("\n");
}

/** How long a key that scrolls took each time, in ms; `stuck`: it was given up since nothing moved. */
export type Scrolled = { times: number[]; stuck: boolean };

/** From the key until the lines have moved in that direction; meanwhile it is sent again, as a held key is. */
export async function scrolled(
  program: Watched,
  { key, up, presses }: { key: string; up: boolean; presses: number },
): Promise<Scrolled> {
  const times: number[] = [];
  while (times.length < presses) {
    const before = numbersOn(program.screen());
    const [top, bottom] = [Math.min(...before), Math.max(...before)];
    const moved = (screen: string) => {
      const numbers = numbersOn(screen);
      return numbers.length > 0 && (up ? Math.min(...numbers) < top : Math.max(...numbers) > bottom);
    };
    const repeat = setInterval(() => program.send(key), repeatMs);
    const ms = await program.pressUntil(key, moved, stuckMs);
    clearInterval(repeat);
    times.push(ms ?? stuckMs);
    if (ms === undefined) return { times, stuck: true };
    await sleep(repeatMs);
  }
  return { times, stuck: false };
}

/** Scrolling as rows: what nearly every key takes, and the one that waited longest for lines. */
export function scrollRows(measure: string, { times, stuck }: Scrolled): Row[] {
  const end = stuck ? { note: "(and then it stood still)" } : {};
  return [
    { measure: `${measure}, p95`, unit: "ms", target: 33, measured: quantile(times, 0.95), ...end },
    { measure: `${measure}, slowest`, unit: "ms", target: 150, measured: Math.max(...times), ...end },
  ];
}
