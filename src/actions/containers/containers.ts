import type { Container } from "../../docker/containers.ts";
import { decimalSize } from "../../format/size.ts";
import type { Action, TargetsAction } from "../action.ts";
import { noRules, openCleanUp } from "../clean-up.ts";
import { openOverlay } from "../overlays.ts";
import { changes } from "./changes.ts";
import { commit } from "./commit.ts";
import { composeActions } from "./compose.ts";
import { copyInto, copyOut, exportTar } from "./files/copies.ts";
import { browseFiles } from "./files/open.ts";
import { attach, shell, wait } from "./inside.ts";
import { connectNetwork, disconnectNetwork } from "./networks.ts";
import { processes } from "./processes.ts";
import { rename } from "./rename.ts";
import { run, runAgain } from "./run/run.ts";
import { execute } from "./run-inside.ts";
import { docker, isUp, kill, pause, restart, start, stateDetail, stop, unpause } from "./states.ts";
import { stats } from "./stats.ts";
import { update } from "./update.ts";

const remove: TargetsAction<Container> = {
  id: "remove",
  on: "targets",
  keys: ["d"],
  label: "remove",
  help: "Remove the container; force and its anonymous volumes are choices in the dialog",
  footer: 7,
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
      containers.some(isUp)
        ? "What runs is not removed unless force is on. What it wrote inside is lost."
        : "What it wrote inside is lost; named volumes stay.",
  },
  command: (names, { force, volumes }) =>
    docker("rm", names, ...(force ? ["--force"] : []), ...(volumes ? ["--volumes"] : [])),
  run: ({ id }, { engine, answers, signal }) =>
    engine.remove(id, { force: answers.force === true, volumes: answers.volumes === true }, signal),
};

function volumesOf({ mounts }: Container): string {
  const volumes = mounts.filter(({ kind }) => kind === "volume");
  return volumes.length === 0 ? "" : `${volumes.length} ${volumes.length === 1 ? "volume" : "volumes"}`;
}

/** What can be done with containers, in the order of help. */
export const containerActions: readonly Action<Container>[] = [
  {
    id: "logs",
    on: "rows",
    keys: ["l"],
    label: "logs",
    help: "Logs: the last lines first, followed live; of all marked, merged by time",
    footer: 1,
    unavailable: () => undefined,
    command: (names) => docker("logs", names.slice(0, 1), "--follow", "--tail", "500"),
    open: (containers, session) => openOverlay(session, { kind: "logs", containers }),
  },
  stats,
  processes,
  changes,
  browseFiles,
  shell,
  execute,
  attach,
  stop,
  start,
  restart,
  pause,
  unpause,
  kill,
  remove,
  run,
  runAgain,
  wait,
  rename,
  update,
  commit,
  copyOut,
  copyInto(),
  exportTar,
  connectNetwork,
  disconnectNetwork,
  ...composeActions,
  {
    id: "details",
    on: "row",
    keys: ["enter"],
    label: "details",
    help: "Details: its state and why, command, ports, addresses, mounts, environment, limits, on one page",
    footer: 7.2,
    unavailable: () => undefined,
    command: (names) => docker("inspect", names),
    open: (container, session) => openOverlay(session, { kind: "details", container }),
  },
  {
    id: "inspect",
    on: "row",
    keys: ["i"],
    label: "inspect",
    help: "Inspect: everything the engine knows of it, as JSON that folds and is searched",
    footer: 9,
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
