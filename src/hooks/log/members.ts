import type { FeedState, LogBuffer, LogFeed, LogSearch } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import type { ContainerFeed } from "./feed.ts";

/** One of several logs read as one: the numbers of its lines that are among the merged ones; none before it had any. */
export type Member = {
  name: string;
  feed: ContainerFeed;
  taken: Taken | undefined;
  complained: boolean;
};

type Taken = { first: number; end: number; clearings: number };

/** How many lines a feed keeps. */
export const count = ({ buffer }: LogFeed) => buffer.end() - buffer.first();
/** The stamp of its oldest line. */
export const oldest = ({ buffer }: LogFeed) => buffer.get(buffer.first())?.stamp ?? "";
const stampAt = ({ buffer }: LogFeed, number: number) => buffer.get(number)?.stamp ?? "";

/** Nothing of it is taken yet: where it ends at first is where older lines are told from newer ones. */
export function atBeginning(feed: LogFeed): Taken | undefined {
  if (count(feed) === 0) return undefined;
  const at = feed.get().newer === "live" ? feed.buffer.end() : feed.buffer.first();
  return { first: at, end: at, clearings: feed.buffer.clearings() };
}

/** Whether it has lines of which none are taken: it is new, or keeps others now. */
export function isNew({ feed, taken }: Member): boolean {
  return count(feed) > 0 && taken?.clearings !== feed.buffer.clearings();
}

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

/** All logs are known from that stamp on. */
export function reach(members: readonly Member[]): string {
  const partly = members.filter(
    ({ feed }) => ["more", "loading"].includes(feed.get().older) && count(feed) > 0,
  );
  return partly.reduce((last, { feed }) => (oldest(feed) > last ? oldest(feed) : last), "");
}

/** All logs are known up to that stamp; undefined when all reach to their ends. */
export function ceiling(members: readonly Member[]): string | undefined {
  const partly = members.filter(({ feed }) => feed.get().newer !== "live" && count(feed) > 0);
  const ends = partly.map(({ feed }) => feed.buffer.get(feed.buffer.end() - 1)?.stamp ?? "");
  return ends.length === 0 ? undefined : ends.reduce((first, stamp) => (stamp < first ? stamp : first));
}

/** The lines behind those taken, by time, up to a stamp and so many at most; they are taken now. */
export function takeNew(
  members: readonly Member[],
  { bound, most }: { bound: string | undefined; most: number },
): LogLine[] {
  const found = members.flatMap((member) => {
    const { feed, taken } = member;
    if (!taken) return [];
    taken.end = Math.max(taken.end, feed.buffer.first());
    let end = taken.end;
    const fits = (number: number) => bound === undefined || stampAt(feed, number) <= bound;
    while (end < feed.buffer.end() && end - taken.end < most && fits(end)) end += 1;
    return between(member, taken.end, end).map((line) => ({ member, line }));
  });
  const chosen = byStamp(found, ({ line }) => line.stamp).slice(0, most);
  for (const { member } of chosen) if (member.taken) member.taken.end += 1;
  return chosen.map(({ line }) => line);
}

/** The lines before those taken, back to that stamp; they are taken now. */
export function takeOlder(member: Member, bound: string): LogLine[] {
  const { feed, taken } = member;
  if (!taken) return [];
  const end = taken.first;
  while (taken.first > feed.buffer.first() && stampAt(feed, taken.first - 1) >= bound) taken.first -= 1;
  return between(member, taken.first, end);
}

/** Gives back what is not among the merged lines any more: the newest made room for older ones, or found none. */
export function resumeBehind(members: readonly Member[], merged: LogBuffer): void {
  const end = merged.end();
  const last = merged.get(end - 1)?.stamp ?? "";
  const kept = ofOneMoment(merged, { from: end - 1, step: -1 });
  for (const { name, feed, taken } of members) {
    if (!taken) continue;
    let at = Math.min(taken.end, feed.buffer.end());
    while (at > taken.first && stampAt(feed, at - 1) >= last) at -= 1;
    taken.end = at + (kept.get(name) ?? 0);
  }
}

/** Lets go of what is not among the merged lines any more: the oldest made room for newer ones. */
export function beginWith(members: readonly Member[], merged: LogBuffer): void {
  const first = merged.get(merged.first())?.stamp ?? "";
  const kept = ofOneMoment(merged, { from: merged.first(), step: 1 });
  for (const { name, feed, taken } of members) {
    if (!taken) continue;
    let at = Math.max(taken.first, feed.buffer.first());
    while (at < taken.end && stampAt(feed, at) <= first) at += 1;
    taken.first = Math.max(taken.first, at - (kept.get(name) ?? 0));
    if (feed.buffer.first() < taken.first) feed.forget(taken.first);
  }
}

/** How many lines of each have the stamp of the line `from`, in that direction. */
function ofOneMoment(merged: LogBuffer, { from, step }: { from: number; step: 1 | -1 }): Map<string, number> {
  const counts = new Map<string, number>();
  const stamp = merged.get(from)?.stamp;
  for (let at = from, line = merged.get(at); line && line.stamp === stamp; line = merged.get(at)) {
    counts.set(line.from ?? "", (counts.get(line.from ?? "") ?? 0) + 1);
    at += step;
  }
  return counts;
}

function between({ feed: { buffer }, name }: Member, first: number, end: number): LogLine[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => buffer.get(first + index)).flatMap(
    (line) => (line ? [{ ...line, from: name }] : []),
  );
}

/** By time; lines of one moment stay as they came. */
export function byTime(lines: LogLine[]): LogLine[] {
  return byStamp(lines, ({ stamp }) => stamp);
}

/** Stamps are of one width, so that their order as texts is that of time. */
function byStamp<Item>(items: Item[], stampOf: (item: Item) => string): Item[] {
  return items.sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : stampOf(a) > stampOf(b) ? 1 : 0));
}
