import type { Container } from "../../docker/containers.ts";
import type { RowsAction } from "../action.ts";
import { openOverlay } from "../overlays.ts";
import { docker } from "./states.ts";

/** What it uses, live. */
export const stats: RowsAction<Container> = {
  id: "stats",
  on: "rows",
  keys: ["t"],
  label: "stats",
  help: "Statistics: graphs of CPU, memory, network, block I/O and pids; of all marked, side by side",
  footer: 2.5,
  unavailable: () => undefined,
  command: (names) => docker("stats", names),
  open: (containers, session) => openOverlay(session, { kind: "stats", containers }),
};
