import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import { createLogBuffer, type FeedState, type LogBuffer, type LogFeed } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createStore } from "../../docker/store.ts";
import { until } from "../../docker/until.ts";

/** Lines shown at first, and fetched at a time when scrolling back. */
const tailLines = 500;
const pageLines = 1_000;
const limits = { lines: 50_000, bytes: 64 * 1024 * 1024 };
/** Lines looked through when a log goes on after an interruption. */
const resumeTail = 5_000;

/** A feed of that container's log; `run` starts it. */
export function createLogFeed(session: Session, container: Container): LogFeed {
  const { engine, connection, sources } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "opening", older: "more", version: 0 });
  const update = (change: Partial<FeedState>) =>
    state.set((before) => ({ ...before, ...change, version: before.version + 1 }));
  /** The newest line that ever came, and how many of that moment did: it outlives what was cleared. */
  const newest = { stamp: "", count: 0 };
  let tty: boolean | undefined;
  let driver = "";
  let stopped: AbortSignal | undefined;

  async function follow(signal: AbortSignal): Promise<void> {
    if (tty === undefined) ({ tty, logDriver: driver } = await engine.detail(container.id, signal));
    const range =
      newest.count === 0
        ? { tail: tailLines, follow: true }
        : { since: newest.stamp, tail: resumeTail, follow: true };
    const isNew = createSkipper({ ...newest });
    let resumed = newest.count > 0;
    update({ status: "following" });
    for await (const lines of engine.log({ id: container.id, tty }, range, signal)) {
      const fresh = lines.filter(isNew);
      // The last known line is among those asked for, unless more than that came after it.
      if (resumed && fresh.length === lines.length) buffer.append([missed(newest.stamp)]);
      resumed = false;
      for (const { stamp } of fresh) {
        newest.count = stamp === newest.stamp ? newest.count + 1 : 1;
        newest.stamp = stamp;
      }
      buffer.append(fresh);
      update({});
    }
  }

  async function loadOlder(signal: AbortSignal): Promise<void> {
    const oldest = buffer.get(buffer.first())?.stamp;
    if (oldest === undefined || tty === undefined) return;
    update({ older: "loading" });
    const range = { until: oldest, tail: buffer.end() - buffer.first() + pageLines, follow: false };
    const found: LogLine[] = [];
    for await (const lines of engine.log({ id: container.id, tty }, range, signal)) found.push(...lines);
    const older = found.slice(0, found.length - ties(buffer, oldest));
    buffer.prepend(older);
    update({ older: older.length === 0 ? "none" : buffer.full() ? "full" : "more" });
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    buffer,
    loadOlder() {
      if (state.get().older !== "more" || !stopped) return;
      const signal = stopped;
      loadOlder(signal).catch((error: unknown) => {
        if (!signal.aborted) update({ older: "more", reason: explain(error, engine.endpoint).message });
      });
    },
    async run(signal) {
      stopped = signal;
      if (state.get().older === "loading") update({ older: "more" });
      while (!signal.aborted) {
        try {
          await follow(signal);
          update({ status: "ended", reason: "the container does not run" });
        } catch (error) {
          if (signal.aborted) return;
          const { kind, message } = explain(error, engine.endpoint);
          const reason = kind === "unsupported" ? `the log driver is ${driver}: ${message}` : message;
          update({ status: "failed", reason });
          if (kind === "unsupported" || kind === "gone") return;
        }
        await untilItMayGoOn(signal);
      }
    },
  };

  /** Waits until the container runs (again) on a live connection; where reading failed it need not run. */
  function untilItMayGoOn(signal: AbortSignal): Promise<void> {
    const before = sources.containers.get();
    const mayGoOn = () => {
      const now = sources.containers.get();
      const row = now.items.find(({ id }) => id === container.id);
      const readable = row !== undefined && (row.state === "running" || state.get().status === "failed");
      return readable && connection.get().kind === "live" && now !== before;
    };
    return until([sources.containers, connection], mayGoOn, signal);
  }
}

/** How many of the oldest kept lines carry that stamp. */
function ties(buffer: LogBuffer, stamp: string): number {
  let count = 0;
  while (buffer.get(buffer.first() + count)?.stamp === stamp) count += 1;
  return count;
}

/** Tells lines that came already: what is older than the newest, and as many equals as there were. */
function createSkipper({ stamp: last, count }: { stamp: string; count: number }): (line: LogLine) => boolean {
  let known = count;
  return ({ stamp }) => {
    if (count === 0 || stamp > last) return true;
    if (stamp < last) return false;
    known -= 1;
    return known < 0;
  };
}

/** Stands where lines were written that nobody read. */
function missed(stamp: string): LogLine {
  return {
    stamp,
    stream: "err",
    text: `dockui: more than ${resumeTail} lines came here meanwhile and were not read`,
  };
}
