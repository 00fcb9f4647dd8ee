import type { LogBuffer, LogFeed } from "../../docker/log-buffer.ts";
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

/** Whether none of its lines is taken. */
export function isUntaken({ taken }: Member): boolean {
  return taken === undefined || taken.first === taken.end;
}

/** Nothing of it is taken yet, and others are merged already: what came since their first line counts as newer. */
export function atMoment(feed: LogFeed, stamp: string): Taken | undefined {
  if (count(feed) === 0) return undefined;
  let at = feed.buffer.first();
  while (at < feed.buffer.end() && stampAt(feed, at) < stamp) at += 1;
  return { first: at, end: at, clearings: feed.buffer.clearings() };
}

/** Whether it keeps others in the place of the lines that were taken. */
export function isOther({ feed, taken }: Member): boolean {
  return taken !== undefined && count(feed) > 0 && taken.clearings !== feed.buffer.clearings();
}

/** Whether it has its first lines now, and they reach back less than what is merged. */
export function isLater({ feed, taken }: Member, merged: string): boolean {
  return !taken && merged !== "" && count(feed) > 0 && feed.get().older !== "none" && oldest(feed) > merged;
}

/** Takes the lines behind a stamp back from those that are merged: some that came late belong between them. */
export function takeBack(merged: LogBuffer, stamp: string): readonly LogLine[] {
  let at = merged.end();
  while (at > merged.first() && (merged.get(at - 1)?.stamp ?? "") > stamp) at -= 1;
  return at < merged.end() ? merged.cut(at) : [];
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
