import type { Clock } from "../docker/clock.ts";
import { age } from "../format/age.ts";
import { fit } from "../format/fit.ts";

/** Where a command without a screen writes. */
export type Output = {
  /** What was asked for. */
  out(text: string): void;
  /** What went wrong, or was left. */
  complain(text: string): void;
  /** What is being done, in a line that is written over; undefined takes it away. Only a terminal shows it. */
  progress(step: string | undefined): void;
  /** How wide the terminal is that `out` writes to; absent where it is none, and nothing is made to fit. */
  columns?: number;
};

/** A stream of the process, as far as it is written to. */
export type Stream = { write(text: string): unknown; isTTY?: boolean; columns?: number };

/** Output to those streams. What nobody waits a second for shows no progress. */
export function createOutput(stdout: Stream, stderr: Stream, clock: Clock): Output {
  const line = createLine(stderr, clock);
  const over = (stream: Stream) => (text: string) => {
    line.clear();
    stream.write(text);
  };
  return {
    out: over(stdout),
    complain: over(stderr),
    progress: (step) => (step === undefined || !stderr.isTTY ? line.end() : line.show(step)),
    ...(stdout.isTTY ? { columns: stdout.columns ?? 80 } : {}),
  };
}

const beatMs = 1_000;

/** A line that is painted every second, with how long it has taken; by carriage returns alone. */
function createLine(stream: Stream, clock: Clock) {
  let doing: { step: string; since: number; stop(): void } | undefined;
  let painted = 0;
  const clear = () => {
    if (painted > 0) stream.write(`\r${" ".repeat(painted)}\r`);
    painted = 0;
  };
  const paint = () => {
    if (!doing) return;
    painted = (stream.columns ?? 80) - 1;
    stream.write(`\r${fit(`${doing.step} … ${age(doing.since, clock.ticks())}`, painted)}`);
  };
  return {
    clear,
    show(step: string) {
      doing ??= { step, since: clock.ticks(), stop: clock.every(beatMs, paint) };
      doing.step = step;
    },
    end() {
      doing?.stop();
      doing = undefined;
      clear();
    },
  };
}
