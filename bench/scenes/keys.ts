import { setTimeout as sleep } from "node:timers/promises";
import { containerName } from "../busy-engine.ts";
import { quantile } from "../measure.ts";
import { type Answer, type Launch, startProgram } from "../program.ts";
import type { Stage } from "../scene.ts";
import type { Row } from "../table.ts";

const backspace = "\x7f";
const queries = ["web", "api-1", "zzz", "cache"];

/** From a key to what it paints: moving through fifty and five thousand rows, and typing a find query. */
export async function keys({ onEngine, onDemo, quick }: Stage): Promise<Row[]> {
  const moves = Array.from({ length: quick ? 20 : 40 }, () => "j");
  const typing = queries.flatMap((query) => [...query, ...Array.from(query, () => backspace)]);
  const few = await hear(onEngine, { ready: containerName, before: [], presses: moves });
  const rows = rowsOf("j, 50 containers", few, 16);
  if (!onDemo) return rows;
  const many = await hear(onDemo, { ready: /\S/, before: [], presses: moves });
  const found = await hear(onDemo, { ready: /\S/, before: ["/"], presses: typing });
  return [
    ...rows,
    ...rowsOf("j, 5,000 containers", many, 33),
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
  const first = answers.map((answer) => answer.first);
  const quiet = answers.map((answer) => answer.quiet);
  const unanswered = answers.length < pressed ? { note: `(${answers.length} of ${pressed} answered)` } : {};
  return [
    { measure: `${what}: first byte, p50`, unit: "ms", measured: quantile(first, 0.5), ...unanswered },
    { measure: `${what}: first byte, p95`, unit: "ms", target, measured: quantile(first, 0.95) },
    { measure: `${what}: quiet, p50`, unit: "ms", measured: quantile(quiet, 0.5) },
    { measure: `${what}: quiet, p95`, unit: "ms", measured: quantile(quiet, 0.95) },
  ];
}
