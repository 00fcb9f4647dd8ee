import { type Clock, pause } from "./clock.ts";
import type { Engine } from "./engine.ts";
import { explain, type Problem, ProblemError } from "./errors.ts";
import type { EngineEvent, Kind } from "./events.ts";
import type { About } from "./negotiate.ts";
import { createStore, type Readable } from "./store.ts";

/** Whether what the lists show is true now. `since` and `retryAt` in ms of the clock's ticks. */
export type ConnectionState =
  | { kind: "connecting" }
  | { kind: "live"; about?: About }
  | { kind: "lost"; since: number; problem: Problem; attempt: number; retryAt: number };

/** Told which objects of a kind changed, or that all may have (undefined). */
export type Follower = (ids: readonly string[] | undefined) => void;

/** The one event stream of an engine, kept alive; everything on the screen is driven by it. */
export type Connection = Readable<ConnectionState> & {
  /** Calls `follower` at once when live, after each reconnect, for each change, and once a minute. */
  follow(kind: Kind, follower: Follower): () => void;
  /** Keeps the stream open until the signal aborts, and ends all that hangs on it. */
  run(signal: AbortSignal): Promise<void>;
  /** Closes the stream while the process is about to be stopped; `goOn` opens it again. */
  hold(): void;
  goOn(): void;
  /** Tries again now instead of when the wait is over. */
  retry(): void;
  /** A list was asked for in vain: what is shown is not true any more, and the engine is connected to anew. */
  distrust(error: unknown): void;
};

/** Events of one burst are told together, this long after the first, in ms. */
const quietMs = 60;
const resyncMs = 60_000;
/** Podman tells nothing of images, networks and volumes. */
const podmanResyncMs = 10_000;
/** Events that the list may not show yet when they are told. */
const toldEarly: ReadonlySet<string> = new Set(["die", "pause", "unpause"]);
const firstWaitMs = 250;
const longestWaitMs = 5_000;

/** A connection to that engine; `run` starts it. */
export function createConnection(engine: Engine, clock: Clock): Connection {
  const state = createStore<ConnectionState>({ kind: "connecting" });
  const followers = new Map<Kind, Set<Follower>>();
  let wake = () => {};
  let attempt = new AbortController();
  let held = Promise.resolve();
  let release = () => {};

  const tell = (kind: Kind, ids: readonly string[] | undefined) => {
    for (const follower of followers.get(kind) ?? []) follower(ids);
  };
  const tellAll = () => {
    for (const kind of followers.keys()) tell(kind, undefined);
  };

  async function live(signal: AbortSignal): Promise<never> {
    const { podman } = await engine.connect(signal);
    const before = state.get();
    // One that hangs may answer a ping all the same.
    if (before.kind === "lost" && before.problem.kind === "timeout") await engine.containers({}, signal);
    const opening = engine.events(signal);
    tellAll(); // soon on the screen; told once more below, as changes before the stream is open go unheard
    const events = await opening;
    state.set({ kind: "live" });
    tellAll();
    void learnAbout(signal);
    const stop = clock.every(podman ? podmanResyncMs : resyncMs, tellAll);
    const burst = createBurst(clock, tell);
    try {
      for await (const event of events) {
        if (toldEarly.has(event.action)) void untilListed(event.id, signal).then(() => burst.add(event));
        else burst.add(event);
      }
    } finally {
      stop();
      burst.stop();
    }
    throw new ProblemError({ kind: "lost", message: `${engine.endpoint.label} closed the connection.` });
  }

  /**
   * The engine tells of an end or a pause before its list shows it, with a slow disk by seconds: it cleans up and writes
   * in between, with the container locked, and answers an inspect when that is over.
   */
  async function untilListed(id: string, signal: AbortSignal): Promise<void> {
    await engine.detail(id, signal).catch(() => {}); // gone, or the connection is: the list says so
  }

  async function learnAbout(signal: AbortSignal): Promise<void> {
    try {
      const about = await engine.about(signal);
      state.set((now) => (now.kind === "live" && !signal.aborted ? { kind: "live", about } : now));
    } catch {
      // The header does without; the next connection asks again.
    }
  }

  async function wait(error: unknown, signal: AbortSignal): Promise<void> {
    const before = state.get();
    const attempt = before.kind === "lost" ? before.attempt + 1 : 1;
    const ms = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(10, attempt - 1));
    const now = clock.ticks();
    const since = before.kind === "lost" ? before.since : now;
    state.set({
      kind: "lost",
      since,
      problem: explain(error, engine.endpoint),
      attempt,
      retryAt: now + ms,
    });
    const waiting = new AbortController();
    wake = () => waiting.abort();
    await pause(clock, ms, AbortSignal.any([signal, waiting.signal]));
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    follow(kind, follower) {
      const all = followers.get(kind) ?? new Set();
      followers.set(kind, all.add(follower));
      if (state.get().kind === "live") follower(undefined);
      return () => all.delete(follower);
    },
    async run(signal) {
      while (!signal.aborted) {
        await held;
        attempt = new AbortController();
        try {
          await live(AbortSignal.any([signal, attempt.signal]));
        } catch (error) {
          const wasHeld = attempt.signal.reason === onHold;
          const cause = attempt.signal.aborted ? attempt.signal.reason : error;
          attempt.abort();
          if (wasHeld) state.set({ kind: "connecting" });
          else if (!signal.aborted) await wait(cause, signal);
        }
      }
    },
    retry: () => wake(),
    distrust: (error) => attempt.abort(error),
    hold() {
      held = new Promise((resolve) => {
        release = resolve;
      });
      attempt.abort(onHold);
    },
    goOn() {
      release();
      wake();
    },
  };
}

/** Why an attempt is given up while the process is stopped. */
const onHold = Symbol("hold");

/** Gathers what changed until it has been quiet for a moment, so that one restart is one load, not five. */
function createBurst(clock: Clock, tell: (kind: Kind, ids: readonly string[]) => void) {
  const changed = new Map<Kind, Set<string>>();
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel = undefined;
    const told = [...changed];
    changed.clear();
    for (const [kind, ids] of told) tell(kind, [...ids]);
  };
  return {
    add({ kind, id }: EngineEvent) {
      changed.set(kind, (changed.get(kind) ?? new Set()).add(id));
      cancel ??= clock.after(quietMs, flush);
    },
    stop() {
      cancel?.();
      cancel = () => {}; // what comes late is told no more
    },
  };
}
