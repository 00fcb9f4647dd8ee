import type { LogLine } from "./log-lines.ts";
import { stamp } from "./units.ts";

/** How lines are put on the wire. */
export type Framing = { tty: boolean; timestamps: boolean };

const longest = 16_384;

/** `content` with the 8-byte header which tells the stream and the length. */
export function frame(stream: "stdout" | "stderr", content: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(8 + content.length);
  framed.writeUInt32BE(stream === "stdout" ? 0x01000000 : 0x02000000, 0);
  framed.writeUInt32BE(content.length, 4);
  content.copy(framed, 8);
  return framed;
}

/** A line as the engine sends it: raw with a TTY; else in frames of at most 16 KB, each with its own timestamp. */
export function encodeLine(line: LogLine, { tty, timestamps }: Framing): Buffer {
  const prefix = timestamps ? `${stamp(line.ms, line.ns)} ` : "";
  if (tty) return Buffer.from(`${prefix}${line.text}\r\n`);
  if (line.text.length < longest / 4) return frame(line.stream, Buffer.from(`${prefix}${line.text}\n`));
  const bytes = Buffer.from(`${line.text}\n`);
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += longest) {
    const part = bytes.subarray(at, at + longest);
    frames.push(frame(line.stream, Buffer.concat([Buffer.from(prefix), part])));
  }
  return Buffer.concat(frames);
}
