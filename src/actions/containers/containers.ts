import type { Container } from "../../docker/containers.ts";
import type { Action } from "../action.ts";
import { openOverlay } from "../overlays.ts";
import { changes } from "./changes.ts";
import { commit } from "./commit.ts";
import { composeActions } from "./compose.ts";
import { copyInto, copyOut, exportTar } from "./files/copies.ts";
import { browseFiles } from "./files/open.ts";
import { attach, shell, wait } from "./inside.ts";
import { logs, logsOfShown } from "./logs.ts";
import { connectNetwork, disconnectNetwork } from "./networks.ts";
import { processes } from "./processes.ts";
import { remove } from "./remove.ts";
import { rename } from "./rename.ts";
import { run, runAgain } from "./run/run.ts";
import { execute } from "./run-inside.ts";
import { docker, kill, pause, restart, start, stop, unpause } from "./states.ts";
import { stats } from "./stats.ts";
import { update } from "./update.ts";

/** What can be done with containers, in the order of help. */
export const containerActions: readonly Action<Container>[] = [
  logs,
  logsOfShown,
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
];
