import { openScreen } from "../test/terminal/screen.ts";
import { type Answer, type Launch, startProgram } from "./program.ts";

/** A program of which the screen is read too: what is painted over an old row is not in the bytes as a whole. */
export type Watched = {
  pid: number;
  /** All rows as they stand now. */
  screen(): string;
  /** The ms until the screen is so, by when its bytes came; undefined when it does not become so. */
  until(holds: Holds, patienceMs?: number): Promise<number | undefined>;
  /** Sends keys; the ms until the screen is so. */
  pressUntil(keys: string, holds: Holds, patienceMs?: number): Promise<number | undefined>;
  /** Sends keys and waits for nothing. */
  send(keys: string): void;
  /** As of a program: the first byte that comes, and the last. */
  press(key: string): Promise<Answer | undefined>;
  close(): Promise<void>;
};

/** What is waited for on a screen. */
export type Holds = (screen: string) => boolean;

const size = { columns: 160, rows: 45 };
const usualPatienceMs = 60_000;

/** Starts a program that is watched. */
export function startWatched(launch: Launch): Watched {
  const program = startProgram(launch);
  const screen = openScreen(size.columns, size.rows, () => {});
  const checks = new Set<(now: number) => void>();
  program.onData((chunk, now) =>
    screen.write(chunk, () => {
      for (const check of [...checks]) check(now);
    }),
  );
  const until = (holds: Holds, patienceMs = usualPatienceMs) => {
    const began = performance.now();
    return new Promise<number | undefined>((resolve) => {
      const finish = (ms: number | undefined) => {
        clearTimeout(timer);
        checks.delete(check);
        resolve(ms);
      };
      const check = (now: number) => {
        // What was written before the key cannot be its answer.
        if (now >= began && holds(screen.text())) finish(now - began);
      };
      const timer = setTimeout(() => finish(undefined), patienceMs);
      checks.add(check);
    });
  };
  return {
    pid: program.pid,
    screen: screen.text,
    until,
    pressUntil(keys, holds, patienceMs) {
      const answer = until(holds, patienceMs);
      program.send(keys);
      return answer;
    },
    send: program.send,
    press: program.press,
    close: program.close,
  };
}
