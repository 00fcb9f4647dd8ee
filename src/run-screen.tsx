import { once } from "node:events";
import { render } from "ink";
import { createSession, type Host, type Session } from "./actions/session.ts";
import { App } from "./app.tsx";
import { systemClock } from "./docker/clock.ts";
import type { Endpoint } from "./docker/endpoint.ts";
import { createEngine } from "./docker/engine.ts";
import { autowrap } from "./hooks/terminal.ts";
import { createTheme } from "./ui/theme.ts";

/** What the screen needs of the process it runs in. */
export type ScreenOptions = {
  /** Absent: the demo engine. */
  endpoint: Endpoint | undefined;
  startDemo(): Promise<{ endpoint: Endpoint; close(): Promise<void> }>;
  readOnly: boolean;
  tab: number;
  query: string;
  process: NodeJS.Process;
};

/** What is left to say once the terminal is back, and the exit code. */
export type Ending = { text: string; code: number };

/** One engine on the screen; `stop` ends all that hangs on it. */
type Running = { session: Session; stop(): Promise<void> };

const signals = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/** Opens the full screen; resolves when it is left, with the terminal as it was before. */
export async function runScreen(options: ScreenOptions): Promise<Ending | undefined> {
  const { stdout, stdin, env } = options.process;
  const theme = createTheme({ colour: !env.NO_COLOR, styles: true });
  let end: (ending: Ending | undefined) => void = () => {};
  const ended = new Promise<Ending | undefined>((resolve) => {
    end = resolve;
  });
  let running: Running | undefined;

  const host: Host = {
    term: env.TERM ?? "xterm",
    copy: (text) => void stdout.write(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`),
    stopProcess: async () => {
      await stopProcess(options.process, running);
    },
    demo: () => void open(undefined).catch(crash),
    quit: () => end(lostEnding(running?.session)),
  };
  const crash = (error: unknown) =>
    end({ text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 });

  async function open(endpoint: Endpoint | undefined): Promise<void> {
    const demo = endpoint ? undefined : await options.startDemo();
    const before = running;
    running = start(demo?.endpoint ?? (endpoint as Endpoint), { ...options, host, demo: demo?.close });
    const app = <App key={running.session.engine.endpoint.label} session={running.session} theme={theme} />;
    if (before) instance?.rerender(app);
    else instance = show(app);
    await before?.stop();
  }

  function show(app: React.JSX.Element) {
    stdout.write(autowrap.off);
    const shown = render(app, {
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
      exitOnCtrlC: false,
      patchConsole: true,
      interactive: true,
      stdin,
      stdout,
    });
    shown.waitUntilExit().then(() => end(undefined), crash);
    return shown;
  }

  let instance: ReturnType<typeof render> | undefined;
  const restore = guard(options.process, { end, crash, running: () => running });
  try {
    await open(options.endpoint);
    return await ended;
  } finally {
    instance?.unmount();
    restore();
    await running?.stop();
  }
}

function start(
  endpoint: Endpoint,
  options: ScreenOptions & { host: Host; demo: (() => Promise<void>) | undefined },
): Running {
  const engine = createEngine(endpoint, { readOnly: options.readOnly, now: systemClock.now });
  const session = createSession(engine, {
    clock: systemClock,
    readOnly: options.readOnly,
    demo: options.demo !== undefined,
    host: options.host,
    tab: options.tab,
    query: options.query,
  });
  let leaving = new AbortController();
  void session.connection.run(leaving.signal);
  return {
    session,
    async stop() {
      leaving.abort();
      leaving = new AbortController();
      session.watcher.watch([]);
      engine.close();
      await options.demo?.();
    },
  };
}

/** Quitting where no engine was ever reached says why, for those who look at the exit code. */
function lostEnding(session: Session | undefined): Ending | undefined {
  const state = session?.connection.get();
  if (state?.kind !== "lost" || session?.sources.containers.get().loadedAt !== undefined) return undefined;
  return { text: `dockui: ${state.problem.message}\n${state.problem.hint ?? ""}`.trimEnd(), code: 1 };
}

/** Stops the process group as ctrl+z in a shell does. Streams are closed first: one that nobody reads slows dockerd. */
async function stopProcess(process: NodeJS.Process, running: Running | undefined): Promise<void> {
  running?.session.connection.hold();
  const continued = once(process, "SIGCONT");
  process.kill(0, "SIGTSTP");
  await continued;
  process.kill(process.pid, "SIGWINCH"); // the size may have changed meanwhile
  running?.session.connection.goOn();
}

type Guarded = {
  end(ending: Ending | undefined): void;
  crash(error: unknown): void;
  running(): Running | undefined;
};

/** Whatever ends the process, the terminal is put back first; the answer takes the guards away. */
function guard(process: NodeJS.Process, { end, crash, running }: Guarded): () => void {
  const undo: (() => void)[] = [];
  const on = (event: string, listener: (...values: never[]) => void) => {
    process.on(event as never, listener as never);
    undo.push(() => process.off(event as never, listener as never));
  };
  for (const [signal, code] of Object.entries(signals)) on(signal, () => end({ text: "", code }));
  on("uncaughtException", crash);
  on("unhandledRejection", crash);
  // Stopped from outside: the terminal lost its modes meanwhile.
  on("SIGCONT", () => {
    const task = running()?.session.task;
    if (task && !task.get()) task.set({ kind: "redraw" });
  });
  const wrap = () => process.stdout.write(autowrap.on);
  process.once("exit", wrap);
  return () => {
    for (const stop of undo) stop();
    wrap();
    process.off("exit", wrap);
  };
}
