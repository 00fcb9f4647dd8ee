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
import { createLogFeed } from "./feed.ts";
import {
  atBeginning,
  atMoment,
  beginWith,
  byTime,
  ceiling,
  isLater,
  isOther,
  isUntaken,
  type Member,
  reach,
  resumeBehind,
  takeBack,
  takeNew,
  takeOlder,
} from "./members.ts";
import { pageLines } from "./pages.ts";
import { complaint, leastBack, newerOf, searchAll, shortOnes, stateOf } from "./together.ts";

/** Lines of several containers come up to some ms out of order: they are held so long, in ms, and then sorted. */
const holdMs = 120;
/** The first lines of all come at once, and are not held so long. */
const firstMs = 30;

/**
 * The logs of several containers as one, by the time of their lines. It begins where the log that reaches back least
 * does, so that nothing is missing in between, and reaches further as older and newer lines are fetched.
 */
export function createMergedFeed(
  session: Session,
  containers: readonly Container[],
  limits: LogLimits = session.config.logs,
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
  let isHeld = false;
  let cancelFlush: (() => void) | undefined;

  function flush(): void {
    cancelFlush = undefined;
    const known = buffer.get(buffer.first())?.stamp ?? "";
    if (members.some((member) => isOther(member) || isLater(member, known))) begin();
    const first = buffer.get(buffer.first());
    for (const member of members.filter(isUntaken))
      member.taken = first ? atMoment(member.feed, first.stamp) : (member.taken ?? atBeginning(member.feed));
    if (attached) arrive();
    else if (buffer.end() === buffer.first()) appendPage();
    buffer.append(members.flatMap((member) => complaint(member, clock.now())));
    prepend();
    for (const { feed } of shortOnes(members)) feed.loadOlder();
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

  /** All that is new joins it; while it is held, what there is no room for waits. */
  function arrive(): void {
    const lines = takeNew(members, { bound: ceiling(members), most: Number.POSITIVE_INFINITY });
    attached = !isHeld || buffer.fits(lines);
    if (attached) append(lines);
    else resumeBehind(members, buffer);
  }

  function append(lines: LogLine[]): void {
    const [first] = lines;
    if (!first) return;
    const later = takeBack(buffer, first.stamp);
    losing(() => buffer.append(later.length === 0 ? lines : byTime([...later, ...lines])));
  }

  /** What goes from the beginning of the merged lines while that is done is not taken any more. */
  function losing<Result>(change: () => Result): Result {
    const before = buffer.dropped();
    const result = change();
    if (buffer.dropped() > before) beginWith(members, buffer);
    return result;
  }

  /** Takes a page of what is known of all logs; answers how many lines there were. */
  function appendPage(): number {
    const lines = takeNew(members, { bound: ceiling(members), most: pageLines });
    append(lines);
    return lines.length;
  }

  function prepend(): void {
    const bound = reach(members);
    const older = byTime(members.flatMap((member) => takeOlder(member, bound)));
    const gone = losing(() => buffer.prepend(older));
    if (gone === 0) return;
    attached = false;
    resumeBehind(members, buffer);
  }

  async function seekAll(place: LogPlace): Promise<void> {
    const readable = members.filter(({ feed }) => feed.get().status !== "failed");
    const went = await Promise.allSettled(readable.map(({ feed }) => feed.places.seek(place)));
    const missed = went.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    if (missed.length > 0 && missed.length === readable.length) throw missed[0];
    // Those that end before that place are there with their last lines.
    await Promise.all(
      readable.flatMap(({ feed }, at) => (went[at]?.status === "rejected" ? feed.places.seek("end") : [])),
    );
    begin();
    attached = place === "end";
    for (const member of members) member.taken ??= atBeginning(member.feed);
    if (!attached) appendPage();
    tell();
  }

  /** All begin again at their ends. */
  function again(change: (places: LogPlaces) => void): void {
    for (const { feed } of members) change(feed.places);
    begin();
    attached = true;
    tell();
  }

  const soon = () => {
    cancelFlush ??= clock.after(buffer.end() > buffer.first() ? holdMs : firstMs, flush);
  };
  /** Hears of a member; a page of older lines is not held back. */
  function hear({ feed }: Member): () => void {
    let { older } = feed.get();
    return feed.subscribe(() => {
      const isPage = older === "loading" && feed.get().older !== "loading";
      older = feed.get().older;
      if (!isPage) return soon();
      cancelFlush?.();
      flush();
    });
  }
  return {
    get: state.get,
    subscribe: state.subscribe,
    buffer,
    rate: () => members.reduce((sum, { feed }) => sum + feed.rate(), 0),
    loadOlder() {
      for (const { feed } of leastBack(members)) feed.loadOlder();
      tell();
    },
    loadNewer() {
      if (attached) return;
      if (appendPage() === 0)
        for (const { feed } of members) if (feed.get().newer === "more") feed.loadNewer();
      attached = members.every(
        ({ feed, taken }) => feed.get().newer === "live" && (taken?.end ?? 0) >= feed.buffer.end(),
      );
      tell();
    },
    places: {
      hold(held) {
        isHeld = held;
        for (const { feed } of members) feed.places.hold(held);
      },
      seek: seekAll,
      clear: () => again(({ clear }) => clear()),
      narrow: (since) => again(({ narrow }) => narrow(since)),
      sieve: (sieve) => again(({ sieve: set }) => set(sieve)),
      search: (search) => searchAll(members, search),
    },
    async run(signal) {
      const stops = members.map(hear);
      await Promise.all(members.map(({ feed }) => feed.run(signal)));
      for (const stop of stops) stop();
      cancelFlush?.();
    },
  };
}
