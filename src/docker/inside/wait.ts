import type { Gate } from "../gate.ts";
import { number, record } from "../raw.ts";

/**
 * The exit code of a container when it has stopped: at once if it does not run, else whenever that is, for there is no
 * time limit but the signal. Also of one that is removed as it ends. Passes in read-only mode.
 */
export async function waitForEnd(gate: Gate, id: string, signal: AbortSignal): Promise<number> {
  const query = { condition: "not-running", abortSignal: signal };
  const answer = record(await gate.streams.getContainer(id).wait(query as never));
  return number(answer.StatusCode);
}
