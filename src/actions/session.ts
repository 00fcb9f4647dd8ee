import type { SaveOptions } from "../docker/archive/save-file.ts";
import type { Copied } from "../docker/clipboard.ts";
import type { Clock } from "../docker/clock.ts";
import type { Compose } from "../docker/compose.ts";
import { type Connection, createConnection } from "../docker/connection.ts";
import type { Container } from "../docker/containers.ts";
import { createSurvey, type Survey } from "../docker/disk/survey.ts";
import type { Engine } from "../docker/engine.ts";
import type { AttachOptions, AttachSession } from "../docker/inside/attach.ts";
import type { ProgramOptions } from "../docker/inside/exec-body.ts";
import type { About } from "../docker/negotiate.ts";
import type { Pager, Pagers } from "../docker/pager.ts";
import { createSources, type Sources } from "../docker/sources.ts";
import { createStore, type Store } from "../docker/store.ts";
import { createWatcher, type Watcher } from "../docker/watched.ts";
import { masked } from "../format/secrets/masked.ts";
import type { CleanUpRun } from "./clean-up/run.ts";
import { type Config, usualConfig } from "./config.ts";
import { createHistories, type Histories } from "./history.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { JournalKeeper } from "./journal-lines.ts";
import type { Output } from "./output.ts";
import type { Overlay } from "./overlays.ts";
import type { Answers } from "./question.ts";

/** One line for the person: what happened and what to do next. */
export type Notice = { tone: "good" | "warn" | "bad"; text: string };

/** What is being done to an object; times in ms. */
export type Busy = {
  /** What it is called, and what is done to it. */
  name: string;
  label: string;
  since: number;
  until?: number;
  /** How far it is: "120MB/1.02GB". */
  amount?: string;
  /** Something else may be done meanwhile. */
  background?: boolean;
  /** Waits no longer; what the engine has begun it may still carry out. */
  cancel(): void;
};

/**
 * Everything one running dockui knows: its engine, what it watches, what lies on the screen. No state lives outside,
 * so that two can run in one process.
 */
export type Session = {
  engine: Engine;
  connection: Connection;
  sources: Sources;
  watcher: Watcher;
  /** What was measured of the disk. */
  survey: Survey;
  histories: Histories;
  clock: Clock;
  readOnly: boolean;
  demo: boolean;
  config: Config;
  /** What the first list is narrowed to when it opens. */
  query: string;
  /** The screen that is shown, by its place among the tabs. */
  tab: Store<number>;
  /** What the terminal is handed over for at this moment. */
  task: Store<TerminalTask | undefined>;
  overlays: Store<readonly Overlay[]>;
  notice: Store<Notice | undefined>;
  journal: Store<readonly JournalEntry[]>;
  /** Where the journal is kept when dockui ends; a demo's is not. */
  keeper: JournalKeeper | undefined;
  /** The ids of containers that were created again, by the ids they had before. */
  renewed: Store<ReadonlyMap<string, string>>;
  busy: Store<ReadonlyMap<string, Busy>>;
  /** The clean-ups that were begun, the last one last. */
  cleanUps: Store<readonly CleanUpRun[]>;
  /** Work with words of its own, the last one last. */
  outputs: Store<readonly Output[]>;
  /** The container that was being described when its form was left, or when it could not be made. */
  runDraft: Store<Answers | undefined>;
  /** The object that the cursor goes to as soon as its list has it. */
  reveal: Store<string | undefined>;
  host: Host;
};

/** What only the process's owner can do. */
export type Host = {
  /** Puts text into the clipboard of the person's terminal, and tells how far it is known to have come. */
  copy(text: string): Promise<Copied>;
  /** Writes a new file of this machine as its text comes; rejects when there is one, or it cannot be written whole. */
  save(
    target: string,
    pieces: Iterable<string> | AsyncIterable<string>,
    options: SaveOptions,
  ): Promise<{ path: string; bytes: number }>;
  /** Stops the process as ctrl+z does in a shell; resolves when it goes on. */
  stopProcess(): Promise<void>;
  /** Starts over with the demo engine. */
  demo(): void;
  quit(): void;
  /** The compose command of this machine. */
  compose: Compose;
  /** The program of this machine that shows a text page by page. */
  pagers: Pagers;
  /** The kind of terminal this is, for programs that are started in it. */
  term: string;
  /** A path of this machine as a person types it, made absolute. */
  localPath(typed: string): string;
  /** What stands at a path of this machine, links followed; undefined when there is nothing that may be seen. */
  localKind(typed: string): "file" | "folder" | undefined;
};

/** Something that needs the terminal for itself; the screen comes back after it. */
export type TerminalTask =
  | { kind: "shell"; container: Container; program?: ProgramOptions }
  | { kind: "attach"; container: Container; input: AttachOptions["input"]; attached?: AttachSession }
  | { kind: "pager"; pager: Pager; texts(signal: AbortSignal): AsyncIterable<string> }
  | { kind: "suspend" }
  | { kind: "redraw" };

/** What the engine tells of itself; undefined while it is not known. */
export function aboutOf({ connection }: Pick<Session, "connection">): About | undefined {
  const state = connection.get();
  return state.kind === "live" ? state.about : undefined;
}

/** A container as it is now; undefined when it is gone. */
export function containerNow({ sources }: Pick<Session, "sources">, id: string): Container | undefined {
  return sources.containers.get().items.find((container) => container.id === id);
}

/** Whether something else has the terminal, and the keys that are typed in it. */
export function isAway({ task }: Pick<Session, "task">): boolean {
  const kind = task.get()?.kind;
  return kind === "shell" || kind === "attach" || kind === "pager";
}

type Options = {
  clock: Clock;
  readOnly: boolean;
  demo: boolean;
  host: Host;
  config?: Config;
  keeper?: JournalKeeper | undefined;
  tab?: number;
  query?: string;
};

/** A session over that engine; the caller runs `connection.run` and closes the engine. */
export function createSession(engine: Engine, options: Options): Session {
  const { clock } = options;
  const connection = createConnection(engine, clock);
  return {
    clock,
    readOnly: options.readOnly,
    demo: options.demo,
    host: options.host,
    config: options.config ?? usualConfig,
    query: options.query ?? "",
    engine,
    connection,
    sources: createSources(engine, connection, clock),
    watcher: createWatcher(engine, clock),
    survey: createSurvey(engine, clock),
    histories: createHistories(),
    tab: createStore(options.tab ?? 0),
    task: createStore<TerminalTask | undefined>(undefined),
    overlays: createStore<readonly Overlay[]>([]),
    notice: createStore<Notice | undefined>(undefined),
    journal: createStore<readonly JournalEntry[]>([]),
    keeper: options.keeper,
    renewed: createStore<ReadonlyMap<string, string>>(new Map()),
    busy: createStore<ReadonlyMap<string, Busy>>(new Map()),
    cleanUps: createStore<readonly CleanUpRun[]>([]),
    outputs: createStore<readonly Output[]>([]),
    runDraft: createStore<Answers | undefined>(undefined),
    reveal: createStore<string | undefined>(undefined),
  };
}

/** Says one line; good news goes by itself after a while, bad news stays until the next key. */
export function notify(session: Session, tone: Notice["tone"], text: string): void {
  const notice = { tone, text: masked(text) };
  session.notice.set(notice);
  if (tone === "good")
    session.clock.after(6_000, () => session.notice.set((now) => (now === notice ? undefined : now)));
}
