import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import {
  createLogBuffer,
  type FeedState,
  type LogFeed,
  type LogLimits,
  type LogPlaces,
  type LogSieve,
} from "../../docker/log-buffer.ts";
import { createStore } from "../../docker/store.ts";
import { unreadableLog } from "../../docker/unreadable-log.ts";
import { createArrivals } from "./arrivals.ts";
import { createEnds } from "./ends.ts";
import { remark, stampOf } from "./places.ts";
import { createRate } from "./rate.ts";
import type { ReadLog } from "./reader.ts";
import { createRecheck } from "./recheck.ts";
import { searchLog } from "./search.ts";
import { createStretch } from "./stretch.ts";
import { createSubject } from "./subject.ts";

/** Lines shown at first. */
const tailLines = 500;

/** A container's log as it flows. */
export type ContainerFeed = LogFeed & {
  places: LogPlaces;
  /** Lets go of the lines before that number. */
  forget(before: number): void;
};

/** A feed of that container's log; `run` starts it. A container that is made anew under its name goes on in it. */
export function createLogFeed(
  session: Session,
  container: Pick<Container, "id" | "name">,
  limits: LogLimits = session.config.logs,
): ContainerFeed {
  const { engine, sources, clock } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "opening", older: "more", newer: "live", version: 0 });
  const update = (change: Partial<FeedState>) =>
    state.set(({ version, ...before }) => ({
      ...{ ...before, ...change },
      ...{ looked: stretch.looked(), version: version + 1 },
    }));
  const rate = createRate(clock.ticks);
  let since: number | undefined;
  let sieve: LogSieve | undefined;
  /** The engine cannot read such logs at all. */
  let isUnreadable = false;
  let leaving = new AbortController();
  let again = new AbortController();

  const subject = createSubject(session, container);
  const read: ReadLog = (range, signal) => subject.read(range, AbortSignal.any([signal, leaving.signal]));
  const stretch = createStretch(buffer, read);
  const arrivals = createArrivals(buffer, stretch, rate);
  const recheck = createRecheck({
    ...{ clock, buffer, read, isLive: () => stretch.isLive() && !sieve },
    mend(lines) {
      arrivals.mend(lines);
      refresh();
    },
  });
  const sinceThen = () => (since === undefined ? {} : { since: stampOf(since) });
  const ends = createEnds(buffer, stretch);
  const refresh = () => update(ends.since(state.get()));

  async function follow(signal: AbortSignal): Promise<void> {
    await subject.lookUp(signal);
    const first = { tail: since === undefined ? tailLines : limits.lines, ...sinceThen() };
    const range = arrivals.begin(first);
    update({ status: "following" });
    for await (const lines of subject.read({ ...range, follow: true }, signal)) {
      if (signal.aborted) return;
      arrivals.take(lines);
      recheck.add(lines.length);
      refresh();
      siftOn();
    }
  }

  /** With a sieve all of it is read, as long as there is room. */
  function siftOn(): void {
    if (sieve && stretch.isLive() && buffer.end() - buffer.first() < limits.lines / 2) loadOlder();
  }

  function loadOlder(): void {
    if (state.get().older !== "more" || stretch.isEmpty()) return;
    update({ older: "loading" });
    stretch
      .older(since === undefined ? "" : stampOf(since), leaving.signal)
      .then((more) => update({ ...ends.older(more), newer: ends.newer() }))
      .then(siftOn)
      .catch(failed({ older: "more", newer: ends.newer() }));
  }

  /** Begins again with the last lines, or with those since the moment it keeps to. */
  function restart(): void {
    if (isUnreadable) return;
    stretch.beginLive(sieve);
    arrivals.forget();
    recheck.stop();
    update({ ...ends.older(true), newer: "live", status: "opening" });
    again.abort();
  }

  const failed = (change: Partial<FeedState>) => (error: unknown) => {
    if (!leaving.signal.aborted) update({ ...change, reason: explain(error, engine.endpoint).message });
  };

  return {
    get: state.get,
    subscribe: state.subscribe,
    buffer,
    rate: rate.perSecond,
    loadOlder,
    loadNewer() {
      if (state.get().newer !== "more") return;
      update({ newer: "loading" });
      stretch
        .newer()
        .then((isEnd) => isEnd && !arrivals.join() && restart())
        .then(() => update({ ...ends.since(state.get()), newer: ends.newer() }))
        .catch(failed({ newer: "more" }));
    },
    forget(before) {
      buffer.forget(before);
      refresh();
    },
    places: {
      hold: stretch.hold,
      clear() {
        stretch.clear();
        update({ ...(sieve ? {} : ends.older(true)), newer: "live" });
      },
      async seek(place) {
        if (place === "end") return restart();
        update({ older: "loading", newer: "loading" });
        try {
          const isFirst = place === "start";
          const more = await stretch.begin(isFirst && since ? { at: since } : place, leaving.signal);
          if (!isFirst) since = undefined;
          update({ ...ends.older(more && !isFirst), newer: "more" });
        } catch (error) {
          update({ older: "more", newer: ends.newer() });
          throw error;
        }
      },
      narrow(from) {
        since = from;
        restart();
      },
      sieve(next) {
        sieve = next;
        restart();
      },
      search: (search) => {
        const signal = AbortSignal.any([search.signal, leaving.signal]);
        return searchLog(read, { ...search, ...sinceThen(), signal });
      },
    },
    async run(signal) {
      leaving = new AbortController();
      signal.addEventListener("abort", () => [leaving.abort(), recheck.stop()], { once: true });
      if (state.get().older === "loading") update({ older: "more" });
      while (!signal.aborted) {
        again = new AbortController();
        const either = AbortSignal.any([signal, again.signal]);
        const before = sources.containers.get();
        try {
          await follow(either);
          if (again.signal.aborted) continue;
          update({ status: "ended", reason: "the container does not run" });
        } catch (error) {
          if (signal.aborted) return;
          if (again.signal.aborted) continue;
          const { kind, message } = explain(error, engine.endpoint);
          const detail = subject.detail();
          const reason = kind === "unsupported" && detail ? unreadableLog(detail, message) : message;
          update({ status: "failed", reason });
          isUnreadable = kind === "unsupported";
          if (isUnreadable) return;
        }
        const failed = () => state.get().status === "failed";
        await subject.untilReadable({ before, failed, onHeir, signal: either });
      }
    },
  };

  /** Another container has the name now: its log follows on that of the one that is gone. */
  function onHeir(): void {
    arrivals.forget();
    stretch.lose(remark(stampOf(clock.now()), `${container.name} was created again`));
    update(ends.older(false));
  }
}
