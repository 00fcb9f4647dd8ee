import { explain, inFull } from "../docker/errors.ts";
import { createLogBuffer, type FeedState, type LogFeed } from "../docker/log-buffer.ts";
import { createStore } from "../docker/store.ts";
import { masked } from "../format/secrets/masked.ts";
import { record, settle } from "./journal.ts";
import { openOverlay } from "./overlays.ts";
import { type Notice, notify, type Session } from "./session.ts";

/** What something that takes its time has to say, as it comes. */
export type Output = LogFeed & {
  title: string;
  /** The docker command line that does the same. */
  command: string;
  isRunning(): boolean;
  /** Stops the work; what the engine has begun it may still carry out. */
  cancel(): void;
};

/** Where the work writes its lines. */
export type Sink = { line(stream: "out" | "err", text: string): void };

/** Work whose words are worth reading; the answer says how it ended. Rejects when it failed. */
export type Work = (sink: Sink, signal: AbortSignal) => Promise<Notice>;

/** So many that are over can be read again. */
const keptOutputs = 5;

const limits = { lines: 50_000, bytes: 64 * 1024 * 1024 };

/** Begins the work and shows what it writes; it goes on when that view is left, and its end is told. */
export function openOutput(
  session: Session,
  { title: whole, command, work }: { title: string; command: string; work: Work },
): Output {
  const title = masked(whole);
  const { clock, engine } = session;
  const buffer = createLogBuffer(limits);
  const state = createStore<FeedState>({ status: "following", older: "none", newer: "live", version: 0 });
  const update = (change: Partial<FeedState>) =>
    state.set((before) => ({ ...before, ...change, version: before.version + 1 }));
  const leaving = new AbortController();
  const entry = record(session, command);
  const sink: Sink = {
    line(stream, text) {
      buffer.append([{ stamp: new Date(clock.now()).toISOString(), stream, text }]);
      update({});
    },
  };
  // The view has its title above the reason already; a notice may come when something else is on the screen.
  const end = ({ tone, text }: Notice, outcome: "done" | "failed", lead = "") => {
    update({ status: outcome === "done" ? "ended" : "failed", reason: text.replace(`${whole}: `, "") });
    settle(session, entry, outcome, outcome === "failed" ? { reason: text } : {});
    notify(session, tone, lead + text);
  };
  work(sink, leaving.signal).then(
    (notice) => end(notice, notice.tone === "bad" ? "failed" : "done"),
    (error: unknown) => {
      const problem = explain(error, engine.endpoint);
      const isCancelled = problem.kind === "cancelled";
      const text = isCancelled ? "stopped; what was begun may still go on." : inFull(problem);
      end({ tone: isCancelled ? "warn" : "bad", text }, "failed", `${title}: `);
    },
  );
  const output: Output = {
    ...{ title, command: entry.command, buffer, get: state.get, subscribe: state.subscribe },
    loadOlder() {},
    loadNewer() {},
    rate: () => 0,
    run: async () => {},
    isRunning: () => state.get().status === "following",
    cancel: () => leaving.abort(),
  };
  session.outputs.set((all) => [...all.slice(-keptOutputs), output]);
  openOverlay(session, { kind: "output", output });
  return output;
}
