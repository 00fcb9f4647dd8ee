import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { createLogBuffer, type FeedState, type LogFeed } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createStore } from "../../docker/store.ts";
import { createLogFeed } from "./feed.ts";

/** Lines of several containers come up to some ms out of order: they are held so long, in ms, and then sorted. */
const holdMs = 120;
const limits = { lines: 50_000, bytes: 64 * 1024 * 1024 };
/** A log shorter than this from the beginning has no older lines: that is asked at once, not when scrolled to. */
const shortLog = 500;

/** One of the logs: the numbers of its lines that are among the merged ones; none before it had any. */
type Member = {
  name: string;
  feed: LogFeed;
  taken: { first: number; end: number } | undefined;
  complained: boolean;
};

/**
 * The logs of several containers as one, by the time of their lines. It begins where the log that reaches back least
 * does, so that nothing is missing in between, and reaches further back as older lines are fetched.
 */
export function createMergedFeed(session: Session, containers: readonly Container[]): LogFeed {
  const { clock } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "opening", older: "more", version: 0 });
  const members = containers.map(
    (container): Member => ({
      name: container.name,
      feed: createLogFeed(session, container),
      taken: undefined,
      complained: false,
    }),
  );
  let cancelFlush: (() => void) | undefined;

  function flush(): void {
    cancelFlush = undefined;
    const joins = members.filter(({ taken, feed }) => !taken && count(feed) > 0);
    // Its lines lie between those of the others: all are merged anew.
    if (joins.length > 0 && buffer.end() > buffer.first()) {
      buffer.clear();
      for (const member of members) member.taken = undefined;
    }
    for (const member of members) member.taken ??= atEnd(member.feed);
    buffer.append(
      byTime(members.flatMap((member) => [...takeNew(member), ...complaint(member, clock.now())])),
    );
    const bound = reach(members);
    buffer.prepend(byTime(members.flatMap((member) => takeOlder(member, bound))));
    for (const { feed } of members)
      if (feed.get().older === "more" && count(feed) > 0 && count(feed) < shortLog) feed.loadOlder();
    state.set(({ version }) => ({ ...stateOf(members), version: version + 1 }));
  }

  const soon = () => {
    cancelFlush ??= clock.after(holdMs, flush);
  };
  return {
    get: state.get,
    subscribe: state.subscribe,
    buffer,
    loadOlder() {
      const back = members.filter(({ feed }) => feed.get().older === "more" && count(feed) > 0);
      back.toSorted((a, b) => (oldest(a.feed) < oldest(b.feed) ? 1 : -1))[0]?.feed.loadOlder();
    },
    async run(signal) {
      const stops = members.map(({ feed }) => feed.subscribe(soon));
      await Promise.all(members.map(({ feed }) => feed.run(signal)));
      for (const stop of stops) stop();
      cancelFlush?.();
    },
  };
}

const count = ({ buffer }: LogFeed) => buffer.end() - buffer.first();
const oldest = ({ buffer }: LogFeed) => buffer.get(buffer.first())?.stamp ?? "";

function atEnd(feed: LogFeed): Member["taken"] {
  const end = feed.buffer.end();
  return count(feed) > 0 ? { first: end, end } : undefined;
}

function takeNew({ feed, name, taken }: Member): LogLine[] {
  if (!taken) return [];
  const from = Math.max(taken.end, feed.buffer.first());
  taken.end = feed.buffer.end();
  return between(feed, from, taken.end, name);
}

/** The lines before those taken, back to that stamp. */
function takeOlder({ feed, name, taken }: Member, bound: string): LogLine[] {
  if (!taken) return [];
  const end = taken.first;
  const stampAt = (number: number) => feed.buffer.get(number)?.stamp ?? "";
  while (taken.first > feed.buffer.first() && stampAt(taken.first - 1) >= bound) taken.first -= 1;
  return between(feed, taken.first, end, name);
}

function between({ buffer }: LogFeed, first: number, end: number, from: string): LogLine[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => buffer.get(first + index)).flatMap(
    (line) => (line ? [{ ...line, from }] : []),
  );
}

/** All logs are known from that stamp on. */
function reach(members: readonly Member[]): string {
  const partly = members.filter(
    ({ feed }) => ["more", "loading"].includes(feed.get().older) && count(feed) > 0,
  );
  return partly.reduce((last, { feed }) => (oldest(feed) > last ? oldest(feed) : last), "");
}

/** Stamps are of one width, so that their order as texts is that of time; lines of one moment stay as they came. */
function byTime(lines: LogLine[]): LogLine[] {
  return lines.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
}

/** Why a log cannot be had, once. */
function complaint(member: Member, now: number): LogLine[] {
  const { status, reason = "" } = member.feed.get();
  const isNew = status === "failed" && !member.complained;
  member.complained = status === "failed";
  const stamp = new Date(now).toISOString();
  return isNew ? [{ stamp, stream: "err", text: `dockui: ${reason}`, from: member.name }] : [];
}

function stateOf(members: readonly Member[]): Pick<FeedState, "status" | "older" | "reason"> {
  const states = members.map(({ feed }) => feed.get());
  const status = (["following", "opening", "ended", "failed"] as const).find((one) =>
    states.some((state) => state.status === one),
  );
  const older = (["loading", "more", "full", "none"] as const).find((one) =>
    states.some((state) => state.older === one),
  );
  return { status: status ?? "ended", older: older ?? "none", reason: "none of them runs" };
}
