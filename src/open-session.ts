import { EventEmitter, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { giveUp } from "./actions/quit.ts";
import { createSession, type Host, notify, type Session } from "./actions/session.ts";
import { loadConfig } from "./config-file.ts";
import { saveFile } from "./docker/archive/save-file.ts";
import { copyText } from "./docker/clipboard.ts";
import { systemClock } from "./docker/clock.ts";
import { createCompose } from "./docker/compose.ts";
import type { Endpoint } from "./docker/endpoint.ts";
import { createEngine } from "./docker/engine.ts";
import { localKind, localPath } from "./docker/local-path.ts";
import { createPagers } from "./docker/pager.ts";
import { isInBackground } from "./docker/signals.ts";
import { until } from "./docker/until.ts";
import { journalFile } from "./journal-file.ts";

/** What the person asked of the process itself. */
export type Wishes = EventEmitter<{ quit: []; demo: [] }>;

/** An engine and where it came from; `close` ends a demo engine. */
export type Place = { endpoint: Endpoint; close?(): Promise<void> };

/** A session at work; `stop` ends all that hangs on it. */
export type Opened = {
  session: Session;
  wishes: Wishes;
  /** Resolves when there is something to show: the first list, or why there is none. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  readOnly: boolean;
  tab: number;
  query: string;
  process: NodeJS.Process;
  wishes?: Wishes;
  warnings?: readonly string[];
};

/**
 * Begins to connect at once, before there is a screen: the list comes in while the screen's code is still being
 * loaded. The containers are kept for as long as the session lives, since the header counts them everywhere.
 */
export function openSession({ endpoint, close }: Place, options: Options): Opened {
  const wishes: Wishes = options.wishes ?? new EventEmitter();
  const { readOnly, tab, query } = options;
  const { config, problem } = loadConfig(options.process.env);
  const session: Session = createSession(createEngine(endpoint, { readOnly, now: systemClock.now }), {
    clock: systemClock,
    demo: close !== undefined,
    host: createHost(options.process, { wishes, endpoint, session: () => session }),
    // What is done to the demo is nobody's.
    keeper: close ? undefined : journalFile(options.process.env, endpoint),
    ...{ readOnly, tab, query, config },
  });
  for (const warning of [...(options.warnings ?? []), ...(problem === undefined ? [] : [problem])])
    notify(session, "warn", warning);
  const leaving = new AbortController();
  const release = session.sources.containers.subscribe(() => {});
  void session.connection.run(leaving.signal);
  return {
    session,
    wishes,
    ready: firstNews(session),
    async stop() {
      await session.host.pagers.leave();
      await giveUp(session, tidyMs);
      release();
      leaving.abort();
      session.watcher.watch([]);
      session.engine.close();
      await close?.();
    },
  };
}

/** Copies that are cut short clear away what they made for so long, in ms. */
const tidyMs = 3_000;

/** Resolves when the containers are known, or the engine cannot be reached. */
function firstNews({ sources, connection }: Session): Promise<void> {
  const isKnown = () => sources.containers.get().loadedAt !== undefined || connection.get().kind === "lost";
  return until([sources.containers, connection], isKnown);
}

type HostOptions = { wishes: Wishes; endpoint: Endpoint; session(): Session };

function createHost(process: NodeJS.Process, { wishes, endpoint, session }: HostOptions): Host {
  const { env } = process;
  /** Streams are closed meanwhile: one that nobody reads slows the whole daemon. */
  const stopped = async (stop: () => void) => {
    const { connection } = session();
    connection.hold();
    const continued = once(process, "SIGCONT");
    stop();
    await continued;
    // "kill %1" continues what it ends: the signal is heard in this turn, before anything touches the terminal.
    if (isInBackground()) await setImmediate();
    connection.goOn();
  };
  return {
    term: env.TERM ?? "xterm",
    ...{ localPath, localKind, save: saveFile },
    compose: createCompose(endpoint, env),
    copy: (text) => copyText(process, text),
    quit: () => void wishes.emit("quit"),
    demo: () => void wishes.emit("demo"),
    pagers: createPagers(process, () => stopped(() => process.kill(process.pid, "SIGSTOP"))),
    async stopProcess() {
      const heard = process.listeners("SIGTSTP");
      process.removeAllListeners("SIGTSTP"); // only an unheard signal stops
      await stopped(() => process.kill(0, "SIGTSTP")); // the whole group, as ctrl+z does: npm start waits for dockui
      for (const listener of heard) process.on("SIGTSTP", listener);
      process.kill(process.pid, "SIGWINCH"); // the size may have changed
    },
  };
}
