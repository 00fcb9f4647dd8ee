import { docker } from "../../actions/containers/states.ts";
import type { LogItem } from "../../actions/disk/logs.ts";
import { truncateLogs } from "../../actions/disk/truncate-log.ts";
import type { ListScreen, Look } from "../../actions/list-screen.ts";
import { openOverlay } from "../../actions/overlays.ts";
import { containerNow } from "../../actions/session.ts";
import { isEndless } from "../../docker/disk/log-files.ts";
import type { Source } from "../../docker/source.ts";
import { decimalSize } from "../../format/size.ts";

/** The log files of all containers as a list. */
export function logFilesScreen(source: Source<LogItem>): ListScreen<LogItem> {
  return {
    id: "log-files",
    title: "Log files",
    noun: ["log", "logs"],
    source: () => source,
    columns: [
      {
        ...{ id: "name", title: "CONTAINER", min: 10, max: 40, rank: 0, cut: "middle" },
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        ...{ id: "state", title: "STATE", min: 9, max: 20, rank: 3 },
        text: stateText,
        tone: ({ id, state }, { busy }) => (busy.has(id) ? "accent" : state === "running" ? "good" : "dim"),
        sort: ({ state }) => state,
      },
      {
        ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 1, align: "right" },
        text: ({ size }) => (size === undefined ? "–" : decimalSize(size)),
        sort: ({ size }) => size,
        descending: true,
      },
      {
        ...{ id: "files", title: "FILES", min: 5, max: 5, rank: 4, align: "right" },
        text: ({ files, size }) => (size === undefined ? "–" : String(files.length)),
        sort: ({ files }) => files.length,
        descending: true,
      },
      {
        ...{ id: "rotation", title: "ROTATION", min: 8, max: 12, rank: 2 },
        text: rotationText,
        tone: (log) => (isEndless(log) ? "warn" : "plain"),
        sort: (log) => rotationText(log),
      },
      {
        ...{ id: "driver", title: "DRIVER", min: 6, max: 10, rank: 5 },
        text: ({ driver }) => driver,
        tone: () => "dim",
        sort: ({ driver }) => driver,
      },
      {
        ...{ id: "why", title: "NOTE", min: 12, max: 30, rank: 6, optional: true, grows: true },
        text: ({ why, elsewhere }) => why ?? elsewhere ?? "",
        tone: ({ why }) => (why === undefined ? "dim" : "warn"),
      },
    ],
    sortedBy: "size",
    name: ({ name }) => name,
    search: ({ name, driver, state, id, ...log }) => ({
      fields: { name, state, driver, rotation: rotationText(log), id: id.slice(0, 12) },
      labels: {},
      exact: { name: [name], id: [id], state: [state] },
    }),
    empty: "There are no containers, so there are no logs.",
    actions: [
      {
        id: "log-files-open",
        on: "rows",
        keys: ["enter", "l"],
        label: "logs",
        help: "Read the log; of all marked, merged by time",
        footer: 1,
        unavailable: ({ id }, session) => (containerNow(session, id) ? undefined : "it is gone."),
        command: (names) => docker("logs", names.slice(0, 1), "--follow", "--tail", "500"),
        open(logs, session) {
          const containers = logs.flatMap(({ id }) => containerNow(session, id) ?? []);
          openOverlay(session, { kind: "logs", containers });
        },
      },
      truncateLogs(source),
    ],
  };
}

function stateText({ id, state }: LogItem, { busy }: Look): string {
  const doing = busy.get(id);
  return doing ? `… ${doing.label}` : `${state === "running" ? "●" : "○"} ${state}`;
}

/** "10m × 3": at most so much in each of so many files. */
function rotationText(log: Pick<LogItem, "path" | "rotates" | "maxSize" | "maxFile">): string {
  if (log.path === undefined) return "";
  return log.rotates ? `${log.maxSize} × ${log.maxFile}` : "none";
}
