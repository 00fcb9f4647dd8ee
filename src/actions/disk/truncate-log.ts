import { truncateLog, untruncatable, whyKept } from "../../docker/disk/log-truncate.ts";
import type { Source } from "../../docker/source.ts";
import { shellQuote } from "../../format/quote.ts";
import { decimalSize } from "../../format/size.ts";
import type { TargetsAction } from "../action.ts";
import { isUp } from "../containers/states.ts";
import type { SwitchField } from "../question.ts";
import type { LogItem } from "./logs.ts";

/** Empties logs, and has each measured again in that source. */
export function truncateLogs(source: Source<LogItem>): TargetsAction<LogItem> {
  const freed = new Map<string, number>();
  return {
    id: "truncate-log",
    on: "targets",
    keys: ["T"],
    label: "truncate",
    help: "Truncate: empty the log file and remove its rotated ones; what was logged up to now is lost",
    footer: 2,
    changes: true,
    doing: "truncating",
    done: "truncated",
    unavailable: (log, { readOnly }) => (readOnly ? "dockui was started with --read-only." : whyNot(log)),
    gain: ({ id }) => freed.get(id) ?? 0,
    confirm: {
      danger: true,
      detail: (log) => `${amount(log)}  ${log.path ?? ""}`,
      prepare: async (logs) => (logs.some(needsForce) ? [force] : []),
      note: noteOf,
    },
    command: (_names, answers, _session, logs = []) =>
      logs.flatMap((log) => commandsOf(log, answers.force === true)).join("; "),
    async run(log, { engine, answers, signal, undoable, note }) {
      undoable("What was in a log file is not kept anywhere.");
      try {
        const said = await truncateLog(engine, log, { force: answers.force === true, signal });
        freed.set(log.id, said.freed);
        if (said.kept !== undefined) note(said.kept, { tone: "warn" });
      } finally {
        source.refresh([log.id]);
      }
    },
  };
}

const force: SwitchField = {
  kind: "switch",
  id: "force",
  key: "r",
  label: "running ones too: then restart them, or docker logs --tail and dockui hang on them",
  on: false,
};

/** Why a log cannot be emptied now, as the end of a sentence; undefined when it can. */
function whyNot(log: LogItem): string | undefined {
  const fault = untruncatable(log) ?? log.why;
  if (fault !== undefined) return fault;
  if (log.files.length === 0 || log.size === 0) return "its log is empty.";
  const kept = isUp(log) ? whyKept(log, true) : undefined;
  return log.files.length === 1 ? kept : undefined;
}

/** It runs under an engine that does not stand that its log is cut. */
function needsForce(log: LogItem): boolean {
  return isUp(log) && whyKept(log, false) !== whyKept(log, true);
}

function amount({ size = 0, files }: LogItem): string {
  return `${decimalSize(size)}${files.length > 1 ? ` in ${files.length} files` : ""}`;
}

function noteOf(logs: readonly LogItem[]): string {
  return [
    "docker logs forgets everything up to now. It cannot be undone.",
    logs.some((log) => isUp(log) && log.rotates)
      ? "Of what runs and rotates its log only the rotated files go: the current one is bounded anyway."
      : "",
    logs.some(needsForce)
      ? "What runs is left out, since this engine loses its place in a log that is cut: stop it first."
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What does the same in a shell of the engine's host. */
function commandsOf(log: LogItem, forced: boolean): string[] {
  const { path, files } = log;
  const rotated = files.filter((file) => file.path !== path).map((file) => file.path);
  const keeps = isUp(log) && whyKept(log, forced) !== undefined;
  return [
    ...(path === undefined || keeps ? [] : [shellQuote(["truncate", "-s", "0", path])]),
    ...(rotated.length > 0 ? [shellQuote(["rm", ...rotated])] : []),
  ];
}
