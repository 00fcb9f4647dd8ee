import { createTextCut } from "./bounded.ts";

/** The most that one line may hold. */
const lineLimit = 64 << 20;

/**
 * The JSON values of a stream that holds one per line, however it is cut into chunks (the events, stats and progress
 * streams of the Engine API). A line that is not JSON is passed over; ends with the stream, throws its error.
 */
export async function* jsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  const cut = createTextCut();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(cut(chunk), { stream: true })).split("\n");
    if (rest.length > lineLimit) throw new Error("A line of the engine's answer has no end.");
    rest = lines.pop() ?? "";
    for (const line of lines) yield* parsed(line);
  }
  yield* parsed(rest);
}

function* parsed(line: string): Generator<unknown> {
  if (line.trim() === "") return;
  try {
    yield JSON.parse(line);
  } catch {
    // A broken line says nothing about the next one.
  }
}
