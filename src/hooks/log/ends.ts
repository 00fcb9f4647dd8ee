import type { FeedState, LogBuffer } from "../../docker/log-buffer.ts";
import type { Stretch } from "./stretch.ts";

type EndsState = Pick<FeedState, "older" | "newer">;

/** Whether more of a log lies above and below what is kept of it. */
export type Ends = {
  newer(): Exclude<FeedState["newer"], "loading">;
  /** What is kept begins with the first line of the log, or `more` lies above. */
  older(more: boolean): Pick<FeedState, "older">;
  /** What of it became otherwise by itself: the first line went, or new lines found no room. */
  since(state: EndsState): Partial<EndsState>;
};

/** The ends of that stretch, which that buffer keeps. */
export function createEnds(buffer: LogBuffer, stretch: Stretch): Ends {
  /** How many lines had gone because of the limits when the first line of the log was kept. */
  let gone = 0;
  const newer = () => (stretch.isLive() ? "live" : "more");
  const older = (more: boolean): Pick<FeedState, "older"> => {
    gone = buffer.dropped();
    return { older: more ? "more" : "none" };
  };
  return {
    newer,
    older,
    since: (state) => ({
      ...(state.older === "none" && buffer.dropped() > gone ? older(true) : {}),
      ...(state.newer === "live" ? { newer: newer() } : {}),
    }),
  };
}
