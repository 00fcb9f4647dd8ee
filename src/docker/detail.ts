import { labels, moment, number, record, text } from "./raw.ts";

/** What only an inspect knows of a container and its row shows: exact times (ms), OOM, restarts, PID, grace time. */
export type Detail = {
  id: string;
  state: string;
  started?: number;
  finished?: number;
  oomKilled: boolean;
  restarts: number;
  /** The main process on the host; 0 when it does not run. */
  pid: number;
  tty: boolean;
  /** How long a stop waits before it kills, in seconds; Docker's own default is 10. */
  graceSeconds: number;
  logDriver: string;
  /** What the log driver was told; some of it may be secret. */
  logOptions: Readonly<Record<string, string>>;
};

/**
 * When a container began and ended last, as its inspect says it, to the nanosecond: what is the same ran no more since.
 */
export function lastRun(inspect: unknown): string {
  const { StartedAt, FinishedAt } = record(record(inspect).State);
  return `${text(StartedAt)} ${text(FinishedAt)}`;
}

/** The answer of `GET /containers/{id}/json`. */
export function toDetail(value: unknown): Detail {
  const raw = record(value);
  const state = record(raw.State);
  const config = record(raw.Config);
  const started = moment(state.StartedAt);
  const finished = moment(state.FinishedAt);
  const grace = config.StopTimeout;
  const log = record(record(raw.HostConfig).LogConfig);
  return {
    id: text(raw.Id),
    state: text(state.Status),
    ...(started === undefined ? {} : { started }),
    ...(finished === undefined ? {} : { finished }),
    oomKilled: state.OOMKilled === true,
    restarts: number(raw.RestartCount),
    pid: number(state.Pid),
    tty: config.Tty === true,
    graceSeconds: typeof grace === "number" ? grace : 10,
    logDriver: text(log.Type),
    logOptions: labels(log.Config),
  };
}
