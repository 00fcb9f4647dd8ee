import { setTimeout as sleep } from "node:timers/promises";
import { processTree, pssMib, quantile } from "../measure.ts";
import type { Launch } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";
import type { Holds } from "../watched.ts";
import type { Writers } from "./containers.ts";
import { linesOf, numbersOn } from "./lines.ts";
import {
  answered,
  backToList,
  median,
  openList,
  pageDown,
  pageUp,
  pressed,
  scrolled,
  scrollRows,
} from "./story.ts";

const million = 1_000_000;

type Log = { launch: Launch; title: string; query: string; names: readonly string[]; quick: boolean };

/** A log of a million lines, alone and merged with a short one: opening it, going about in it, memory. */
export async function millionLines({ onEngine, quick }: Stage, writers: Writers): Promise<Row[]> {
  await writers.start({ name: "log-big-b", lines: () => linesOf("plain", 2_000) });
  const { from, to } = await writers.start({ name: "log-big-a", lines: () => linesOf("plain", million) });
  const middle = Math.round((from + to) / 2);
  console.error(`the engine took ${((to - from) / 1000).toFixed(1)} s to write a million lines`);
  const one = { title: "a million lines", query: "name:log-big-a", names: ["log-big-a"] };
  const two = {
    title: "the same merged with 2,000",
    query: "name:log-big",
    names: ["log-big-a", "log-big-b"],
  };
  const rows: Row[] = [];
  for (const log of [one, two]) {
    rows.push(...(await openings({ launch: onEngine, quick, ...log })));
    rows.push(...(await goingAbout({ launch: onEngine, quick, ...log }, middle)));
  }
  return rows;
}

const isEnd: Holds = (screen) => numbersOn(screen).at(-1) === million;
const isStart: Holds = (screen) => numbersOn(screen)[0] === 1;
const isMiddle: Holds = (screen) => {
  const first = numbersOn(screen)[0] ?? 0;
  return first > 0.05 * million && first < 0.95 * million;
};

/** From the key to the last line of the log, in a list that has just come and in one that stands there. */
async function openings({ launch, title, query, names, quick }: Log): Promise<Row[]> {
  const fresh: (number | undefined)[] = [];
  const warm: (number | undefined)[] = [];
  for (let run = 0; run < (quick ? 3 : 7); run += 1) {
    const program = await openList(launch, { query, names });
    try {
      fresh.push(await pressed(program, "l", isEnd));
      for (let again = 0; again < 3; again += 1) {
        await backToList(program);
        warm.push(await pressed(program, "l", isEnd));
      }
    } finally {
      await program.close();
    }
  }
  const measure = `${title}: l to the first screen`;
  return [
    { measure: `${measure}, just started, p50`, unit: "ms", target: 150, measured: median(fresh) },
    { measure: `${measure}, p50`, unit: "ms", target: 150, measured: median(warm) },
    { measure: `${measure}, p95`, unit: "ms", measured: quantile(answered(warm), 0.95) },
  ];
}

/** To its first line, up from its end, to a moment in its middle and on from there, and back. */
async function goingAbout({ launch, title, query, names, quick }: Log, middle: number): Promise<Row[]> {
  const program = await openList(launch, { query, names });
  try {
    await pressed(program, "l", isEnd);
    const fromEnd = await scrolled(program, { key: pageUp, up: true, presses: 100 });
    const starts: (number | undefined)[] = [];
    const ends: (number | undefined)[] = [];
    for (let turn = 0; turn < (quick ? 3 : 7); turn += 1) {
      starts.push(await pressed(program, "g", isStart));
      await sleep(200);
      ends.push(await pressed(program, "G", isEnd));
      await sleep(200);
    }
    await pressed(program, "@", (screen) => screen.includes("Go to which time?"));
    for (const digit of String(middle)) await program.press(digit);
    const toMiddle = await pressed(program, "\r", isMiddle);
    const up = await scrolled(program, { key: pageUp, up: true, presses: 60 });
    const down = await scrolled(program, { key: pageDown, up: false, presses: 120 });
    const back = await pressed(program, "G", isEnd);
    await sleep(2000);
    return [
      ...scrollRows(`${title}: 100 × page up from the end`, fromEnd),
      {
        measure: `${title}: g to the first line, p50`,
        unit: "ms",
        target: 1000,
        measured: median(starts),
      },
      { measure: `${title}: G to the end, p50`, unit: "ms", target: 150, measured: median(ends) },
      { measure: `${title}: @ to the middle`, unit: "ms", target: 3000, measured: toMiddle },
      ...scrollRows(`${title}: page up from the middle`, up),
      ...scrollRows(`${title}: page down in the middle`, down),
      { measure: `${title}: G from the middle`, unit: "ms", measured: back },
      {
        ...{ measure: `${title}: memory after all that (PSS)`, unit: "MiB", target: 150 },
        measured: pssMib(processTree(program.pid)),
      },
    ];
  } finally {
    await program.close();
  }
}
