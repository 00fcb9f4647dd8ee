import { PassThrough, Writable } from "node:stream";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { type Instance, render } from "ink";
import { onTestFinished } from "vitest";
import { createSession, type Session } from "../../src/actions/session.ts";
import { App } from "../../src/app.tsx";
import { type DemoEngine, type DemoOptions, startDemoEngine } from "../../src/demo/index.ts";
import { saveFile } from "../../src/docker/archive/save-file.ts";
import { type Clock, systemClock } from "../../src/docker/clock.ts";
import { createCompose } from "../../src/docker/compose.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine } from "../../src/docker/engine.ts";
import { localKind, localPath } from "../../src/docker/local-path.ts";
import type { Pagers } from "../../src/docker/pager.ts";
import { holdMs } from "../../src/hooks/pace.ts";
import { autowrap } from "../../src/hooks/terminal.ts";
import { createTheme } from "../../src/ui/theme.ts";
import { noPagers } from "../no-pagers.ts";
import { patienceMs } from "../patience.ts";
import { openScreen } from "../terminal/screen.ts";

/** How a robot begins: the size of its terminal, the engine it looks at, what was said on the command line. */
export type RobotOptions = {
  columns?: number;
  rows?: number;
  demo?: DemoOptions;
  readOnly?: boolean;
  query?: string;
  tab?: number;
  clock?: Clock;
  colour?: boolean;
  /** Done to the engine before dockui starts. */
  before?(engine: DemoEngine): void | Promise<void>;
  /** Where dockui looks for the engine, when not where it is. */
  socketPath?: string;
  /** The pager of this machine; none unless told. */
  pagers?: Pagers;
};

/** A dockui that shows its containers, connected. */
export async function openContainers(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openRobot(options);
  await robot.sees("● live");
  await robot.sees(/^▌/m);
  return robot;
}

/** A person at a terminal with dockui on it: presses keys, sees text, and knows what the engine was asked. */
export type Robot = Awaited<ReturnType<typeof openRobot>>;

/** Opens dockui on a terminal of that size over a demo engine in which nothing happens by itself. */
export async function openRobot(options: RobotOptions = {}) {
  const { columns = 120, rows = 40, clock = systemClock, readOnly = false } = options;
  const fingers = slowFingers();
  const engine = await startDemoEngine({ quiet: true, now: clock.now, ...options.demo });
  await options.before?.(engine);
  const screen = openScreen(columns, rows, () => {});
  const stdin = fakeInput();
  let written = "";
  const stdout = fakeOutput({ columns, rows }, (bytes, done) => {
    written += Buffer.from(bytes).toString();
    screen.write(bytes, done);
  });
  const host: string[] = [];
  const dockui = createEngine(unix(options.socketPath ?? engine.socketPath), { readOnly, now: clock.now });
  const session = createSession(dockui, {
    ...{ clock, readOnly, demo: false, query: options.query ?? "", tab: options.tab ?? 0 },
    host: {
      term: "xterm",
      ...{ localPath, localKind, save: saveFile },
      pagers: options.pagers ?? noPagers,
      compose: createCompose(dockui.endpoint, {}),
      async copy(text) {
        host.push(`copy ${text}`);
        return { kind: "sent", look: "" };
      },
      stopProcess: async () => void host.push("stop process"),
      demo: () => void host.push("demo"),
      quit: () => void host.push("quit"),
    },
  });
  const leaving = new AbortController();
  void session.connection.run(leaving.signal);
  const theme = createTheme({ colour: options.colour ?? true, styles: true });
  stdout.write(autowrap.off);
  const ink = show(session, { theme, stdin, stdout, fingers });

  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    leaving.abort();
    ink.unmount();
    session.watcher.watch([]);
    dockui.close();
    await engine.close();
  }
  onTestFinished(close);

  /** Waits until what was written so far stands on the screen. */
  async function painted(): Promise<void> {
    await ink.waitUntilRenderFlush();
    await new Promise<void>((done) => screen.write(new Uint8Array(), done));
  }

  async function send(bytes: string): Promise<void> {
    fingers.press();
    stdin.write(bytes);
    // A key that changes something is held, then waits for its turn.
    for (let turns = 0; turns < 4; turns++) await turn();
    // Ink holds a lone escape back for 20 ms, since the next byte may make a sequence of it.
    if (bytes === keys.esc) await sleep(25);
    await painted();
  }

  const matches = (wanted: string | RegExp) => () =>
    typeof wanted === "string" ? screen.text().includes(wanted) : wanted.test(screen.text());
  const calls = (wanted: RegExp) =>
    engine.requests.map(({ method, path }) => `${method} ${path}`).filter((line) => wanted.test(line));

  const robot = {
    engine,
    session,
    host: host as readonly string[],
    world: engine.world,
    close,
    painted,
    /** Resolves when that text, or something like it, stands on the screen. */
    sees: (wanted: string | RegExp) => screen.until(matches(wanted), `to see ${wanted}`, patienceMs),
    seesNot: (wanted: string | RegExp) =>
      screen.until(() => !matches(wanted)(), `not to see ${wanted}`, patienceMs),
    /** Resolves when the row that holds `text` matches, too. */
    seesRow: (text: string, wanted: RegExp) =>
      screen.until(
        () => rowsOf(screen.text()).some((row) => row.includes(text) && wanted.test(row)),
        `a row with ${text} and ${wanted}`,
        patienceMs,
      ),
    /** Resolves when something holds after one of the coming frames or engine calls. */
    until: (holds: () => boolean, goal: string) => screen.until(holds, goal, patienceMs),
    /** Each is a key by name, or characters that arrive in one read. */
    async press(...names: string[]) {
      for (const name of names) await send(keys[name] ?? name);
    },
    /** Bytes that arrive at this very moment, whatever is being painted. */
    keysNow(bytes: string) {
      stdin.write(bytes);
      stdin.emit("readable");
    },
    /** Types slowly: every character is a read of its own. */
    async type(text: string) {
      for (const character of text) await send(character);
    },
    paste: (text: string) => send(`\u001b[200~${text}\u001b[201~`),
    async resize(width: number, height: number) {
      screen.resize(width, height);
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit("resize");
      await painted();
    },
    screen: () => screen.text(),
    /** Every byte that was written to the terminal so far. */
    written: () => written,
    rows: () => rowsOf(screen.text()),
    row: (text: string) => rowsOf(screen.text()).find((row) => row.includes(text)) ?? "",
    /** The row under the cursor. */
    held: () => rowsOf(screen.text()).find((row) => row.startsWith("▌")) ?? "",
    /** How the cells of a text look, in the first row that holds it. */
    looks(text: string) {
      const y = rowsOf(screen.text()).findIndex((row) => row.includes(text));
      const x = (rowsOf(screen.text())[y] ?? "").indexOf(text);
      return [...text].map((_, index) => screen.cell(x + index, y));
    },
    cell: screen.cell,
    /** The requests the engine got, as "METHOD /path?query". */
    calls,
    /** Those that change something. */
    changes: () => calls(/^(?!GET|HEAD)/),
    /** Puts the cursor on the container of that name, with nothing left of the query that found it. */
    async goTo(name: string) {
      await robot.press(`/name:${name}\r`);
      await robot.until(() => robot.held().includes(` ${name} `), `the cursor on ${name}`);
      await robot.press("esc");
      await robot.until(() => robot.held().includes(` ${name} `), `the cursor still on ${name}`);
    },
  };
  return robot;
}

function show(
  session: Session,
  options: {
    theme: ReturnType<typeof createTheme>;
    stdin: NodeJS.ReadableStream;
    stdout: NodeJS.WritableStream;
    fingers: ReturnType<typeof slowFingers>;
  },
): Instance {
  let painted = 0;
  const { theme, fingers } = options;
  return render(<App {...{ session, theme, fingers, frames: () => painted }} />, {
    onRender: () => void painted++,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    stdin: options.stdin as NodeJS.ReadStream,
    stdout: options.stdout as NodeJS.WriteStream,
  });
}

function rowsOf(text: string): string[] {
  return text.split("\n");
}

/** The bytes of the keys that type no character. */
const keys: Readonly<Record<string, string>> = {
  enter: "\r",
  esc: "\u001b",
  tab: "\t",
  "shift+tab": "\u001b[Z",
  space: " ",
  backspace: "\u007f",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  end: "\u001b[F",
  pageup: "\u001b[5~",
  pagedown: "\u001b[6~",
  delete: "\u001b[3~",
  "ctrl+c": "\u0003",
  "ctrl+d": "\u0004",
  "ctrl+l": "\u000c",
  "ctrl+r": "\u0012",
  "ctrl+s": "\u0013",
  "ctrl+u": "\u0015",
  "ctrl+x": "\u0018",
  "ctrl+z": "\u001a",
};

function fakeInput() {
  const stdin = new PassThrough();
  const nothing = () => stdin;
  return Object.assign(stdin, { isTTY: true, setRawMode: nothing, ref: nothing, unref: nothing });
}

function fakeOutput(
  size: { columns: number; rows: number },
  paint: (bytes: Uint8Array, done: () => void) => void,
) {
  const stdout = new Writable({
    decodeStrings: false,
    // A terminal line turns LF into CR LF on the way out.
    write: (text: string | Buffer, _encoding, done) =>
      paint(Buffer.from(text.toString().replace(/\r?\n/g, "\r\n")), done),
  });
  return Object.assign(stdout, { isTTY: true, ...size });
}

/** The clock of a person who types a key a second; what is held for what may come is not, since nothing does. */
function slowFingers() {
  let now = 0;
  return {
    now: () => now,
    after: (ms: number, run: () => void) => {
      if (ms !== holdMs) return systemClock.after(ms, run);
      const soon = setImmediate(run);
      return () => clearImmediate(soon);
    },
    press: () => {
      now += 1_000;
    },
  };
}

/** A clock that stands still until it is wound; only waits too short to be seen go by themselves. */
export function windClock(start: number) {
  const shortMs = 250;
  type Timer = { at: number; run(): void };
  const timers = new Set<Timer>();
  let now = start;
  const add = (ms: number, run: () => void): (() => void) => {
    const timer = { at: now + ms, run };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const next = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    ticks: () => now,
    after: (ms: number, run: () => void) => (ms <= shortMs ? systemClock.after(ms, run) : add(ms, run)),
    every(ms: number, run: () => void) {
      let stop = () => {};
      const again = () => {
        stop = add(ms, () => {
          again();
          run();
        });
      };
      again();
      return () => stop();
    },
    /** Lets that much time pass at once. */
    wind(ms: number) {
      const end = now + ms;
      for (let timer = next(end); timer; timer = next(end)) {
        timers.delete(timer);
        now = timer.at;
        timer.run();
      }
      now = end;
    },
  } satisfies Clock & { wind(ms: number): void };
}
