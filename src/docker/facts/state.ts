import { logText, plainText } from "../../format/ansi.ts";
import type { ContainerState, Health } from "../containers.ts";
import { list, moment, number, record, text } from "../raw.ts";
import type { Limits } from "./limits.ts";

/** One run of a health check; times in ms. */
export type Probe = { start?: number; end?: number; exitCode: number; output: string };

/** A health check: what it runs ("CMD-SHELL", …), how often (ms), and what its last runs said, the oldest first. */
export type HealthFacts = {
  status: Health | "none";
  failingStreak: number;
  test: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  startPeriodMs: number;
  retries: number;
  probes: readonly Probe[];
};

/** The state of a container; times in ms. */
export type StateFacts = {
  state: ContainerState;
  started?: number;
  finished?: number;
  exitCode: number;
  oomKilled: boolean;
  /** Why the engine could not start it; "" when it could. */
  error: string;
  /** How often its restart policy started it since a person did. */
  restarts: number;
  /** It ends soon after each start, and is started again. */
  restartLoop: boolean;
  /** Its policy on-failure has started it as often as it may, and does so no more. */
  gaveUp: boolean;
  /** Its main process on the engine's host; 0 when it does not run. */
  pid: number;
  health?: HealthFacts;
};

/** The state in an answer of `GET /containers/{id}/json`, at `now`. */
export function toStateFacts(value: unknown, { restart }: Limits, now: number): StateFacts {
  const raw = record(value);
  const state = record(raw.State);
  const started = moment(state.StartedAt);
  const finished = moment(state.FinishedAt);
  const health = toHealth(state.Health, record(record(raw.Config).Healthcheck));
  const restarts = number(raw.RestartCount);
  const isOn = state.Restarting === true || state.Running === true;
  const soon = state.Restarting === true || now - (started ?? 0) < soonMs;
  return {
    state: text(state.Status) as ContainerState,
    ...(started === undefined ? {} : { started }),
    ...(finished === undefined ? {} : { finished }),
    exitCode: number(state.ExitCode),
    oomKilled: state.OOMKilled === true,
    error: text(state.Error),
    restarts,
    restartLoop: restart.policy !== "no" && restarts >= 2 && isOn && soon,
    gaveUp: !isOn && (restart.retries ?? 0) > 0 && restarts >= (restart.retries ?? 0),
    pid: number(state.Pid),
    ...(health ? { health } : {}),
  };
}

/** The engine itself waits for a minute at most between two restarts. */
const soonMs = 60_000;

/** What the engine does where a health check says nothing (moby's daemon/health.go), in ms. */
const usual = { interval: 30_000, timeout: 30_000, retries: 3 };

function toHealth(value: unknown, check: Readonly<Record<string, unknown>>): HealthFacts | undefined {
  const raw = record(value);
  const test = list(check.Test).map(text);
  if (value === undefined || value === null || test[0] === "NONE") return undefined;
  const status = text(raw.Status);
  return {
    status: status === "starting" || status === "healthy" || status === "unhealthy" ? status : "none",
    failingStreak: number(raw.FailingStreak),
    test,
    intervalMs: number(check.Interval) / 1e6 || usual.interval,
    timeoutMs: number(check.Timeout) / 1e6 || usual.timeout,
    startPeriodMs: number(check.StartPeriod) / 1e6,
    retries: number(check.Retries) || usual.retries,
    probes: list(raw.Log).map(toProbe),
  };
}

function toProbe(value: unknown): Probe {
  const raw = record(value);
  const start = moment(raw.Start);
  const end = moment(raw.End);
  return {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    exitCode: number(raw.ExitCode),
    output: typeof raw.Output === "string" ? written(raw.Output) : "",
  };
}

/** What a probe wrote, as it would stand on a terminal: a line that was written over is what it became. */
function written(output: string): string {
  return output
    .split("\n")
    .map((line) => plainText(logText(line)))
    .join("\n")
    .trimEnd();
}
