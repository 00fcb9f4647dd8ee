import type { Container } from "../../docker/containers.ts";
import type { RowsAction } from "../action.ts";
import { openOverlay } from "../overlays.ts";
import { notify, type Session } from "../session.ts";
import { docker } from "./states.ts";

/** Each log is a stream of the engine of its own: so many are read as one at most. */
const mostLogs = 100;

const common = {
  on: "rows",
  unavailable: () => undefined,
  command: (names: readonly string[]) => docker("logs", names.slice(0, 1), "--follow", "--tail", "500"),
  open: openLogs,
} as const;

/** The log of the container under the cursor, or of the marked ones as one. */
export const logs: RowsAction<Container> = {
  ...common,
  ...{ id: "logs", keys: ["l"], label: "logs", footer: 1 },
  help: "Logs: the last lines first, followed live; of all marked, merged by time",
};

/** The logs of everything that is shown as one. */
export const logsOfShown: RowsAction<Container> = {
  ...common,
  ...{ id: "logs-shown", keys: ["L"], label: "logs of shown", shown: true },
  help: "Logs of all containers that are shown, merged by time: find narrows them first",
};

function openLogs(containers: readonly Container[], session: Session): void {
  if (containers.length <= mostLogs) return openOverlay(session, { kind: "logs", containers });
  const count = `${containers.length} logs are too many to be read as one`;
  notify(session, "warn", `${count}, ${mostLogs} go: find narrows the list.`);
}
