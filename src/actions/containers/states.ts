import type { Container } from "../../docker/containers.ts";
import { shellQuote } from "../../format/quote.ts";
import type { Run, TargetsAction } from "../action.ts";
import { undoPause, undoStop, undoUnpause } from "../undo/undo-container.ts";

const up = new Set(["running", "paused", "restarting"]);

/** Whether its processes are there, paused ones included. */
export function isUp({ state }: Pick<Container, "state">): boolean {
  return up.has(state);
}

/** The engine refuses to start these: they only wait to be removed. */
const ending = new Set(["removing", "dead"]);

function notRunning(container: Container): string | undefined {
  return isUp(container) ? undefined : `it is not running, it is ${said(container.state)}.`;
}

/** Why nothing can be changed of what is on its way out. */
export function unlessRemoving({ state }: Container): string | undefined {
  return state === "removing" ? "it is being removed." : undefined;
}

/** A state as a sentence goes on with it. */
export function said(state: Container["state"]): string {
  return state === "created" ? "created and was never started" : state;
}

/** A docker command line on objects of those names. */
export function docker(verb: string, names: readonly string[], ...flags: string[]): string {
  return shellQuote(["docker", ...verb.split(" "), ...flags, ...names]);
}

/** The state and image of a container, beside its name in a dialog. */
export function stateDetail({ state, image }: Container): string {
  return `${state}  ${image}`;
}

/** Waits for a stop with its grace time on the row; the engine kills what is not gone by then. */
async function withGrace(
  container: Container,
  { engine, signal, waiting }: Run,
  work: { label: string; run(graceSeconds: number): Promise<void> },
): Promise<void> {
  const { graceSeconds } = await engine.detail(container.id, signal);
  waiting(work.label, graceSeconds < 0 ? undefined : graceSeconds * 1000);
  await work.run(graceSeconds);
}

const signals = ["KILL", "TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "ABRT", "CONT", "STOP", "WINCH"];

/** Why a text is no signal; undefined when it is one. */
export function faultOfSignal(value: string): string | undefined {
  const name = value.toUpperCase().replace(/^SIG/, "");
  const number = Number(value);
  if (signals.includes(name) || (Number.isInteger(number) && number >= 1 && number <= 64)) return undefined;
  return `A signal: ${signals.join(" ")}, or its number.`;
}

/** Stops it, with its grace time. */
export const stop: TargetsAction<Container> = {
  id: "stop",
  on: "targets",
  keys: ["s"],
  label: "stop",
  help: "Stop: ask the container to end, kill it after its grace time",
  footer: 4,
  changes: true,
  doing: "stopping",
  done: "stopped",
  unavailable: notRunning,
  confirm: { danger: true, detail: stateDetail },
  command: (names) => docker("stop", names),
  run(container, run) {
    run.undoable(undoStop(container));
    return withGrace(container, run, {
      label: "stopping",
      run: (grace) => run.engine.stop(container.id, grace, run.signal),
    });
  },
};

/** Starts what does not run. */
export const start: TargetsAction<Container> = {
  id: "start",
  on: "targets",
  keys: ["s"],
  label: "start",
  help: "Start a container that does not run",
  footer: 4,
  changes: true,
  doing: "starting",
  done: "started",
  unavailable: (container) =>
    isUp(container) || ending.has(container.state) ? `it is ${container.state}.` : undefined,
  command: (names) => docker("start", names),
  run({ id }, { engine, signal, undoable }) {
    undoable("s stops it.");
    return engine.start(id, signal);
  },
};

/** Stops and starts it. */
export const restart: TargetsAction<Container> = {
  id: "restart",
  on: "targets",
  keys: ["r"],
  label: "restart",
  help: "Restart: stop it with its grace time, then start it",
  footer: 5,
  changes: true,
  doing: "restarting",
  done: "restarted",
  unavailable: ({ state }) => (ending.has(state) ? `it is ${state}.` : undefined),
  confirm: { danger: true, detail: stateDetail },
  command: (names) => docker("restart", names),
  run(container, run) {
    run.undoable("it runs already, and what it was doing before is over.");
    return withGrace(container, run, {
      label: "restarting",
      run: (grace) => run.engine.restart(container.id, grace, run.signal),
    });
  },
};

/** Freezes it. */
export const pause: TargetsAction<Container> = {
  id: "pause",
  on: "targets",
  keys: ["p"],
  label: "pause",
  help: "Pause: freeze all processes of the container",
  footer: 6,
  changes: true,
  doing: "pausing",
  done: "paused",
  unavailable: ({ state }) => (state === "running" ? undefined : `it is not running, it is ${said(state)}.`),
  command: (names) => docker("pause", names),
  run(container, { engine, signal, undoable }) {
    undoable(undoPause(container));
    return engine.pause(container.id, signal);
  },
};

/** Lets a frozen one go on. */
export const unpause: TargetsAction<Container> = {
  id: "unpause",
  on: "targets",
  keys: ["p"],
  label: "unpause",
  help: "Unpause: let a paused container go on",
  footer: 6,
  changes: true,
  doing: "unpausing",
  done: "unpaused",
  unavailable: ({ state }) => (state === "paused" ? undefined : `it is not paused, it is ${said(state)}.`),
  command: (names) => docker("unpause", names),
  run(container, { engine, signal, undoable }) {
    undoable(undoUnpause(container));
    return engine.unpause(container.id, signal);
  },
};

/** Sends a signal. */
export const kill: TargetsAction<Container> = {
  id: "kill",
  on: "targets",
  keys: ["K"],
  label: "kill",
  help: "Kill: send a signal to the main process at once",
  changes: true,
  evenBusy: true,
  doing: "killing",
  done: "signalled",
  unavailable: notRunning,
  confirm: {
    danger: true,
    detail: stateDetail,
    fields: [
      {
        kind: "text",
        id: "signal",
        label: "Signal",
        value: "KILL",
        hint: "KILL ends it at once; HUP often reloads",
        check: faultOfSignal,
      },
    ],
  },
  command: (names, { signal }) => docker("kill", names, "--signal", String(signal ?? "KILL")),
  run({ id }, { engine, answers, signal, undoable }) {
    undoable("a signal cannot be taken back.");
    return engine.kill(id, String(answers.signal ?? "KILL"), signal);
  },
};
