import { render } from "ink";
import { isAway, type Session } from "./actions/session.ts";
import { App } from "./app.tsx";
import { endInBackground, endings, isInBackground } from "./docker/signals.ts";
import { autowrap, undoModes } from "./hooks/terminal.ts";
import type { Opened } from "./open-session.ts";
import { createTheme } from "./ui/theme.ts";

/** What the screen needs: the session it begins with, another one over the demo engine, and its process. */
export type ScreenOptions = {
  opened: Opened;
  openDemo(): Promise<Opened>;
  process: NodeJS.Process;
};

/** What is left to say once the terminal is back, and the exit code. */
export type Ending = { text: string; code: number };

type End = (ending: Ending | undefined) => void;

/** A near engine answers sooner than this, in ms: then the first frame shows the list. A far one is not waited for. */
const patienceMs = 60;

/** Opens the full screen; resolves when it is left, with the terminal as it was before. */
export async function runScreen({ opened, openDemo, process }: ScreenOptions): Promise<Ending | undefined> {
  const theme = createTheme({ colour: !process.env.NO_COLOR, styles: true });
  const { promise: ended, resolve: end } = deferred<Ending | undefined>();
  const crash = (error: unknown) =>
    end({ text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 });
  let painted = 0;
  const frames = () => painted;
  const app = ({ session }: Opened) => (
    <App key={session.engine.endpoint.label} {...{ session, theme, frames }} />
  );
  let current = opened;

  opened.wishes.on("quit", () => end(lostEnding(current.session)));
  opened.wishes.on("demo", () => {
    openDemo()
      .then(async (demo) => {
        const before = current;
        current = demo;
        instance.rerender(app(demo));
        await before.stop();
      })
      .catch(crash);
  });
  const restore = guard(process, { end, crash, session: () => current.session });
  await Promise.race([opened.ready, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  process.stdin.setRawMode(true); // Ink does it a little after the first frame: a ctrl+z in between would stop dockui
  process.stdout.write(autowrap.off);
  const instance = render(app(opened), {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 120,
    exitOnCtrlC: false,
    patchConsole: true,
    interactive: true,
    onRender: () => void painted++,
    stdin: process.stdin,
    stdout: process.stdout,
  });
  instance.waitUntilExit().then(() => end(undefined), crash);
  try {
    return await ended;
  } finally {
    instance.unmount();
    restore();
    await current.stop();
  }
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Quitting where no engine was ever reached says why, for those who look at the exit code. */
function lostEnding({ connection, sources }: Session): Ending | undefined {
  const state = connection.get();
  if (state.kind !== "lost" || sources.containers.get().loadedAt !== undefined) return undefined;
  return { text: `dockui: ${state.problem.message}\n${state.problem.hint ?? ""}`.trimEnd(), code: 1 };
}

type Guarded = { end: End; crash(error: unknown): void; session(): Session };

/** Whatever ends the process, the terminal is put back first; the answer takes the guards away. */
function guard(process: NodeJS.Process, { end, crash, session }: Guarded): () => void {
  const undo: (() => void)[] = [];
  const on = (event: string, listener: (...values: never[]) => void) => {
    process.on(event as never, listener as never);
    undo.push(() => process.off(event as never, listener as never));
  };
  // ctrl+c in a pager is meant for that, though all of the terminal's programs hear it.
  const isMeant = (signal: string) => signal !== "SIGINT" || session().task.get()?.kind !== "pager";
  for (const [signal, code] of Object.entries(endings))
    on(signal, () => {
      if (isInBackground()) endInBackground(process, signal);
      else if (isMeant(signal)) end({ text: "", code });
    });
  on("uncaughtException", crash);
  on("unhandledRejection", crash);
  const begin = (kind: "suspend" | "redraw") => () => {
    const { task } = session();
    if (!task.get()) task.set({ kind });
  };
  on("SIGTSTP", begin("suspend"));
  // Stopped from outside: the terminal lost its modes meanwhile.
  on("SIGCONT", begin("redraw"));
  // A program in an open shell may have left anything on.
  const wrap = () => isInBackground() || process.stdout.write(isAway(session()) ? undoModes : autowrap.on);
  process.once("exit", wrap);
  return () => {
    for (const stop of undo) stop();
    wrap();
    process.off("exit", wrap);
  };
}
