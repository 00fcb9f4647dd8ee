import { fail, flag } from "./http.ts";
import type { Framing } from "./log-frames.ts";
import { compareMoments, type LogLine, type Moment } from "./log-lines.ts";
import type { DemoContainer } from "./types.ts";
import { nanosPerMs } from "./units.ts";

/** What a logs call asks for; `tail` undefined is all lines. */
export type LogsRequest = Framing & {
  stdout: boolean;
  stderr: boolean;
  follow: boolean;
  tail: number | undefined;
  since: Moment | undefined;
  until: Moment | undefined;
};

/** Unix seconds with a fraction as a moment, undefined when absent or zero; throws ApiError 400 on anything else. */
export function readMoment(text: string | null, name: string): Moment | undefined {
  if (text === null || text === "" || text === "0") return undefined;
  const [, seconds, fraction = ""] =
    /^(\d+)(?:\.(\d{1,9})\d*)?$/.exec(text) ?? fail(400, `invalid value for "${name}": ${text}`);
  const nanos = Number(fraction.padEnd(9, "0"));
  return { ms: Number(seconds) * 1000 + Math.floor(nanos / nanosPerMs), ns: nanos % nanosPerMs };
}

/** Reads the query of a logs call; throws ApiError 400 when neither stream is asked for, 501 without a readable log. */
export function readLogsRequest(container: DemoContainer, query: URLSearchParams): LogsRequest {
  const [stdout, stderr] = [flag(query, "stdout"), flag(query, "stderr")];
  if (!stdout && !stderr) fail(400, "Bad parameters: you must choose at least one stream");
  if (container.logDriver === "none") fail(501, "configured logging driver does not support reading");
  const tail = query.get("tail") ?? "all";
  return {
    tty: container.tty,
    timestamps: flag(query, "timestamps"),
    stdout,
    stderr,
    follow: flag(query, "follow"),
    tail: /^\d+$/.test(tail) ? Number(tail) : undefined,
    since: readMoment(query.get("since"), "since"),
    until: readMoment(query.get("until"), "until"),
  };
}

/** Whether the call asks for this line: its stream, and its moment within since and until (both inclusive). */
export function wanted(line: LogLine, { stdout, stderr, since, until }: LogsRequest): boolean {
  if (!(line.stream === "stdout" ? stdout : stderr)) return false;
  if (since !== undefined && compareMoments(line, since) < 0) return false;
  return until === undefined || compareMoments(line, until) <= 0;
}
