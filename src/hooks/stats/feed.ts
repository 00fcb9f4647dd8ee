import type { History } from "../../actions/history.ts";
import type { Session } from "../../actions/session.ts";
import { pause } from "../../docker/clock.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import type { Limits } from "../../docker/facts/limits.ts";
import { createStore, type Readable } from "../../docker/store.ts";
import { until } from "../../docker/until.ts";

/** A stream that ended or failed is asked for again after so many ms. */
const afterEndMs = 200;
const afterFailureMs = 2_000;

/** Whether samples come, and why not. */
export type StatsState = {
  status: "opening" | "following" | "stopped" | "failed" | "gone";
  reason?: string;
  /** What it may use, as far as that is known. */
  limits?: Pick<Limits, "cpus" | "memory">;
};

/** The samples of one container, flowing into its history while `run` runs. */
export type StatsFeed = Readable<StatsState> & {
  container: Container;
  history: History;
  /** Samples until the signal aborts or the container is gone; goes on after a stop or a lost connection. */
  run(signal: AbortSignal): Promise<void>;
};

/** A feed of that container's samples; one stream, and only while it runs. */
export function createStatsFeed(session: Session, container: Container): StatsFeed {
  const { engine, connection, clock, histories } = session;
  const { id } = container;
  const history = histories.of(id);
  const state = createStore<StatsState>({ status: "opening" });
  const be = (status: StatsState["status"], reason?: string) =>
    state.set((before) => {
      if (before.status === status && before.reason === reason) return before;
      const { limits } = before;
      return { status, ...(reason === undefined ? {} : { reason }), ...(limits ? { limits } : {}) };
    });

  async function follow(signal: AbortSignal): Promise<number> {
    try {
      for await (const sample of engine.samples(id, signal)) {
        history.add(sample, clock.ticks());
        be(sample.running ? "following" : "stopped");
      }
      return afterEndMs;
    } catch (error) {
      if (signal.aborted) return 0;
      const { kind, message } = explain(error, engine.endpoint);
      if (kind === "gone") be("gone");
      else be("failed", message);
      return afterFailureMs;
    }
  }

  async function learnLimits(signal: AbortSignal): Promise<void> {
    const limits = await engine.limits(id, signal).catch(() => undefined);
    if (limits) state.set((before) => ({ ...before, limits }));
  }

  return {
    container,
    history,
    get: state.get,
    subscribe: state.subscribe,
    async run(signal) {
      be("opening");
      const stop = connection.follow("container", (ids) => {
        if (!signal.aborted && (!ids || ids.includes(id))) void learnLimits(signal);
      });
      while (!signal.aborted && state.get().status !== "gone") {
        await until([connection], () => connection.get().kind === "live", signal);
        if (!signal.aborted) await pause(clock, await follow(signal), signal);
      }
      stop();
    },
  };
}
