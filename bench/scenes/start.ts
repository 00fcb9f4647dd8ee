import { containerName } from "../busy-engine.ts";
import { quantile } from "../measure.ts";
import { type Launch, startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

/** From the start of the process to the first container's name in the output; and what a start costs at all here. */
export async function start({ onEngine, quick }: Stage): Promise<Row[]> {
  const runs = quick ? 5 : 10;
  const empty = await timesOf({ command: "printf", args: ["ready"] }, /ready/, runs);
  const times = await timesOf(onEngine, containerName, runs);
  const range = `(${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})`;
  return [
    { measure: "start to first byte of printf, median", unit: "ms", measured: quantile(empty, 0.5) },
    {
      measure: `start to first container row, median of ${runs}`,
      unit: "ms",
      target: 180,
      measured: quantile(times, 0.5),
      note: range,
      lazydocker: "130–190",
    },
  ];
}

async function timesOf(launch: Launch, text: RegExp, runs: number): Promise<number[]> {
  const warmUps = 2;
  const times: number[] = [];
  for (let run = 0; run < warmUps + runs; run += 1) {
    const program = startProgram(launch);
    try {
      const time = await program.until(text);
      if (run >= warmUps) times.push(time);
    } finally {
      await program.close();
    }
  }
  return times;
}
