import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../measure.ts";
import { type Launch, type Program, startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

const many = { DOCKUI_DEMO_CONTAINERS: "50", DOCKUI_DEMO_IMAGES: "1000", DOCKUI_DEMO_VOLUMES: "1000" };

/** The clean-up plan and the lists of an engine with 1,000 images and 1,000 volumes, also while it measures its disk. */
export async function disk({ onDemo, quick }: Stage): Promise<Row[]> {
  if (!onDemo) return [];
  return [...(await planOpenings(onDemo, quick)), ...(await keysMeanwhile(onDemo, quick))];
}

/** From `P` to the first painting of the plan that has its total, with figures that are in. */
async function planOpenings(launch: Launch, quick: boolean): Promise<Row[]> {
  const program = startProgram({ ...launch, env: many });
  try {
    await program.until(/live/);
    await program.pressUntil("5", /measured \d+s ago/);
    const plans: number[] = [];
    const screens: number[] = [];
    for (let run = 0; run < (quick ? 5 : 15); run += 1) {
      plans.push(await program.pressUntil("P", /\d+ of \d+ ticked, [^?]*\dGB/));
      await program.pressUntil("\x1b", /KIND/);
      await program.pressUntil("1", /NAME/);
      screens.push(await program.pressUntil("5", /Images.*\d[GM]B/));
      await sleep(300);
    }
    const what = "1,000 images, 1,000 volumes";
    return [
      { measure: `plan open, ${what}, p50`, unit: "ms", target: 500, measured: quantile(plans, 0.5) },
      { measure: `plan open, ${what}, p95`, unit: "ms", measured: quantile(plans, 0.95) },
      { measure: `disk screen with its last figures, p95`, unit: "ms", measured: quantile(screens, 0.95) },
    ];
  } finally {
    await program.close();
  }
}

/** Keys in lists of a thousand rows, and in the plan, while the engine measures for a minute. */
async function keysMeanwhile(launch: Launch, quick: boolean): Promise<Row[]> {
  const program = startProgram({ ...launch, env: { ...many, DOCKUI_DEMO_DF_MS: "60000" } });
  try {
    await program.until(/live/);
    await program.pressUntil("5", /measuring/);
    const rows: Row[] = [];
    const places = [
      { place: "images", key: "2", text: /IMAGE/ },
      { place: "volumes", key: "4", text: /VOLUME/ },
      { place: "the plan", key: "P", text: /ticked/ },
    ];
    for (const { place, key, text } of places) {
      await program.pressUntil(key, text);
      await sleep(1000);
      const first = await hear(program, quick ? 30 : 80);
      const measure = `j and k in ${place}, 1,000 rows, while df runs: first byte, p95`;
      rows.push({ measure, unit: "ms", target: 33, measured: quantile(first, 0.95) });
    }
    return rows;
  } finally {
    await program.close();
  }
}

async function hear(program: Program, presses: number): Promise<number[]> {
  const times: number[] = [];
  for (let press = 0; press < presses; press += 1) {
    const answer = await program.press(press % 40 < 20 ? "j" : "k");
    if (answer) times.push(answer.first);
    await sleep(50);
  }
  return times;
}
