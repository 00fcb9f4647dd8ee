/**
 * Measures dockui from outside, on a pty and against a Docker Engine of its own, and prints one table.
 * usage: node bench/bench.ts [--only start,idle,keys,openings,disk,archive,logs] [--quick] [--program "lazydocker"]
 * Another program gets the engine by DOCKER_HOST. As root, since it starts an engine.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engineUnavailable } from "../test/engine/private-engine.ts";
import { startBusyEngine } from "./busy-engine.ts";
import type { Launch } from "./program.ts";
import type { Stage } from "./scene.ts";
import { archive } from "./scenes/archive.ts";
import { disk } from "./scenes/disk.ts";
import { idle } from "./scenes/idle.ts";
import { keys } from "./scenes/keys.ts";
import { logs } from "./scenes/logs.ts";
import { start } from "./scenes/start.ts";
import { openings } from "./scenes/views.ts";
import { missed, type Row, table } from "./table.ts";

const scenes = { start, idle, keys, openings, disk, archive, logs } satisfies Record<
  string,
  (stage: Stage) => Promise<Row[]>
>;

const bundle = join(import.meta.dirname, "../dist/dockui.js");

process.exitCode = await bench();

async function bench(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: Object.keys(scenes).join(",") },
      quick: { type: "boolean", default: false },
      program: { type: "string" },
    },
  });
  const problem =
    engineUnavailable() ??
    (values.program || existsSync(bundle) ? undefined : `${bundle} is missing: npm run build`);
  if (problem) {
    console.error(`bench: ${problem}`);
    return 2;
  }
  console.error("starting an engine with 50 containers …");
  const engine = await startBusyEngine(50);
  try {
    const stage = { engine, quick: values.quick, ...launches(engine.host, values.program) };
    const rows: Row[] = [];
    for (const [name, play] of Object.entries(scenes)) {
      if (!values.only.split(",").includes(name)) continue;
      console.error(`measuring ${name} …`);
      rows.push(...(await play(stage)));
    }
    console.log(table(rows));
    return rows.some(missed) ? 1 : 0;
  } finally {
    await engine.remove();
  }
}

function launches(
  host: string,
  program: string | undefined,
): { onEngine: Launch; onDemo: Launch | undefined } {
  if (program) {
    const [command = program, ...args] = program.split(" ");
    return { onEngine: { command, args, env: { DOCKER_HOST: host } }, onDemo: undefined };
  }
  const command = process.execPath;
  // As the first line of bin/dockui.js has it.
  const started = ["--max-semi-space-size=4", join(import.meta.dirname, "../bin/dockui.js")];
  return {
    onEngine: { command, args: [...started, "-H", host] },
    onDemo: { command, args: [...started, "--demo"], env: { DOCKUI_DEMO_CONTAINERS: "5000" } },
  };
}
