import type { LogBuffer, LogFeed, LogPlaces } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";

/** One of several logs read as one: the numbers of its lines that are among the merged ones; none before it had any. */
export type Member = {
  name: string;
  feed: LogFeed & { places: LogPlaces };
  taken: { first: number; end: number } | undefined;
  complained: boolean;
};

/** How many lines a feed keeps. */
export const count = ({ buffer }: LogFeed) => buffer.end() - buffer.first();
/** The stamp of its oldest line. */
export const oldest = ({ buffer }: LogFeed) => buffer.get(buffer.first())?.stamp ?? "";

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
    const fits = (number: number) => bound === undefined || (feed.buffer.get(number)?.stamp ?? "") <= bound;
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
  const stampAt = (number: number) => feed.buffer.get(number)?.stamp ?? "";
  while (taken.first > feed.buffer.first() && stampAt(taken.first - 1) >= bound) taken.first -= 1;
  return between(member, taken.first, end);
}

/** Gives back what is not among the merged lines any more: the newest made room for older ones. */
export function resumeBehind(members: readonly Member[], merged: LogBuffer): void {
  const last = merged.get(merged.end() - 1)?.stamp ?? "";
  const kept = new Map<string, number>();
  for (let at = merged.end() - 1; merged.get(at)?.stamp === last; at -= 1) {
    const name = merged.get(at)?.from ?? "";
    kept.set(name, (kept.get(name) ?? 0) + 1);
  }
  for (const { name, feed, taken } of members) {
    if (!taken) continue;
    const stampAt = (number: number) => feed.buffer.get(number)?.stamp ?? "";
    let end = Math.min(taken.end, feed.buffer.end());
    while (end > taken.first && stampAt(end - 1) >= last) end -= 1;
    taken.end = end + (kept.get(name) ?? 0);
  }
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
