import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import {
  createLogBuffer,
  type FeedState,
  type LogFeed,
  type LogLimits,
  type LogPlace,
  type LogPlaces,
} from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createStore } from "../../docker/store.ts";
import { createLogFeed, usualLimits } from "./feed.ts";
import {
  byTime,
  ceiling,
  count,
  type Member,
  oldest,
  reach,
  resumeBehind,
  takeNew,
  takeOlder,
} from "./members.ts";
import { pageLines } from "./pages.ts";

/** Lines of several containers come up to some ms out of order: they are held so long, in ms, and then sorted. */
const holdMs = 120;
/** A log shorter than this from the beginning has no older lines: that is asked at once, not when scrolled to. */
const shortLog = 500;

/**
 * The logs of several containers as one, by the time of their lines. It begins where the log that reaches back least
 * does, so that nothing is missing in between, and reaches further as older and newer lines are fetched.
 */
export function createMergedFeed(
  session: Session,
  containers: readonly Container[],
  limits: LogLimits = usualLimits,
): LogFeed & { places: LogPlaces } {
  const { clock } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "opening", older: "more", newer: "live", version: 0 });
  const members = containers.map((container): Member => {
    const feed = createLogFeed(session, container, limits);
    return { name: container.name, feed, taken: undefined, complained: false };
  });
  /** Whether new lines join what is kept; else they wait until one has read so far. */
  let attached = true;
  let cancelFlush: (() => void) | undefined;

  function flush(): void {
    cancelFlush = undefined;
    const joins = members.filter(({ taken, feed }) => !taken && count(feed) > 0);
    // Its lines lie between those of the others: all are merged anew.
    if (joins.length > 0 && buffer.end() > buffer.first()) begin();
    for (const member of members) member.taken ??= atBeginning(member.feed);
    if (attached) append(Number.POSITIVE_INFINITY);
    buffer.append(members.flatMap((member) => complaint(member, clock.now())));
    prepend();
    for (const { feed } of members)
      if (feed.get().older === "more" && feed.get().newer === "live" && isShort(feed)) feed.loadOlder();
    tell();
  }

  const tell = () =>
    state.set(({ version }) => ({
      ...stateOf(members),
      newer: newerOf(members, attached),
      version: version + 1,
    }));

  function begin(): void {
    buffer.clear();
    for (const member of members) member.taken = undefined;
  }

  /** Takes so many lines at most that are known of all logs; answers how many there were. */
  function append(most: number): number {
    const lines = takeNew(members, { bound: ceiling(members), most });
    buffer.append(lines);
    return lines.length;
  }

  function prepend(): void {
    const gone = buffer.prepend(byTime(members.flatMap((member) => takeOlder(member, reach(members)))));
    if (gone === 0) return;
    attached = false;
    resumeBehind(members, buffer);
  }

  async function seekAll(place: LogPlace): Promise<void> {
    const readable = members.filter(({ feed }) => feed.get().status !== "failed");
    await Promise.all(readable.map(({ feed }) => feed.places.seek(place)));
    begin();
    attached = place === "end";
    for (const member of members) member.taken ??= atBeginning(member.feed);
    if (!attached) append(pageLines);
    tell();
  }

  const soon = () => {
    cancelFlush ??= clock.after(holdMs, flush);
  };
  return {
    get: state.get,
    subscribe: state.subscribe,
    buffer,
    rate: () => members.reduce((sum, { feed }) => sum + feed.rate(), 0),
    loadOlder() {
      const back = members.filter(({ feed }) => feed.get().older === "more" && count(feed) > 0);
      back.toSorted((a, b) => (oldest(a.feed) < oldest(b.feed) ? 1 : -1))[0]?.feed.loadOlder();
    },
    loadNewer() {
      if (attached) return;
      if (append(pageLines) === 0)
        for (const { feed } of members) if (feed.get().newer === "more") feed.loadNewer();
      attached = members.every(
        ({ feed, taken }) => feed.get().newer === "live" && (taken?.end ?? 0) >= feed.buffer.end(),
      );
      tell();
    },
    places: {
      seek: seekAll,
      narrow(since) {
        for (const { feed } of members) feed.places.narrow(since);
        begin();
        attached = true;
        tell();
      },
    },
    async run(signal) {
      const stops = members.map(({ feed }) => feed.subscribe(soon));
      await Promise.all(members.map(({ feed }) => feed.run(signal)));
      for (const stop of stops) stop();
      cancelFlush?.();
    },
  };
}

const isShort = (feed: LogFeed) => count(feed) > 0 && count(feed) < shortLog;

/** Nothing of it is taken yet: where it ends at first is where older lines are told from newer ones. */
function atBeginning(feed: LogFeed): Member["taken"] {
  if (count(feed) === 0) return undefined;
  const at = feed.get().newer === "live" ? feed.buffer.end() : feed.buffer.first();
  return { first: at, end: at };
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
  // An empty log has nothing older.
  const held = members.filter(({ feed }) => count(feed) > 0).map(({ feed }) => feed.get());
  const older = (["loading", "more"] as const).find((one) => held.some((state) => state.older === one));
  return { status: status ?? "ended", older: older ?? "none", reason: "none of them runs" };
}

function newerOf(members: readonly Member[], attached: boolean): FeedState["newer"] {
  if (members.some(({ feed }) => feed.get().newer === "loading")) return "loading";
  return attached ? "live" : "more";
}
