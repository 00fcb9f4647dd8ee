/** Which of a container's two outputs a piece came from. */
export type OutputStream = "out" | "err";

/** Longer frames than this do not exist (the engine cuts at 16 KiB): such a header means the stream is out of step. */
const frameLimit = 1 << 24;

/**
 * Takes apart the Engine API's multiplexed stream (8-byte header: stream, 0, 0, 0, length big-endian) and gives each
 * frame whole; copies only what was cut between chunks. Ours because docker-modem's demuxStream is quadratic,
 * overflows the stack at 3,083 frames in a chunk and takes stream 3 (systemerr, "err" here) for raw output.
 * Throws when the stream is out of step.
 */
export function createDemux(onFrame: (stream: OutputStream, bytes: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 8) {
      const size = bytes.readUInt32BE(at + 4);
      if (size > frameLimit) throw new Error("The engine's output stream is out of step.");
      if (bytes.length - at - 8 < size) break;
      onFrame((bytes[at] ?? 1) <= 1 ? "out" : "err", bytes.subarray(at + 8, at + 8 + size));
      at += 8 + size;
    }
    rest = bytes.subarray(at);
  };
}
