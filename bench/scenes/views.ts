import { setTimeout as sleep } from "node:timers/promises";
import { containerName } from "../busy-engine.ts";
import { quantile } from "../measure.ts";
import { startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

/** What opens over the list: its key, a text that only the opened view paints, and the ms it may take. */
const views: readonly { view: string; key: string; text: RegExp; target?: number }[] = [
  { view: "details", key: "\r", text: /process \d+ on the host/, target: 50 },
  { view: "inspect", key: "i", text: /HostConfig/ },
  { view: "log", key: "l", text: /following/ },
  { view: "files", key: "f", text: /\bbin\// },
  { view: "processes", key: "T", text: /\bmain\b/ },
];

/** From a key to the first painting of what it opens that says something of the container. */
export async function openings({ onEngine, quick }: Stage): Promise<Row[]> {
  const program = startProgram(onEngine);
  try {
    await program.until(containerName);
    await sleep(3000);
    const rows: Row[] = [];
    for (const { view, key, text, target } of views) {
      const times: number[] = [];
      for (let run = 0; run < (quick ? 5 : 20); run += 1) {
        times.push(await program.pressUntil(key, text));
        await program.pressUntil("\x1b", containerName);
        await sleep(400);
      }
      const median = { measure: `${view} open, p50`, unit: "ms", measured: quantile(times, 0.5) };
      const slow = { measure: `${view} open, p95`, unit: "ms", measured: quantile(times, 0.95) };
      rows.push(target === undefined ? median : { ...median, target }, slow);
    }
    return rows;
  } finally {
    await program.close();
  }
}
