import { createDemux, type OutputStream } from "./demux.ts";
import type { Gate } from "./gate.ts";

/** One line as it was written: its RFC 3339 time with nanoseconds, and its text with whatever was in it. */
export type LogLine = {
  stamp: string;
  stream: OutputStream;
  text: string;
  /** Whose it is, where several logs are read as one. */
  from?: string;
  /** Not of the log: words of dockui's own. */
  remark?: true;
};

/** Which part of a log; `since` and `until` are inclusive stamps, `tail` counts from the end before they apply. */
export type LogRange = { tail?: number; since?: string; until?: string; follow: boolean };

/** A line longer than this comes in pieces, so that a stranger cannot fill the memory with one line. */
const lineLimit = 1 << 20;

/**
 * The lines of a container's log in batches, as they arrive; ends when the container stops or the signal aborts.
 * Through /logs, never /attach: an attach that nobody reads stops the container.
 */
export async function* readLog(
  gate: Gate,
  container: { id: string; tty: boolean },
  range: LogRange,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  const query = {
    stdout: 1,
    stderr: 1,
    timestamps: 1,
    ...(range.follow ? { follow: 1 } : {}),
    ...(range.tail === undefined ? {} : { tail: range.tail }),
    ...(range.since === undefined ? {} : { since: unixSeconds(range.since) }),
    ...(range.until === undefined ? {} : { until: unixSeconds(range.until) }),
  };
  const stream = await gate.open(`/containers/${container.id}/logs`, query, signal);
  let batch: LogLine[] = [];
  const reader = createLineReader(container.tty, (line) => batch.push(line));
  for await (const chunk of stream) {
    reader.write(chunk as Buffer);
    if (batch.length > 0) yield batch;
    batch = [];
  }
  reader.end();
  if (batch.length > 0) yield batch;
}

/** Makes lines of the bytes of a /logs answer with timestamps: framed without a TTY, plain with one. */
export function createLineReader(tty: boolean, onLine: (line: LogLine) => void) {
  const open: Record<OutputStream, { stamp: string; bytes: Buffer } | undefined> = {
    out: undefined,
    err: undefined,
  };
  const finish = (stream: OutputStream) => {
    const line = open[stream];
    if (!line) return;
    open[stream] = undefined;
    onLine({ stamp: line.stamp, stream, text: textOf(line.bytes, 0) });
  };
  const frame = (stream: OutputStream, bytes: Buffer) => {
    const space = bytes.indexOf(32);
    const before = open[stream];
    const stamp = before?.stamp ?? bytes.toString("latin1", 0, Math.max(0, space));
    const isEnd = bytes[bytes.length - 1] === 10 && bytes.length > space + 1;
    if (isEnd && !before) return onLine({ stamp, stream, text: textOf(bytes, space + 1) });
    // The engine cuts long lines and stamps every piece: only the first stamp counts.
    const body = bytes.subarray(space + 1);
    const whole = before ? Buffer.concat([before.bytes, body]) : body;
    open[stream] = { stamp, bytes: whole };
    if (isEnd || whole.length > lineLimit) finish(stream);
  };
  const pieces = splitPieces((piece) => frame("out", piece));
  return {
    write: tty ? pieces.write : createDemux(frame),
    /** The stream is over: a last line without a newline is a line too. */
    end() {
      pieces.end();
      finish("out");
      finish("err");
    },
  };
}

/** Takes the output of a TTY apart, which has no frames: a piece is a stamp and what was written, up to its newline. */
function splitPieces(onPiece: (piece: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  const flush = () => {
    if (rest.length > 0) onPiece(rest);
    rest = Buffer.alloc(0);
  };
  return {
    write(chunk: Buffer) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = pieceEnd(bytes, 0); end !== undefined; end = pieceEnd(bytes, from)) {
        onPiece(bytes.subarray(from, end));
        from = end;
      }
      rest = bytes.subarray(from);
      if (rest.length > lineLimit) flush();
    },
    end: flush,
  };
}

/**
 * The engine cuts a longer line after so many bytes, and the next piece begins with a stamp in the midst of it: a
 * little further on where a letter was cut, or bytes that are no text, since each such byte is stored as three.
 */
const pieceBytes = 16_384;
const stampPattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;

/** Where the piece that begins at `from` ends; undefined while that is not known. */
function pieceEnd(bytes: Buffer, from: number): number | undefined {
  const newline = bytes.indexOf(10, from);
  const space = bytes.indexOf(32, from);
  const cut = space + 1 + pieceBytes;
  // Without a space not even the stamp is whole.
  if (space < 0 || (newline >= 0 && newline < cut)) return newline < 0 ? undefined : newline + 1;
  const beyond = bytes.toString(
    "latin1",
    cut,
    Math.min(newline < 0 ? bytes.length : newline, cut + 2 * pieceBytes),
  );
  const stamp = beyond.search(stampPattern);
  if (stamp >= 0) return cut + stamp;
  return newline < 0 ? undefined : newline + 1;
}

/** The text from there on, without the newline at its end. */
function textOf(bytes: Buffer, from: number): string {
  let end = bytes.length;
  if (end > from && bytes[end - 1] === 10) end -= 1;
  if (end > from && bytes[end - 1] === 13) end -= 1;
  return bytes.toString("utf8", from, end);
}

/** "2026-11-21T02:06:42.227052550Z" as unix seconds with nanoseconds: RFC 3339 is refused by old engines. */
function unixSeconds(stamp: string): string {
  const fraction = /\.(\d+)/.exec(stamp)?.[1] ?? "";
  const whole = Math.floor(Date.parse(stamp.replace(/\.\d+/, "")) / 1000);
  return `${whole}.${fraction.padEnd(9, "0").slice(0, 9)}`;
}
