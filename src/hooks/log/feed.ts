import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import type { Detail } from "../../docker/detail.ts";
import { explain } from "../../docker/errors.ts";
import {
  createLogBuffer,
  type FeedState,
  type LogFeed,
  type LogLimits,
  type LogPlaces,
} from "../../docker/log-buffer.ts";
import { createStore } from "../../docker/store.ts";
import { unreadableLog } from "../../docker/unreadable-log.ts";
import { until } from "../../docker/until.ts";
import { createKnown, remembered } from "./known.ts";
import { isSame, remark, stampOf, tailOf } from "./places.ts";
import { createRate } from "./rate.ts";
import type { ReadLog } from "./reader.ts";
import { createStretch } from "./stretch.ts";

/** Lines shown at first. */
const tailLines = 500;
/** Lines looked through when a log goes on after an interruption. */
const resumeTail = 5_000;
const tooMany = `more than ${resumeTail} lines came here meanwhile and were not read`;

/** How much of a log is kept unless the person chose otherwise. */
export const usualLimits: LogLimits = { lines: 50_000, bytes: 64 * 1024 * 1024 };

/** A feed of that container's log; `run` starts it. A container that is made anew under its name goes on in it. */
export function createLogFeed(
  session: Session,
  container: Pick<Container, "id" | "name">,
  limits: LogLimits = usualLimits,
): LogFeed & { places: LogPlaces } {
  const { engine, connection, sources, clock } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "opening", older: "more", newer: "live", version: 0 });
  const update = (change: Partial<FeedState>) =>
    state.set((before) => ({ ...before, ...change, version: before.version + 1 }));
  const rate = createRate(clock.now);
  let { id } = container;
  let facts: Detail | undefined;
  /** The newest lines that came: they outlive what was cleared. */
  let known = createKnown();
  let since: number | undefined;
  /** How many lines had gone because of the limits when the first line of the log was kept. */
  let gone = 0;
  let leaving = new AbortController();
  let again = new AbortController();

  async function lookUp(signal: AbortSignal): Promise<Detail> {
    facts ??= await engine.detail(id, signal);
    return facts;
  }
  const read: ReadLog = async function* (range, signal) {
    const { tty } = await lookUp(signal);
    yield* engine.log({ id, tty }, range, AbortSignal.any([signal, leaving.signal]));
  };
  const stretch = createStretch(buffer, read);
  const newerOf = (): FeedState["newer"] => (stretch.isLive() ? "live" : "more");
  const olderAs = (more: boolean): Pick<FeedState, "older"> => {
    gone = buffer.dropped();
    return { older: more ? "more" : "none" };
  };
  /** What had been there from the first line on is not any more when lines went. */
  const olderNow = () => (state.get().older === "none" && buffer.dropped() > gone ? olderAs(true) : {});

  async function follow(signal: AbortSignal): Promise<void> {
    const { tty } = await lookUp(signal);
    const first = since === undefined ? { tail: tailLines } : { since: stampOf(since), tail: limits.lines };
    const last = known.last();
    const resumed = known.again();
    const range = resumed === undefined ? first : { since: resumed, tail: resumeTail };
    rate.begin();
    update({ status: "following" });
    for await (const lines of engine.log({ id, tty }, { ...range, follow: true }, signal)) {
      if (signal.aborted) return;
      const wasLost = known.lost();
      const fresh = known.fresh(lines);
      if (last && known.lost() && !wasLost) stretch.lose(remark(last.stamp, tooMany));
      rate.add(fresh.length);
      stretch.arrive(fresh);
      update(olderNow());
    }
  }

  /** What is kept reaches to the end as it was asked for. Of what came since, the follower knows. */
  function join(): void {
    const tail = tailOf(buffer, remembered);
    const end = tail.at(-1);
    if (!end) return restart();
    const behind = known.behind(end);
    const last = known.last();
    if (behind) return stretch.join(behind);
    // Or it is not as far yet: then what is kept comes to it still.
    if (last && !tail.some((line) => isSame(line, last))) return;
    known.replace(tail, last);
    stretch.join([]);
  }

  /** Begins again with the last lines, or with those since the moment it keeps to. */
  function restart(): void {
    stretch.beginLive();
    known = createKnown();
    update({ ...olderAs(since === undefined), newer: "live", status: "opening" });
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
    loadOlder() {
      if (state.get().older !== "more") return;
      update({ older: "loading" });
      stretch
        .older(since === undefined ? "" : stampOf(since), leaving.signal)
        .then((more) => update({ ...olderAs(more), newer: newerOf() }))
        .catch(failed({ older: "more", newer: newerOf() }));
    },
    loadNewer() {
      if (state.get().newer !== "more") return;
      update({ newer: "loading" });
      stretch
        .newer()
        .then((isEnd) => isEnd && join())
        .then(() => update({ newer: newerOf(), ...olderNow() }))
        .catch(failed({ newer: "more" }));
    },
    places: {
      async seek(place) {
        if (place === "end") return restart();
        update({ older: "loading", newer: "loading" });
        try {
          const more = await stretch.begin(place, leaving.signal);
          since = undefined;
          update({ ...olderAs(more), newer: "more" });
        } catch (error) {
          update({ older: "more", newer: newerOf() });
          throw error;
        }
      },
      narrow(from) {
        since = from;
        restart();
      },
    },
    async run(signal) {
      leaving = new AbortController();
      signal.addEventListener("abort", () => leaving.abort(), { once: true });
      if (state.get().older === "loading") update({ older: "more" });
      while (!signal.aborted) {
        again = new AbortController();
        const before = sources.containers.get();
        try {
          await follow(AbortSignal.any([signal, again.signal]));
          if (again.signal.aborted) continue;
          update({ status: "ended", reason: "the container does not run" });
        } catch (error) {
          if (signal.aborted) return;
          if (again.signal.aborted) continue;
          const { kind, message } = explain(error, engine.endpoint);
          const reason = kind === "unsupported" && facts ? unreadableLog(facts, message) : message;
          update({ status: "failed", reason });
          if (kind === "unsupported") return;
        }
        await untilItMayGoOn(before, AbortSignal.any([signal, again.signal]));
      }
    },
  };

  /** Waits until the container, or one that was made in its place, runs (again) on a live connection. */
  function untilItMayGoOn(before: unknown, signal: AbortSignal): Promise<void> {
    const mayGoOn = () => {
      const now = sources.containers.get();
      const row = now.items.find((item) => item.id === id) ?? takeOver(now.items);
      const readable = row !== undefined && (row.state === "running" || state.get().status === "failed");
      return readable && connection.get().kind === "live" && now !== before;
    };
    return until([sources.containers, connection], mayGoOn, signal);
  }

  /** The container that has the name now: its log follows on that of the one that is gone. */
  function takeOver(containers: readonly Container[]): Container | undefined {
    const heir = containers.find(({ name }) => name === container.name);
    if (!heir) return undefined;
    id = heir.id;
    facts = undefined;
    known = createKnown();
    stretch.lose(remark(stampOf(clock.now()), `${container.name} was created again`));
    update(olderAs(false));
    return heir;
  }
}
