import type { Clock } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import { ProblemError } from "./errors.ts";
import { ping } from "./ping.ts";
import { moment, number, record, text } from "./raw.ts";

/** What the header says of the engine; memory in bytes. */
export type About = {
  /** What tells it from another one at the same address. */
  id: string;
  host: string;
  version: string;
  system: string;
  cores: number;
  memory: number;
};

/** The oldest API dockui speaks (Docker 20.10), and the newest: 1.52 and 1.53 drop fields that are read here. */
const oldest = "1.41";
const newest = "1.51";

/** What is agreed with an engine: the API version that is spoken, and its own time in ms where it tells. */
export type Agreement = { version: string; podman: boolean; engineTime: number | undefined };

/** So long an engine may take for its first answer, in ms. */
const limitMs = 8_000;

/**
 * Asks the engine for its API version: the lower of its own and ours is spoken. Throws a problem for an engine that is
 * too old.
 */
export async function negotiate(endpoint: Endpoint, clock: Clock, signal: AbortSignal): Promise<Agreement> {
  const headers = await ping(endpoint, { clock, limitMs, signal });
  const offered = text(headers["api-version"]);
  const podman = "libpod-api-version" in headers;
  if (!/^\d+\.\d+$/.test(offered))
    throw new ProblemError({ kind: "other", message: `${endpoint.label} does not speak the Docker API.` });
  if (!podman && compareVersions(offered, oldest) < 0)
    throw new ProblemError({
      kind: "too-old",
      message: `The engine at ${endpoint.label} is too old: it speaks API ${offered}, dockui needs ${oldest}.`,
      hint: "Update it to Docker 20.10 or later.",
    });
  return {
    version: compareVersions(offered, newest) < 0 ? offered : newest,
    podman,
    engineTime: moment(headers.date),
  };
}

/** Below 0 when API version `a` is older than `b`: "1.9" is older than "1.41". */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}

/** The answer of `GET /info`; asked once a connection, since the engine starts programs for it. */
export function toAbout(value: unknown): About {
  const raw = record(value);
  // Podman gives another id with each answer.
  const isPodman = "BuildahVersion" in raw;
  return {
    id: text(isPodman ? raw.Name : raw.ID),
    host: text(raw.Name),
    version: text(raw.ServerVersion),
    system: text(raw.OperatingSystem),
    cores: number(raw.NCPU),
    memory: number(raw.MemTotal),
  };
}
