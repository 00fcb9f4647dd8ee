import { setTimeout as sleep } from "node:timers/promises";
import { containerName } from "../busy-engine.ts";
import { cpuSeconds, engineProcesses, openConnections, processTree, pssMib, quantile } from "../measure.ts";
import { startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

/** What it costs to look at fifty running containers and do nothing. */
export async function idle({ onEngine, engine, quick }: Stage): Promise<Row[]> {
  const seconds = quick ? 10 : 30;
  const program = startProgram(onEngine);
  try {
    await program.until(containerName);
    await sleep(6000);
    const own = processTree(program.pid);
    const daemon = engineProcesses(engine.pid);
    const before = {
      at: performance.now(),
      bytes: program.bytes(),
      own: cpuSeconds(own),
      daemon: cpuSeconds(daemon),
    };
    const connections = await sampleConnections(engine.socketPath, engine.pid, seconds);
    const passed = (performance.now() - before.at) / 1000;
    const percent = (used: number) => (100 * used) / passed;
    const idling = `idle ${seconds} s, 50 running:`;
    return [
      {
        measure: `${idling} dockui's CPU`,
        unit: "%",
        target: 1.5,
        measured: percent(cpuSeconds(own) - before.own),
        lazydocker: "5",
      },
      {
        measure: `${idling} the engine's CPU`,
        unit: "%",
        target: 4,
        measured: percent(cpuSeconds(daemon) - before.daemon),
        note: `(${daemon.length} processes)`,
        lazydocker: "22",
      },
      {
        measure: `${idling} to the terminal`,
        unit: "B/s",
        target: 1500,
        measured: (program.bytes() - before.bytes) / passed,
        lazydocker: "24000",
      },
      {
        measure: `${idling} memory (PSS)`,
        unit: "MiB",
        target: 110,
        measured: pssMib(processTree(program.pid)),
      },
      {
        measure: `${idling} open connections, median`,
        unit: "",
        target: 4,
        measured: quantile(connections, 0.5),
        note: `(${Math.min(...connections)}–${Math.max(...connections)})`,
      },
    ];
  } finally {
    await program.close();
  }
}

async function sampleConnections(socketPath: string, daemon: number, seconds: number): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    samples.push(openConnections(socketPath, daemon));
    // Not a divisor of a second, so that what happens each second is not always or never met.
    await sleep(Math.min(470, Math.max(0, end - performance.now())));
  }
  return samples;
}
