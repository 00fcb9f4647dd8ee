import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import {
  createLogBuffer,
  type FeedState,
  type LogFeed,
  type LogLimits,
  type LogPlaces,
} from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createStore } from "../../docker/store.ts";
import { until } from "../../docker/until.ts";
import { behind, nowhere, passed } from "./position.ts";
import { createRate } from "./rate.ts";
import type { ReadLog } from "./reader.ts";
import { createStretch, stampOf } from "./stretch.ts";

/** Lines shown at first. */
const tailLines = 500;
/** Lines looked through when a log goes on after an interruption. */
const resumeTail = 5_000;

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
  let known: { tty: boolean; driver: string } | undefined;
  /** The newest line that ever came: it outlives what was cleared. */
  let newest = nowhere;
  let isNew: (line: LogLine) => boolean = () => true;
  let since: number | undefined;
  let leaving = new AbortController();
  let again = new AbortController();

  async function lookUp(signal: AbortSignal): Promise<{ tty: boolean; driver: string }> {
    if (known) return known;
    const { tty, logDriver } = await engine.detail(id, signal);
    known = { tty, driver: logDriver };
    return known;
  }
  const read: ReadLog = async function* (range, signal) {
    const { tty } = await lookUp(signal);
    yield* engine.log({ id, tty }, range, AbortSignal.any([signal, leaving.signal]));
  };
  const stretch = createStretch(buffer, read);
  const newerOf = (): FeedState["newer"] => (stretch.isLive() ? "live" : "more");

  async function follow(signal: AbortSignal): Promise<void> {
    const { tty } = await lookUp(signal);
    const first = since === undefined ? { tail: tailLines } : { since: stampOf(since), tail: limits.lines };
    let resumed = newest.count > 0;
    const range = resumed ? { since: newest.stamp, tail: resumeTail } : first;
    isNew = behind(newest);
    rate.begin();
    update({ status: "following" });
    for await (const lines of engine.log({ id, tty }, { ...range, follow: true }, signal)) {
      const fresh = lines.filter((line) => isNew(line));
      // The last known line is among those asked for, unless more than that came after it.
      if (resumed && fresh.length === lines.length) {
        stretch.lose();
        stretch.arrive([
          remark(newest.stamp, `more than ${resumeTail} lines came here meanwhile and were not read`),
        ]);
      }
      resumed = false;
      newest = passed(newest, fresh);
      rate.add(fresh.length);
      stretch.arrive(fresh);
      update({});
    }
  }

  async function loadNewer(): Promise<void> {
    update({ newer: "loading" });
    const end = await stretch.newer();
    // What is kept reaches to the end as it was asked for. Of what came since, the follower knows.
    if (end && (end.stamp > newest.stamp || (end.stamp === newest.stamp && end.count >= newest.count))) {
      const seen = end.stamp === newest.stamp ? newest.count : 0;
      stretch.join();
      isNew = behind({ stamp: end.stamp, count: end.count - seen });
      newest = end;
    }
    update({ newer: newerOf(), ...(buffer.dropped() > 0 && since === undefined ? { older: "more" } : {}) });
  }

  /** Begins again with the last lines, or with those since the moment it keeps to. */
  function restart(): void {
    stretch.beginLive();
    newest = nowhere;
    update({ older: since === undefined ? "more" : "none", newer: "live", status: "opening" });
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
        .older(leaving.signal)
        .then((more) => update({ older: more ? "more" : "none", newer: newerOf() }))
        .catch(failed({ older: "more" }));
    },
    loadNewer() {
      if (state.get().newer !== "more") return;
      loadNewer().catch(failed({ newer: "more" }));
    },
    places: {
      async seek(place) {
        if (place === "end") return restart();
        since = undefined;
        update({ older: "loading", newer: "loading" });
        try {
          const more = await stretch.begin(place, leaving.signal);
          update({ older: more ? "more" : "none", newer: "more" });
        } catch (error) {
          failed({ older: "more", newer: newerOf() })(error);
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
      const stop = () => leaving.abort();
      signal.addEventListener("abort", stop, { once: true });
      if (state.get().older === "loading") update({ older: "more" });
      while (!signal.aborted) {
        again = new AbortController();
        try {
          await follow(AbortSignal.any([signal, again.signal]));
          update({ status: "ended", reason: "the container does not run" });
        } catch (error) {
          if (signal.aborted) return;
          if (again.signal.aborted) continue;
          const { kind, message } = explain(error, engine.endpoint);
          const reason = kind === "unsupported" ? `the log driver is ${known?.driver}: ${message}` : message;
          update({ status: "failed", reason });
          if (kind === "unsupported") return;
        }
        await untilItMayGoOn(AbortSignal.any([signal, again.signal]));
      }
    },
  };

  /** Waits until the container, or one that was made in its place, runs (again) on a live connection. */
  function untilItMayGoOn(signal: AbortSignal): Promise<void> {
    const before = sources.containers.get();
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
    known = undefined;
    newest = nowhere;
    stretch.lose();
    stretch.arrive([remark(new Date(clock.now()).toISOString(), `${container.name} was created again`)]);
    update({ older: "none" });
    return heir;
  }
}

/** Words of dockui's own among the lines. */
function remark(stamp: string, text: string): LogLine {
  return { stamp, stream: "err", text: `dockui: ${text}` };
}
