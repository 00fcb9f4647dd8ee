import { text } from "node:stream/consumers";
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

/**
 * The exit code of a container that is yet to start. Resolves when the engine waits, so that a start after it cannot be
 * too fast; with `removed` the code comes when the container is gone, as one is that is removed at its end.
 */
export async function waitForNextEnd(
  gate: Gate,
  id: string,
  { removed, signal }: { removed: boolean; signal: AbortSignal },
): Promise<{ code: Promise<number> }> {
  const query = { condition: removed ? "removed" : "next-exit" };
  const answer = await gate.open(`/containers/${id}/wait`, query, signal, "POST");
  const code = text(answer).then((json) => number(record(JSON.parse(json)).StatusCode));
  code.catch(() => {}); // whoever leaves does not ask
  return { code };
}
