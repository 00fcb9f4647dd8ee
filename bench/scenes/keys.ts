import { setTimeout as sleep } from "node:timers/promises";
import { containerName } from "../busy-engine.ts";
import { quantile } from "../measure.ts";
import { type Answer, type Launch, startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

const backspace = "\x7f";
const queries = ["web", "api-1", "zzz", "cache", "worker"];

/** So many presses come before those that count: a program that runs all day is warm. They have a row of their own. */
const warmUps = 25;

/** From a key to what it paints: moving through fifty and five thousand rows, and typing a find query. */
export async function keys({ onEngine, onDemo, quick }: Stage): Promise<Row[]> {
  const moves = Array.from({ length: quick ? 50 : 125 }, (_, press) => (press % 50 < 25 ? "j" : "k"));
  const typing = queries.flatMap((query) => [...query, ...Array.from(query, () => backspace)]);
  const few = await hear(onEngine, { ready: containerName, before: [], presses: moves });
  const rows = rowsOf("j and k, 50 containers", few, 16);
  if (!onDemo) return rows;
  const many = await hear(onDemo, { ready: /\S/, before: [], presses: moves });
  const found = await hear(onDemo, { ready: /\S/, before: ["/"], presses: [...typing, ...typing] });
  return [
    ...rows,
    ...rowsOf("j and k, 5,000 containers", many, 33),
    ...rowsOf("find, 5,000 containers", found, 33),
  ];
}

type Answers = { pressed: number; answers: Answer[] };

type Story = { ready: RegExp; before: string[]; presses: string[] };

async function hear(launch: Launch, { ready, before, presses }: Story): Promise<Answers> {
  const program = startProgram(launch);
  try {
    await program.until(ready);
    await sleep(4000);
    for (const key of before) {
      await program.press(key);
      await sleep(300);
    }
    const answers: Answer[] = [];
    for (const key of presses) {
      const answer = await program.press(key);
      if (answer) answers.push(answer);
      await sleep(50);
    }
    return { pressed: presses.length, answers };
  } finally {
    await program.close();
  }
}

function rowsOf(what: string, { pressed, answers }: Answers, target: number): Row[] {
  const warm = answers.slice(warmUps);
  const first = warm.map((answer) => answer.first);
  const quiet = warm.map((answer) => answer.quiet);
  const cold = answers.slice(0, warmUps).map((answer) => answer.first);
  const unanswered = answers.length < pressed ? { note: `(${answers.length} of ${pressed} answered)` } : {};
  return [
    { measure: `${what}: first byte, p50`, unit: "ms", measured: quantile(first, 0.5), ...unanswered },
    { measure: `${what}: first byte, p95`, unit: "ms", target, measured: quantile(first, 0.95) },
    { measure: `${what}: quiet, p95`, unit: "ms", measured: quantile(quiet, 0.95) },
    { measure: `${what}: the first ${warmUps} keys, p95`, unit: "ms", measured: quantile(cold, 0.95) },
  ];
}
