import { Duplex } from "node:stream";
import { createDemux } from "../demux.ts";
import { createDetachWatch } from "./detach-keys.ts";

/** What lies on the other side: with `tty` raw bytes, else frames; `deaf` when it hears nothing that is typed. */
export type AttachedSide = { tty: boolean; deaf: boolean; detachKeys: string };

/**
 * Makes a terminal of an attach where the engine offers none. Without a TTY: both outputs as bytes to print on a raw
 * terminal, and what is typed line by line, shown as it is typed (nobody else would), as a terminal's driver does:
 * backspace, ctrl+u, ctrl+d. Ends when the socket does, or at the detach keys, which the engine watches for only where
 * it passes keys on to a TTY, and without a word of why it ended.
 */
export function attachTerminal(socket: Duplex, options: AttachedSide): Duplex {
  const detach = createDetachWatch(options.detachKeys);
  const terminal = new Duplex({
    read: () => void socket.resume(),
    write(chunk: Buffer, _encoding, done) {
      const { pass, detached } = detach(chunk);
      if (!options.deaf && pass.length > 0) type(pass);
      done();
      if (detached) terminal.destroy();
    },
    final(done) {
      socket.end();
      done();
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  const show = (bytes: Buffer) => {
    if (!terminal.push(bytes)) socket.pause();
  };
  const send = (bytes: Buffer) => void socket.write(bytes);
  const type = options.tty ? send : createLineInput({ show, send, end: () => socket.end() });
  const demux = createDemux((_, bytes) => show(withReturns(bytes)));
  socket.on("data", (chunk: Buffer) => {
    try {
      (options.tty ? show : demux)(chunk);
    } catch (error) {
      terminal.destroy(error as Error); // out of step: what follows cannot be read
    }
  });
  socket.once("end", () => terminal.push(null));
  // What came before its end may not have been read yet.
  socket.once("close", () => socket.readableEnded || terminal.destroy());
  return terminal;
}

/** On a raw terminal a newline only goes down. */
function withReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1");
}

type LineInput = { show: (bytes: Buffer) => void; send: (line: Buffer) => void; end: () => void };

/** Gathers typed bytes to lines. */
function createLineInput({ show, send, end }: LineInput): (bytes: Buffer) => void {
  let line: number[] = [];
  const erase = () => {
    // The later bytes of a letter go with its first.
    while (((line.at(-1) ?? 0) & 0xc0) === 0x80) line.pop();
    if (line.pop() !== undefined) show(Buffer.from("\b \b"));
  };
  const keys: Readonly<Record<number, () => void>> = {
    4: () => {
      if (line.length === 0) end();
    },
    8: erase,
    10: () => finish(),
    13: () => finish(),
    21: () => {
      while (line.length > 0) erase();
    },
    127: erase,
  };
  const finish = () => {
    show(Buffer.from("\r\n"));
    send(Buffer.from([...line, 10]));
    line = [];
  };
  return (bytes) => {
    for (const byte of bytes) {
      const key = keys[byte];
      if (key) key();
      else if (byte >= 32 || byte === 9) {
        line.push(byte);
        show(Buffer.from([byte]));
      }
    }
  };
}
