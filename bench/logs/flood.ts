import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, processTree, pssMib, quantile } from "../measure.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";
import type { Holds, Watched } from "../watched.ts";
import type { Writers } from "./containers.ts";
import { linesOf } from "./lines.ts";
import { openList, pageDown, pageUp, pressed } from "./story.ts";

const name = "log-flood";

const isTyping: Holds = (screen) => screen.includes("search upwards");
const isFollowing: Holds = (screen) => /\b(not )?following\b/.exec(screen)?.[1] === undefined;
const not =
  (holds: Holds): Holds =>
  (screen) =>
    !holds(screen);

/** Keys that answer where frames come all the time: what they change on the screen tells their frame from others. */
type Heard = { following: number[]; resting: number[]; shown: number[] };

/** A log that is written as fast as can be: keys meanwhile, memory and processor time. */
export async function flooded({ onEngine, quick }: Stage, writers: Writers): Promise<Row[]> {
  const seconds = quick ? 15 : 60;
  await writers.start({ name, lines: () => linesOf("plain", 200_000), waits: true, endless: true });
  const program = await openList(onEngine, { query: `name:${name}`, names: [name] });
  try {
    await pressed(program, "l", (screen) => screen.includes("following"));
    await writers.go(name);
    await program.until((screen) => screen.includes("/s"));
    const pids = processTree(program.pid);
    const before = { cpu: cpuSeconds(pids), at: performance.now() };
    const heard: Heard = { following: [], resting: [], shown: [] };
    const memory: number[] = [];
    while (performance.now() - before.at < seconds * 1000) {
      await hearOnce(program, heard);
      memory.push(pssMib(processTree(program.pid)));
    }
    const passed = (performance.now() - before.at) / 1000;
    const cpu = (100 * (cpuSeconds(pids) - before.cpu)) / passed;
    const rate = /(\d+)\/s/.exec(program.screen())?.[1];
    const flood = `a flood of ${seconds} s`;
    return [
      row(`${flood}: keys while following, first byte, p95`, heard.following),
      row(`${flood}: keys while not following, first byte, p95`, heard.resting),
      row(`${flood}: keys until their change is seen, p95`, heard.shown),
      { measure: `${flood}: dockui's CPU`, unit: "%", measured: cpu, note: `(${rate} lines/s)` },
      { measure: `${flood}: memory at the end (PSS)`, unit: "MiB", target: 150, measured: memory.at(-1) },
      { measure: `${flood}: memory at most (PSS)`, unit: "MiB", measured: Math.max(...memory) },
    ];
  } finally {
    await program.close();
  }
}

async function hearOnce(program: Watched, heard: Heard): Promise<void> {
  const hear = async (key: string, into: number[]) => {
    const answer = await program.press(key);
    if (answer) into.push(answer.first);
    await sleep(30);
  };
  const see = async (key: string, holds: Holds) => {
    const ms = await pressed(program, key, holds);
    if (ms !== undefined) heard.shown.push(ms);
    await sleep(30);
  };
  await see("k", not(isFollowing));
  for (const key of ["k", "j", pageUp, pageUp, pageDown]) await hear(key, heard.resting);
  await see("/", isTyping);
  for (const key of "ab") await hear(key, heard.resting);
  await see("\x1b", not(isTyping));
  await see("f", isFollowing);
  await sleep(200);
  for (const key of ["j", pageDown, "w", "w"]) await hear(key, heard.following);
  await see("/", isTyping);
  await hear("x", heard.following);
  await see("\x1b", not(isTyping));
  await hear(pageUp, heard.following);
  await see("f", isFollowing);
}

const row = (measure: string, times: number[]): Row => ({
  ...{ measure, unit: "ms", target: 33, measured: quantile(times, 0.95), note: `(of ${times.length})` },
});
