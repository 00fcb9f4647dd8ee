import { setTimeout as sleep } from "node:timers/promises";
import { openPty, sessionMembers } from "../test/terminal/pty.ts";

/** How the program under test is started. */
export type Launch = { command: string; args: string[]; env?: Record<string, string> };

/** The time from a key to the first byte it caused, and to the last before a silence, in ms. */
export type Answer = { first: number; quiet: number };

/** The program under test on a raw pty: bytes are counted and timed, never interpreted. */
export type Program = {
  pid: number;
  bytes(): number;
  /** Hears the output from now on, with the moment when it came. */
  onData(listener: (chunk: Buffer, now: number) => void): void;
  /** The ms from the start until the text was in the output; rejects after a minute or when the program ends. */
  until(text: RegExp): Promise<number>;
  /** Sends a key and waits for nothing. */
  send(key: string): void;
  /** Sends a key and times the answer; undefined if there is none. */
  press(key: string): Promise<Answer | undefined>;
  /** Sends a key; the ms until that text was in what it caused. */
  pressUntil(key: string, text: RegExp): Promise<number>;
  close(): Promise<void>;
};

const silenceMs = 30;
const patienceMs = 250;
const limitMs = 2000;

/** Starts the program at 160×45, as the yardstick for lazydocker did. */
export function startProgram({ command, args, env = {} }: Launch): Program {
  const started = performance.now();
  const pty = openPty(command, args, { columns: 160, rows: 45, env });
  const listeners = new Set<(now: number) => void>();
  const readers = new Set<(chunk: Buffer, now: number) => void>();
  let bytes = 0;
  let seen = "";
  let ended = false;
  pty.onData((chunk) => {
    const now = performance.now();
    bytes += chunk.length;
    const text = chunk.toString("latin1");
    // Only the end matters for recognising a text that came in two pieces.
    seen = seen.slice(-4096) + text;
    if (text.includes("\x1b[6n")) pty.write("\x1b[1;1R");
    if (/\x1b\[0?c/.test(text)) pty.write("\x1b[?62;22c");
    for (const listener of [...listeners]) listener(now);
    for (const reader of readers) reader(chunk, now);
  });
  void pty.exited.then(() => {
    ended = true;
    for (const listener of [...listeners]) listener(performance.now());
  });

  const until = (text: RegExp) =>
    new Promise<number>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        listeners.delete(check);
        settle();
      };
      const fail = (why: string) =>
        finish(() => reject(new Error(`${text} not in the output: ${why}\n${seen.slice(-600)}`)));
      const check = (now: number) => {
        if (text.test(seen)) finish(() => resolve(now - started));
        else if (ended) fail("the program has ended");
      };
      const timer = setTimeout(() => fail("waited a minute"), 60_000);
      listeners.add(check);
    });

  const press = (key: string) =>
    new Promise<Answer | undefined>((resolve) => {
      let first: number | undefined;
      let last = 0;
      const pressed = performance.now();
      const finish = () => {
        clearTimeout(timer);
        listeners.delete(hear);
        resolve(first === undefined ? undefined : { first: first - pressed, quiet: last - pressed });
      };
      const hear = (now: number) => {
        first ??= now;
        last = now;
        clearTimeout(timer);
        if (now - pressed > limitMs || ended) finish();
        else timer = setTimeout(finish, silenceMs);
      };
      let timer = setTimeout(finish, patienceMs);
      listeners.add(hear);
      pty.write(key);
    });

  const pressUntil = async (key: string, text: RegExp) => {
    seen = "";
    const pressed = performance.now();
    pty.write(key);
    return (await until(text)) - (pressed - started);
  };

  const close = async () => {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      for (const { pid } of sessionMembers(pty.pid)) tryKill(pid, signal);
      for (let waited = 0; waited < 2000 && sessionMembers(pty.pid).length > 0; waited += 10) await sleep(10);
    }
    await pty.exited;
  };

  return {
    ...{ pid: pty.pid, bytes: () => bytes, until, press, pressUntil, close },
    onData: (listener) => void readers.add(listener),
    send: (key) => pty.write(key),
  };
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
