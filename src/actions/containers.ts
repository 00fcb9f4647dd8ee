import type { Container } from "../docker/containers.ts";
import { shellQuote } from "../format/quote.ts";
import { decimalSize } from "../format/size.ts";
import type { Action, Run, TargetsAction } from "./action.ts";
import { noRules, openCleanUp } from "./clean-up.ts";
import { openOverlay } from "./session.ts";

const running = new Set(["running", "paused", "restarting"]);

function notRunning({ state }: Container): string | undefined {
  return running.has(state) ? undefined : `it is not running, it is ${said(state)}.`;
}

function said(state: Container["state"]): string {
  return state === "created" ? "created and was never started" : state;
}

function docker(verb: string, names: readonly string[], ...flags: string[]): string {
  return shellQuote(["docker", ...verb.split(" "), ...flags, ...names]);
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

function faultOfSignal(value: string): string | undefined {
  const name = value.toUpperCase().replace(/^SIG/, "");
  const number = Number(value);
  if (signals.includes(name) || (Number.isInteger(number) && number >= 1 && number <= 64)) return undefined;
  return `A signal: ${signals.join(" ")}, or its number.`;
}

const stop: TargetsAction<Container> = {
  id: "stop",
  on: "targets",
  keys: ["s"],
  label: "stop",
  help: "Stop: ask the container to end, kill it after its grace time",
  footer: 3,
  changes: true,
  doing: "stopping",
  done: "stopped",
  unavailable: notRunning,
  confirm: { danger: true, detail: stateDetail },
  command: (names) => docker("stop", names),
  run: (container, run) =>
    withGrace(container, run, {
      label: "stopping",
      run: (grace) => run.engine.stop(container.id, grace, run.signal),
    }),
};

const start: TargetsAction<Container> = {
  id: "start",
  on: "targets",
  keys: ["s"],
  label: "start",
  help: "Start a container that does not run",
  footer: 3,
  changes: true,
  doing: "starting",
  done: "started",
  unavailable: ({ state }) => (running.has(state) ? `it is ${state}.` : undefined),
  command: (names) => docker("start", names),
  run: ({ id }, { engine, signal }) => engine.start(id, signal),
};

const restart: TargetsAction<Container> = {
  id: "restart",
  on: "targets",
  keys: ["r"],
  label: "restart",
  help: "Restart: stop it with its grace time, then start it",
  footer: 4,
  changes: true,
  doing: "restarting",
  done: "restarted",
  unavailable: ({ state }) => (state === "removing" || state === "dead" ? `it is ${state}.` : undefined),
  confirm: { danger: true, detail: stateDetail },
  command: (names) => docker("restart", names),
  run: (container, run) =>
    withGrace(container, run, {
      label: "restarting",
      run: (grace) => run.engine.restart(container.id, grace, run.signal),
    }),
};

const pause: TargetsAction<Container> = {
  id: "pause",
  on: "targets",
  keys: ["p"],
  label: "pause",
  help: "Pause: freeze all processes of the container",
  footer: 5,
  changes: true,
  doing: "pausing",
  done: "paused",
  unavailable: ({ state }) => (state === "running" ? undefined : `it is not running, it is ${said(state)}.`),
  command: (names) => docker("pause", names),
  run: ({ id }, { engine, signal }) => engine.pause(id, signal),
};

const unpause: TargetsAction<Container> = {
  id: "unpause",
  on: "targets",
  keys: ["p"],
  label: "unpause",
  help: "Unpause: let a paused container go on",
  footer: 5,
  changes: true,
  doing: "unpausing",
  done: "unpaused",
  unavailable: ({ state }) => (state === "paused" ? undefined : `it is not paused, it is ${said(state)}.`),
  command: (names) => docker("unpause", names),
  run: ({ id }, { engine, signal }) => engine.unpause(id, signal),
};

const kill: TargetsAction<Container> = {
  id: "kill",
  on: "targets",
  keys: ["K"],
  label: "kill",
  help: "Kill: send a signal to the main process at once",
  changes: true,
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
  run: ({ id }, { engine, answers, signal }) => engine.kill(id, String(answers.signal ?? "KILL"), signal),
};

const remove: TargetsAction<Container> = {
  id: "remove",
  on: "targets",
  keys: ["d"],
  label: "remove",
  help: "Remove the container; force and its anonymous volumes are choices in the dialog",
  footer: 6,
  changes: true,
  doing: "removing",
  done: "removed",
  unavailable: ({ state }) => (state === "removing" ? "it is being removed." : undefined),
  confirm: {
    danger: true,
    detail: (container) =>
      [stateDetail(container), volumesOf(container), container.size ? decimalSize(container.size) : ""]
        .filter((part) => part !== "")
        .join(", "),
    fields: [
      { kind: "switch", id: "force", key: "f", label: "force: kill it when it runs", on: false },
      {
        kind: "switch",
        id: "volumes",
        key: "v",
        label: "volumes: remove its anonymous volumes too",
        on: false,
      },
    ],
    note: (containers) =>
      containers.some(({ state }) => running.has(state))
        ? "What runs is not removed unless force is on. What it wrote inside is lost."
        : "What it wrote inside is lost; named volumes stay.",
  },
  command: (names, { force, volumes }) =>
    docker("rm", names, ...(force ? ["--force"] : []), ...(volumes ? ["--volumes"] : [])),
  run: ({ id }, { engine, answers, signal }) =>
    engine.remove(id, { force: answers.force === true, volumes: answers.volumes === true }, signal),
};

function stateDetail({ state, image }: Container): string {
  return `${state}  ${image}`;
}

function volumesOf({ mounts }: Container): string {
  const volumes = mounts.filter(({ kind }) => kind === "volume");
  return volumes.length === 0 ? "" : `${volumes.length} ${volumes.length === 1 ? "volume" : "volumes"}`;
}

/** What can be done with containers, in the order of help. */
export const containerActions: readonly Action<Container>[] = [
  {
    id: "logs",
    on: "row",
    keys: ["l"],
    label: "logs",
    help: "Logs: the last lines first, followed live",
    footer: 1,
    unavailable: () => undefined,
    command: (names) => docker("logs", names, "--follow", "--tail", "500"),
    open: (container, session) => openOverlay(session, { kind: "logs", container }),
  },
  {
    id: "shell",
    on: "row",
    keys: ["e"],
    label: "shell",
    help: "Shell: bash, ash or sh inside the container; exit comes back",
    footer: 2,
    changes: true,
    unavailable: ({ state }) => (state === "running" ? undefined : `no shell: it is ${said(state)}.`),
    command: (names) => docker("exec", [...names, "sh"], "-it"),
    open: (container, session) => session.task.set({ kind: "shell", container }),
  },
  stop,
  start,
  restart,
  pause,
  unpause,
  kill,
  remove,
  {
    id: "inspect",
    on: "row",
    keys: ["i", "enter"],
    label: "inspect",
    help: "Inspect: everything the engine knows of it, as JSON",
    footer: 7,
    unavailable: () => undefined,
    command: (names) => docker("inspect", names),
    open: (container, session) => openOverlay(session, { kind: "inspect", container }),
  },
  {
    id: "clean-up",
    on: "screen",
    keys: ["P"],
    label: "clean up",
    help: "Clean up: tick what goes among the stopped containers, and remove exactly that",
    footer: 8,
    changes: true,
    open: (session) => openCleanUp(session, noRules),
  },
];
