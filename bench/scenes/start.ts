import { containerName } from "../busy-engine.ts";
import { quantile } from "../measure.ts";
import { startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

/** From the start of the process to the first container's name in the output. */
export async function start({ onEngine, quick }: Stage): Promise<Row[]> {
  const warmUps = quick ? 1 : 2;
  const runs = quick ? 5 : 10;
  const times: number[] = [];
  for (let run = 0; run < warmUps + runs; run += 1) {
    const program = startProgram(onEngine);
    try {
      const time = await program.until(containerName);
      if (run >= warmUps) times.push(time);
    } finally {
      await program.close();
    }
  }
  const range = `(${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})`;
  return [
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
