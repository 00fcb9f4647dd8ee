import { once } from "node:events";
import type { Readable } from "node:stream";
import type { Header, Pack } from "tar-stream";
import type { Gate } from "../gate.ts";

/** Where a tar is unpacked, and whether a file may take the place of a folder. */
export type Unpacking = { folder: string; signal: AbortSignal; overFolders?: "refuse" | "replace" };

/** Sends a tar that is written while it is sent, with what `fill` puts into it. */
export async function sendTar(
  gate: Gate,
  id: string,
  { folder, signal, overFolders = "refuse" }: Unpacking,
  fill: (tar: TarWriter) => Promise<void>,
): Promise<void> {
  const { pack } = await import("tar-stream"); // the bundle evaluates it here, not at every start
  signal.throwIfAborted();
  const tar = pack();
  tar.on("error", ignore);
  const query = { path: folder, ...(overFolders === "refuse" ? { noOverwriteDirNonDir: 1 } : {}) };
  // A stream of its own kind, but docker-modem only asks it to pipe and to tell of errors.
  const body = tar as unknown as Readable;
  const sent = gate.upload(`/containers/${id}/archive`, query, body, signal);
  const filled = fill(createTarWriter(tar)).then(
    () => tar.finalize(),
    (error: Error) => void tar.destroy(error), // which fails the sending, with this error
  );
  try {
    await sent;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    tar.destroy(); // nobody takes what is still being written
    await filled;
  }
}

/** An entry to be written; what is left out is 0. */
export type NewHeader = Partial<Header> & { name: string };

/** Writes the entries of a tar one after the other. */
export type TarWriter = {
  /** An entry without contents. */
  add(header: NewHeader): Promise<void>;
  /** A file; `contents` must bring exactly the size that its header says. */
  addFile(header: NewHeader, contents: AsyncIterable<Buffer>): Promise<void>;
};

function createTarWriter(tar: Pack): TarWriter {
  return {
    add: (header) =>
      new Promise((resolve, reject) => {
        const entry = tar.entry(whole(header), (error) => (error ? reject(error) : resolve()));
        entry.on("error", ignore);
      }),
    async addFile(header, contents) {
      let settle: (error?: Error | null) => void = ignore;
      const written = new Promise<void>((resolve, reject) => {
        settle = (error) => (error ? reject(error) : resolve());
      });
      written.catch(ignore); // heard below, after the contents
      const entry = tar.entry(whole(header), (error) => settle(error)).on("error", ignore);
      try {
        for await (const chunk of contents) {
          if (!entry.write(chunk)) await Promise.race([once(entry, "drain"), written]);
        }
      } catch (error) {
        entry.destroy(error as Error);
        throw error;
      }
      entry.end(undefined);
      await written;
    },
  };
}

/** Errors of an entry come through its callback as well. */
const ignore = () => {};

/** The most that the octal field of an owner holds, and that of a time as tar-stream writes it. */
const largest = { owner: 0o777777, seconds: 2 ** 31 - 1 };

/** A header with what tar-stream leaves out of its fields in an extended header. */
function whole(header: NewHeader): NewHeader {
  const { uid = 0, gid = 0, mode = 0, mtime = new Date(0) } = header;
  const seconds = Math.floor(mtime.getTime() / 1000);
  const fits = seconds >= 0 && seconds <= largest.seconds;
  const pax = {
    ...(uid > largest.owner ? { uid } : {}),
    ...(gid > largest.owner ? { gid } : {}),
    ...(fits ? {} : { mtime: seconds }),
  };
  return {
    ...header,
    mode: mode | 0o10000, // beyond what is written: without any bit tar-stream would choose a mode itself
    mtime: fits ? mtime : new Date(0),
    ...(Object.keys(pax).length > 0 ? { pax } : {}),
  };
}
