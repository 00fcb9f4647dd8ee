import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../docker/logs.ts";
import { createKnown, remembered } from "./known.ts";
import { isSame, remark, tailOf } from "./places.ts";
import type { Rate } from "./rate.ts";
import { mended } from "./recheck.ts";
import type { Stretch } from "./stretch.ts";

/** Lines looked through when a log goes on after an interruption. */
const resumeTail = 5_000;
const tooMany = `more than ${resumeTail} lines came here meanwhile and were not read`;

/** What arrives at the end of a log while it is followed, told from what comes again. */
export type Arrivals = {
  /** What is to be followed: a little before the last line that came; `first` where none did. */
  begin(first: Omit<LogRange, "follow">): Omit<LogRange, "follow">;
  /** The next lines of the stream. */
  take(lines: readonly LogLine[]): void;
  /** What is kept reaches to the end as it was asked for; false when it is not known where what arrived goes on. */
  join(): boolean;
  /** These are the last lines of the log, whatever arrived in their place. */
  mend(lines: readonly LogLine[]): void;
  /** Nothing is known any more: another log begins. */
  forget(): void;
};

/** Arrivals that join that stretch. */
export function createArrivals(buffer: LogBuffer, stretch: Stretch, rate: Rate): Arrivals {
  /** The newest lines that came: they outlive what was cleared. */
  let known = createKnown();
  /** The last of them when the stream began. */
  let last: LogLine | undefined;
  return {
    begin(first) {
      last = known.last();
      const since = known.again();
      rate.begin();
      return since === undefined ? first : { since, tail: resumeTail };
    },
    take(lines) {
      const wasLost = known.lost();
      const fresh = known.fresh(lines);
      if (last && known.lost() && !wasLost) stretch.lose(remark(last.stamp, tooMany));
      rate.add(fresh.length);
      stretch.arrive(fresh);
    },
    join() {
      const tail = tailOf(buffer, remembered);
      const end = tail.at(-1);
      if (!end) return false;
      const behind = known.behind(end);
      const newest = known.last();
      if (behind) stretch.join(behind);
      // Or it is not as far yet: then what is kept comes to it still.
      else if (!newest || tail.some((line) => isSame(line, newest))) {
        known.replace(tail, newest);
        stretch.join([]);
      }
      return true;
    },
    mend(lines) {
      const all = mended(buffer, lines);
      buffer.clear();
      buffer.append(all);
      known.replace(lines, lines.at(-1));
    },
    forget() {
      known = createKnown();
    },
  };
}
