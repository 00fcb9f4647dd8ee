import type { Container } from "../../docker/containers.ts";
import { exitWords } from "../../docker/facts/exit-words.ts";
import type { RowAction, TargetsAction } from "../action.ts";
import { docker, isUp, said } from "./states.ts";

/** A shell on the person's terminal. */
export const shell: RowAction<Container> = {
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
};

/** The main process on the person's terminal. */
export const attach: RowAction<Container> = {
  id: "attach",
  on: "row",
  keys: ["A"],
  label: "attach",
  help: "Attach: the main process on this terminal; ctrl+p ctrl+q comes back and lets it run",
  changes: true,
  unavailable: ({ state }) => (state === "running" ? undefined : `it is ${said(state)}.`),
  command: (names) => docker("attach", names, "--sig-proxy=false"),
  open: (container, session) => session.task.set({ kind: "attach", container, input: "safe" }),
};

/** Tells when it ends. */
export const wait: TargetsAction<Container> = {
  id: "wait",
  on: "targets",
  keys: [],
  label: "wait",
  help: "Wait: follow the container to its end, and tell its exit code",
  background: true,
  atOnce: true,
  doing: "waiting for its end",
  done: "waited for",
  cancelled: "you stopped waiting; it runs on.",
  unavailable: (container) => (isUp(container) ? undefined : `it is ${said(container.state)}.`),
  command: (names) => docker("wait", names),
  async run({ id }, { engine, signal, waiting, note }) {
    waiting("waited for");
    const code = await engine.wait(id, signal);
    const detail = await engine.detail(id, signal).catch(() => undefined);
    note(`Exit code ${exitWords(code, { oomKilled: detail?.oomKilled ?? false })}`);
  },
};
