import type { FeedState, LogSearch } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { byTime, count, type Member, oldest } from "./members.ts";

/** A log shorter than this from the beginning has no older lines: that is asked at once, not when scrolled to. */
const shortLog = 500;
/** So many pages of older lines are asked for at a time. */
const pagesAtOnce = 4;

/** Where their logs stand together. */
export function stateOf(
  members: readonly Member[],
): Pick<FeedState, "status" | "older" | "reason" | "looked"> {
  const states = members.map(({ feed }) => feed.get());
  const status = (["following", "opening", "ended", "failed"] as const).find((one) =>
    states.some((state) => state.status === one),
  );
  // An empty log has nothing older, one that a sieve is going through may have.
  const held = members
    .filter(({ feed }) => count(feed) > 0 || feed.get().looked !== undefined)
    .map(({ feed }) => feed.get());
  const older = (["loading", "more"] as const).find((one) => held.some((state) => state.older === one));
  const looked = states.flatMap((one) => one.looked ?? []);
  return {
    ...{ status: status ?? "ended", older: older ?? "none", reason: "none of them runs" },
    looked: looked.length === 0 ? undefined : looked.reduce((sum, lines) => sum + lines),
  };
}

/** Whether what is merged reaches to all their ends. */
export function newerOf(members: readonly Member[], attached: boolean): FeedState["newer"] {
  if (members.some(({ feed }) => feed.get().newer === "loading")) return "loading";
  return attached ? "live" : "more";
}

/** Those whose older lines are wanted first: they reach back least. */
export function leastBack(members: readonly Member[]): readonly Member[] {
  const back = members.filter(({ feed }) => feed.get().older === "more" && count(feed) > 0);
  return back.toSorted((a, b) => (oldest(a.feed) < oldest(b.feed) ? 1 : -1)).slice(0, pagesAtOnce);
}

/** Those of which all there is may well be here: that is found out by asking once more. */
export function shortOnes(members: readonly Member[]): readonly Member[] {
  return members.filter(({ feed }) => {
    const { older, newer } = feed.get();
    // One that let go of lines has older ones.
    const isWhole = older === "more" && newer === "live" && feed.buffer.dropped() === 0;
    return isWhole && count(feed) > 0 && count(feed) < shortLog;
  });
}

/** The nearest line of them all that passes. */
export async function searchAll(
  members: readonly Member[],
  { direction, from, passes, ...search }: LogSearch,
): Promise<LogLine | undefined> {
  const readable = members.filter(({ feed }) => feed.get().status !== "failed");
  const found = await Promise.all(
    readable.map(async ({ name, feed }) => {
      const owned = (line: LogLine) => ({ ...line, from: name });
      const isBeyond = ({ stamp }: LogLine) => (direction < 0 ? stamp <= from.stamp : stamp >= from.stamp);
      const isOther = name !== from.from;
      const wanted = (line: LogLine) => (!isOther || isBeyond(line)) && passes(owned(line));
      const line = await feed.places.search({ ...search, direction, from, isOther, passes: wanted });
      return line && owned(line);
    }),
  );
  const inOrder = byTime(found.flatMap((line) => line ?? []));
  return direction < 0 ? inOrder.at(-1) : inOrder[0];
}

/** Why a log cannot be had, once; at the moment `now` (unix ms). */
export function complaint(member: Member, now: number): LogLine[] {
  const { status, reason = "" } = member.feed.get();
  const isDue = status === "failed" && !member.complained;
  member.complained = status === "failed";
  const stamp = new Date(now).toISOString();
  return isDue ? [{ stamp, stream: "err", text: `dockui: ${reason}`, from: member.name }] : [];
}
