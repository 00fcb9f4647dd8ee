import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { processTree, pssMib, quantile } from "../measure.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";
import type { Holds, Watched } from "../watched.ts";
import type { Writers } from "./containers.ts";
import { type Kind, kinds, linesOf, searches } from "./lines.ts";
import { backToList, median, openList, pressed } from "./story.ts";
import type { Told } from "./worker.ts";

const held = 50_000;
const targets = { search: 50, filter: 80 };

/** Searches and filters 50,000 kept lines of each kind: on the screen, and in the program's own view without one. */
export async function searching({ onEngine, quick }: Stage, writers: Writers): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds) {
    const name = `log-${kind}`;
    await writers.start({ name, lines: () => linesOf(kind, held), waits: true });
    const program = await openList(onEngine, { query: `name:${name}`, names: [name] });
    try {
      await pressed(program, "l", (screen) => screen.includes("following"));
      // Followed from the first one on, all of them are kept.
      await writers.go(name);
      await program.until((screen) => screen.includes(`${held} lines`));
      rows.push(...(await onScreen(program, kind, quick ? 3 : 5)));
      await backToList(program);
    } finally {
      await program.close();
    }
    rows.push(...(await inProcess(kind, quick ? 5 : 15)));
  }
  return rows;
}

/** From the key that completes a search or a filter to the painted count; and what each letter before it took. */
async function onScreen(program: Watched, kind: Kind, runs: number): Promise<Row[]> {
  const found: Found[] = [];
  const letters: number[] = [];
  for (const query of searches) {
    const search: (number | undefined)[] = [];
    const filter: (number | undefined)[] = [];
    for (let run = 0; run < runs; run += 1) {
      await program.press("/");
      letters.push(...(await typed(program, query)));
      search.push(await pressed(program, "\r", (screen) => /\/.+ \((\d+\/)?\d+\)/.test(titleOf(screen))));
      await cleared(program, (screen) => !titleOf(screen).includes(`/${query}`));
      await pressed(program, "&", (screen) => screen.includes("Which lines shall be shown?"));
      await typed(program, query);
      filter.push(await pressed(program, "\x13", (screen) => /\d+ of \d+ lines/.test(titleOf(screen))));
      await cleared(program, (screen) => !/\d+ of \d+ lines/.test(titleOf(screen)));
      await sleep(100);
    }
    found.push({ query, search: median(search), filter: median(filter) });
  }
  const lines = `${held} ${kind} lines on the screen`;
  return [
    slowest(`search in ${lines}, slowest`, "search", found),
    slowest(`filter of ${lines}, slowest`, "filter", found),
    {
      measure: `a letter of a search in ${lines}, p95`,
      unit: "ms",
      target: 33,
      measured: quantile(letters, 0.95),
    },
    {
      ...{ measure: `memory after that (PSS)`, unit: "MiB", target: 150 },
      measured: pssMib(processTree(program.pid)),
    },
  ];
}

/** Esc ends first a search beyond what is kept, where there is one. */
async function cleared(program: Watched, holds: Holds): Promise<void> {
  for (let presses = 0; presses < 5; presses += 1)
    if ((await program.pressUntil("\x1b", holds, 500)) !== undefined) return;
  throw new Error(`Esc does not clear it:\n${program.screen()}`);
}

async function typed(program: Watched, text: string): Promise<number[]> {
  const times: number[] = [];
  for (const letter of text) {
    const answer = await program.press(letter);
    if (answer) times.push(answer.first);
  }
  return times;
}

const titleOf = (screen: string) => screen.split("\n")[2] ?? "";

async function inProcess(kind: Kind, runs: number): Promise<Row[]> {
  const worker = join(import.meta.dirname, "worker.ts");
  // As the first line of bin/dockui.js has it.
  const args = ["--max-semi-space-size=4", worker, kind, String(runs)];
  const told = JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Told;
  const found = told.map(({ query, search, filter }) => ({
    query,
    search: median(search),
    filter: median(filter),
  }));
  return [
    slowest(`search in ${held} ${kind} lines kept, slowest`, "search", found),
    slowest(`filter of ${held} ${kind} lines kept, slowest`, "filter", found),
  ];
}

type Found = { query: string; search: number | undefined; filter: number | undefined };

/** The slowest of the searches, which is named; what was not answered is slowest of all. */
function slowest(measure: string, what: "search" | "filter", found: readonly Found[]): Row {
  const [worst] = found.toSorted((a, b) => (b[what] ?? Infinity) - (a[what] ?? Infinity));
  const note = `(${worst?.query})`;
  return { measure, unit: "ms", target: targets[what], measured: worst?.[what], note };
}
