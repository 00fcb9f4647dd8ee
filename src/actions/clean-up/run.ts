import { inFull } from "../../docker/errors.ts";
import { createStore, type Readable } from "../../docker/store.ts";
import { until } from "../../docker/until.ts";
import { decimalSize } from "../../format/size.ts";
import { record, settle } from "../journal.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { openOverlay } from "../overlays.ts";
import { notify, type Session } from "../session.ts";
import { carryOut, type Outcome } from "./carry-out.ts";
import { gainOf } from "./gain.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";
import { type Total, totalOf } from "./total.ts";
import { removalCommand } from "./words.ts";
import type { World } from "./world.ts";

/** One object of a clean-up that was begun, and what became of it. */
export type RunItem = { id: string; item: CleanUpItem; outcome: Outcome };

/** How far a clean-up is. */
export type RunState = {
  items: readonly RunItem[];
  phase: "removing" | "measuring" | "over";
  /** The engine does not answer; it is waited for. */
  waits: boolean;
  stopped: boolean;
  promised: Total;
  /** Bytes that came back, as a new measuring tells; absent until then. */
  gained?: Readonly<Record<CleanUpKind, number>>;
  /** Why it is not known what came back. */
  unmeasured?: string;
};

/** A clean-up at work, or what became of it. */
export type CleanUpRun = Readable<RunState> & {
  isRunning(): boolean;
  /** Stops between two objects. */
  stop(): void;
};

/** Removes those items and shows it; it goes on when that view is left, and its end is told. */
export function startCleanUp(session: Session, items: readonly CleanUpItem[], world: World): CleanUpRun {
  const store = createStore<RunState>({
    items: items.map((item) => ({ id: item.id, item, outcome: { kind: "waiting" } })),
    phase: "removing",
    ...{ waits: false, stopped: false, promised: totalOf(items, world) },
  });
  const leaving = new AbortController();
  const run: CleanUpRun = {
    get: store.get,
    subscribe: store.subscribe,
    isRunning: () => store.get().phase === "removing",
    stop() {
      if (leaving.signal.aborted || !run.isRunning()) return;
      leaving.abort();
      store.set((before) => ({ ...before, stopped: true }));
    },
  };
  const entries = new Map<string, JournalEntry>();
  const tell = (item: CleanUpItem, outcome: Outcome) => {
    keepInJournal(session, entries, item, outcome);
    // The engine tells no event of a removal that failed half-way.
    if (outcome.kind === "failed" && item.kind === "container")
      session.sources.containers.refresh([item.ref]);
    store.set((before) => ({
      ...before,
      items: before.items.map((other) => (other.id === item.id ? { ...other, outcome } : other)),
    }));
  };
  const whenBack = async () => {
    store.set((before) => ({ ...before, waits: true }));
    await untilBack(session, leaving.signal);
    store.set((before) => ({ ...before, waits: false }));
    if (leaving.signal.aborted) throw new Error("It is not waited for any more.");
  };
  session.cleanUps.set((all) => [...all, run]);
  openOverlay(session, { kind: "clean-up-run", run });
  const { engine } = session;
  void carryOut(items, { engine, world, signal: leaving.signal, tell, whenBack }).then(async () => {
    store.set((before) => ({ ...before, phase: "measuring" }));
    await measureGain(session, store, world);
    report(session, store.get());
  });
  return run;
}

/** Resolves when the engine answers again. It may not be known yet that it does not: the first news is waited for. */
async function untilBack({ connection, clock }: Session, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => clock.after(1_000, resolve));
  await until([connection], () => connection.get().kind === "live", signal);
}

function keepInJournal(
  session: Session,
  entries: Map<string, JournalEntry>,
  item: CleanUpItem,
  outcome: Outcome,
): void {
  if (outcome.kind === "removing") entries.set(item.id, record(session, removalCommand([item])));
  const entry = entries.get(item.id);
  if (!entry) return;
  if (outcome.kind === "removed")
    settle(session, entry, "done", {
      notes: outcome.note === undefined ? [] : [outcome.note],
      undo: outcome.undo,
    });
  else if (outcome.kind === "skipped" || outcome.kind === "failed")
    settle(session, entry, "failed", { reason: outcome.reason, undo: outcome.undo });
}

type RunStore = ReturnType<typeof createStore<RunState>>;

async function measureGain(session: Session, store: RunStore, { figures }: World): Promise<void> {
  const removed = store.get().items.filter(({ outcome }) => outcome.kind === "removed");
  const over = (change: Partial<RunState>) =>
    store.set((before) => ({ ...before, ...change, phase: "over" }));
  if (removed.length === 0) return over({});
  const after = await session.survey.measure({ anew: true });
  if (!figures) return over({ unmeasured: "It was not measured before." });
  const { problem } = session.survey.get();
  if (!after) return over({ unmeasured: problem ? inFull(problem) : "The measuring was given up." });
  over({
    gained: gainOf(
      removed.map(({ item }) => item),
      figures,
      after,
    ),
  });
}

/** Bytes that came back, of all kinds. */
export function gainedBytes({ gained }: Pick<RunState, "gained">): number | undefined {
  return gained && Object.values(gained).reduce((sum, bytes) => sum + bytes, 0);
}

/** How many came to that end. */
export function countOf({ items }: Pick<RunState, "items">, kind: Outcome["kind"]): number {
  return items.filter(({ outcome }) => outcome.kind === kind).length;
}

function report(session: Session, state: RunState): void {
  const gained = gainedBytes(state);
  const [skipped, failed, left] = [
    countOf(state, "skipped"),
    countOf(state, "failed"),
    countOf(state, "left"),
  ];
  const parts = [
    `Removed ${countOf(state, "removed")} of ${state.items.length}`,
    gained === undefined ? "" : `${decimalSize(Math.max(0, gained))} came back`,
    skipped > 0 ? `${skipped} skipped` : "",
    failed > 0 ? `${failed} failed` : "",
    left > 0 ? `${left} left when you stopped` : "",
  ].filter(Boolean);
  notify(session, failed > 0 ? "bad" : skipped + left > 0 ? "warn" : "good", `${parts.join(", ")}.`);
}
