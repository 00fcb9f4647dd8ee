import { setTimeout as sleep } from "node:timers/promises";
import { processTree, pssMib, quantile } from "../measure.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";
import type { Writers } from "./containers.ts";
import { numbersOn } from "./lines.ts";
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

const names = Array.from({ length: 20 }, (_, at) => `log-many-${String(at + 1).padStart(2, "0")}`);

/** A thousand lines at once, and then ten every so often, each of them numbered. */
const writes = [
  "line() { while [ $n -lt $1 ]; do n=$((n + 1)); printf '#%07d INFO request GET /api/users/%d took 12 ms\\n' $n $n; done; }",
  "n=0; line 1000; while :; do line $((n + 10)); sleep 0.2; done",
].join("; ");

/** The logs of twenty containers as one while all of them write: from the key to their lines, and keys meanwhile. */
export async function manyAsOne({ onEngine, quick }: Stage, writers: Writers): Promise<Row[]> {
  for (const name of names) await writers.run(name, writes);
  await sleep(5000);
  const program = await openList(onEngine, { query: "name:log-many", names });
  try {
    const opened: (number | undefined)[] = [];
    for (let run = 0; run < (quick ? 4 : 10); run += 1) {
      opened.push(await pressed(program, "l", (screen) => numbersOn(screen).length > 30));
      await backToList(program);
    }
    await pressed(program, "l", (screen) => numbersOn(screen).length > 30);
    await sleep(2000);
    const keys: number[] = [];
    for (let press = 0; press < (quick ? 60 : 200); press += 1) {
      const answer = await program.press(["k", "k", pageUp, "j", pageDown, "f"][press % 6] ?? "k");
      if (answer) keys.push(answer.first);
      await sleep(30);
    }
    const up = await scrolled(program, { key: pageUp, up: true, presses: quick ? 40 : 100 });
    const title = "20 logs as one, written meanwhile";
    return [
      { measure: `${title}: l to the first screen, p50`, unit: "ms", target: 500, measured: median(opened) },
      {
        measure: `${title}: l to the first screen, p95`,
        unit: "ms",
        measured: quantile(answered(opened), 0.95),
      },
      { measure: `${title}: keys, first byte, p95`, unit: "ms", target: 33, measured: quantile(keys, 0.95) },
      ...scrollRows(`${title}: page up`, up),
      {
        ...{ measure: `${title}: memory (PSS)`, unit: "MiB", target: 150 },
        measured: pssMib(processTree(program.pid)),
      },
    ];
  } finally {
    await program.close();
  }
}
