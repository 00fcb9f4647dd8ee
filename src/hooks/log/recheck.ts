import type { Clock } from "../../docker/clock.ts";
import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { isSame, keptFrom, remark, tailOf } from "./places.ts";
import { type ReadLog, readLast } from "./reader.ts";

/** A burst is over when nothing came for so long, in ms; after fewer lines nothing hurries. */
const quietMs = { afterBurst: 400, afterFew: 3_000 };
/** Fewer lines are no burst; and so many of the last ones are compared at most. */
const burst = 500;
const compared = 4_000;

/**
 * Looks when a log is quiet again whether the engine's stream left lines out: of a log that is rotated faster than the
 * engine follows, whole files are missing; of a journal, single lines; and the last ones come only when more are written.
 */
export type Recheck = {
  /** So many lines came. */
  add(count: number): void;
  stop(): void;
};

/** What a recheck needs: `mend` gets the last lines of the log where others are kept. */
type Parts = {
  clock: Clock;
  buffer: LogBuffer;
  read: ReadLog;
  isLive(): boolean;
  mend(lines: readonly LogLine[]): void;
};

/** Rechecks what that buffer keeps of the end of a log. */
export function createRecheck({ clock, buffer, read, isLive, mend }: Parts): Recheck {
  let came = 0;
  let cancel = () => {};
  let leaving = new AbortController();

  async function check(): Promise<void> {
    const count = Math.min(came, compared, buffer.end() - buffer.first());
    const end = buffer.end();
    if (count === 0 || !isLive()) return;
    const { signal } = leaving;
    const last = async (lines: number) => {
      const found = await readLast(read, { tail: lines + 1 }, { count: lines + 1, signal });
      // The first may be the end of a long line, unless these are all that there are.
      return found.length > lines ? found.slice(1) : found;
    };
    const isWhole = endsWith(buffer, await last(count));
    // More may be missing than came.
    const lines = isWhole ? [] : await last(compared);
    // What came meanwhile is looked at when it is quiet again.
    if (buffer.end() !== end || !isLive()) return;
    came = 0;
    if (!isWhole) mend(lines);
  }
  return {
    add(count) {
      came += count;
      cancel();
      // Where it cannot be read, the stream says so.
      const ms = came < burst ? quietMs.afterFew : quietMs.afterBurst;
      cancel = clock.after(ms, () => void check().catch(() => {}));
    },
    stop() {
      cancel();
      leaving.abort();
      leaving = new AbortController();
      came = 0;
    },
  };
}

function endsWith(buffer: LogBuffer, lines: readonly LogLine[]): boolean {
  const kept = tailOf(buffer, lines.length);
  return lines.every((line, at) => isSame(line, kept[at + kept.length - lines.length]));
}

/** What is kept with the last lines of the log in the place of what was taken for them. */
export function mended(buffer: LogBuffer, lines: readonly LogLine[]): LogLine[] {
  const kept = [...keptFrom(buffer)];
  const [first] = lines;
  const from = kept.findLastIndex((line) => isSame(line, first));
  if (from >= 0) return [...kept.slice(0, from), ...lines];
  const before = kept.filter(({ stamp }) => stamp < (first?.stamp ?? ""));
  if (before.length === 0) return [...lines];
  const gap = remark(before.at(-1)?.stamp ?? "", "lines are missing here: the engine left them out");
  return [...before, gap, ...lines];
}
