import { type FileHandle, open } from "node:fs/promises";

/** The pieces of a socket are small: so much is written at once, while as much is read. */
const batchBytes = 1 << 20;

/** Writes pieces as they come to a file that must not exist and only its owner may open; tells of each piece. */
export async function writeNew(
  path: string,
  pieces: AsyncIterable<Buffer>,
  onPiece: (length: number) => void,
): Promise<void> {
  const file = await open(path, "wx", 0o600);
  let batch: Buffer[] = [];
  let length = 0;
  let writing = Promise.resolve();
  try {
    for await (const piece of pieces) {
      onPiece(piece.length);
      batch.push(piece);
      length += piece.length;
      if (length < batchBytes) continue;
      await writing;
      writing = writeWhole(file, batch);
      writing.catch(() => undefined); // heard when it is awaited
      batch = [];
      length = 0;
    }
    await writing;
    await writeWhole(file, batch);
  } finally {
    await writing.catch(() => undefined); // a file that is being written to cannot be closed
    await file.close();
  }
}

/** A write may end early, as on a disk that is nearly full: the next one tells why. */
async function writeWhole(file: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  let left = [...pieces];
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left);
    left = after(left, bytesWritten);
  }
}

function after(pieces: readonly Buffer[], written: number): Buffer[] {
  let passed = 0;
  return pieces.flatMap((piece) => {
    const from = Math.min(piece.length, Math.max(0, written - passed));
    passed += piece.length;
    return from < piece.length ? [piece.subarray(from)] : [];
  });
}
