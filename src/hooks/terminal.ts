import type { ReadStream, WriteStream } from "node:tty";

/** The real terminal, while the screen does not use it. */
export type Terminal = { stdin: ReadStream; stdout: WriteStream };

/** Autowrap off keeps a frame intact whose width the terminal sees otherwise; a program in the terminal needs it on. */
export const autowrap = { off: "\u001b[?7l", on: "\u001b[?7h" } as const;

/** Runs something with the terminal wrapping lines as usual. */
export async function withAutowrap(terminal: Terminal, run: () => Promise<void>): Promise<void> {
  terminal.stdout.write(autowrap.on);
  try {
    await run();
  } finally {
    terminal.stdout.write(autowrap.off);
  }
}

/**
 * What a program that was killed may have left on: colours, mouse reports, application keys and keypad, no autowrap,
 * bracketed paste, the alternate screen, a hidden cursor. Leaving the alternate screen puts the cursor back where it was
 * saved, also when it is not on: it is saved first, and put back once more for tmux, which remembers two places.
 */
export const undoModes =
  "\u001b[0m\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?1l\u001b>\u001b[?7h\u001b[?2004l\u001b7\u001b[?1049l\u001b8\u001b[?25h";

/** Bytes as they are typed. */
export type RawInput = { onBytes(listener: (bytes: Buffer) => void): () => void };

/** Gives every key to `run` as raw bytes until it is over, then puts the terminal back in order. */
export async function takeOver(
  { stdin, stdout }: Terminal,
  run: (raw: RawInput) => Promise<void>,
): Promise<void> {
  // What is typed before anybody listens is kept: opening a shell far away takes its time.
  const early: Buffer[] = [];
  let hear: (bytes: Buffer) => void = (bytes) => early.push(bytes);
  // Ink has set an encoding: what comes as text goes on as bytes.
  const onData = (data: Buffer | string) => hear(Buffer.from(data as string, "utf8"));
  stdin.setRawMode(true);
  stdin.ref();
  stdin.on("data", onData);
  stdin.resume();
  try {
    await run({
      onBytes(listener) {
        hear = listener;
        for (const bytes of early.splice(0)) listener(bytes);
        return () => {
          hear = () => {};
        };
      },
    });
  } finally {
    stdin.off("data", onData);
    stdin.pause();
    stdin.setRawMode(false);
    stdout.write(undoModes);
    // Node stops reading a tick after the pause: were the screen back by then, it would hear no key any more.
    await new Promise(setImmediate);
  }
}

/** Leaves the terminal to a program of this machine until it is over: no key of it is read here meanwhile. */
export async function released<Value>(
  { stdin, stdout }: Terminal,
  run: () => Promise<Value>,
): Promise<Value> {
  await new Promise(setImmediate); // it counts as listened to for a tick after Ink has stopped
  stdin.resume(); // only what flows can be paused
  stdin.pause();
  await new Promise(setImmediate); // and Node stops reading a tick after the pause
  try {
    return await run();
  } finally {
    stdout.write(undoModes);
  }
}
