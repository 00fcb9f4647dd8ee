import type { ShellSession } from "../../src/docker/inside/shell.ts";
import { patienceMs } from "../patience.ts";

/** A conversation with a shell: what was heard, and how it ended. */
export type Talk = {
  type(text: string): void;
  /** Resolves as soon as what was heard since the last call matches; rejects with all of it when it does not. */
  hears(wanted: RegExp, timeoutMs?: number): Promise<void>;
  /** Resolves when the stream is over, with the exit code. */
  end(): Promise<number | undefined>;
};

/** Listens to a shell from now on. */
export function talkTo({ stream, exitCode }: ShellSession): Talk {
  let heard = "";
  let check = () => {};
  stream.on("data", (bytes: Buffer) => {
    heard += bytes.toString("utf8");
    check();
  });
  const over = new Promise<void>((resolve) => {
    for (const event of ["end", "close", "error"]) stream.once(event, () => resolve());
  });
  return {
    type: (text) => void stream.write(text),
    hears(wanted, timeoutMs = patienceMs) {
      const caller = new Error();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          caller.message = `did not hear ${wanted}, but: ${JSON.stringify(heard)}`;
          reject(caller);
        }, timeoutMs);
        check = () => {
          const found = wanted.exec(heard);
          if (!found) return;
          heard = heard.slice(found.index + found[0].length);
          check = () => {};
          clearTimeout(timer);
          resolve();
        };
        check();
      });
    },
    async end() {
      await over;
      return exitCode();
    },
  };
}
