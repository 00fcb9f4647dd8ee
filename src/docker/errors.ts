import { cleanLine } from "../format/clean.ts";
import type { Endpoint } from "./endpoint.ts";

/** What went wrong, in a sentence a person can act on. */
export type Problem = {
  kind:
    | "no-socket"
    | "permission"
    | "refused"
    | "unreachable"
    | "timeout"
    | "cancelled"
    | "lost"
    | "too-old"
    | "read-only"
    | "gone"
    | "conflict"
    | "unsupported"
    | "usage"
    | "other";
  message: string;
  hint?: string;
};

/** What happened, and what to do next where that is known. */
export function inFull({ message, hint }: Problem): string {
  return [message, hint].filter(Boolean).join(" ");
}

/** An error that already is a sentence; `explain` passes its problem on. Text of strangers in it is made clean. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor({ hint, ...problem }: Problem) {
    const message = cleanLine(problem.message);
    super(message);
    this.problem = { ...problem, message, ...(hint === undefined ? {} : { hint: cleanLine(hint) }) };
  }
}

type Raw = {
  name?: string;
  code?: string;
  statusCode?: number;
  message?: string;
  json?: { message?: unknown } | null;
  cause?: unknown;
};

const codes: Record<string, (where: string, endpoint?: Endpoint) => Problem> = {
  ENOENT: (where) => ({
    kind: "no-socket",
    message: `There is no Docker socket at ${where}.`,
    hint: "Is Docker installed and running? Name another engine with -H or DOCKER_HOST, or try: dockui --demo",
  }),
  ENOTDIR: (where) => ({
    kind: "no-socket",
    message: `There is no Docker socket at ${where}: a part of that path is no folder.`,
    hint: "Check the path in -H or DOCKER_HOST.",
  }),
  EACCES: (where) => ({
    kind: "permission",
    message: `You may not open the Docker socket ${where}.`,
    hint: "Run dockui as root, or join the docker group and log in again: sudo usermod -aG docker $USER",
  }),
  ECONNREFUSED: (where, endpoint) => ({
    kind: "refused",
    message: `Nothing answers at ${where}.`,
    hint:
      endpoint?.kind === "tcp"
        ? "Check the address and port, and that dockerd listens there."
        : "The Docker daemon is not running. Start it: sudo systemctl start docker",
  }),
  ENOTFOUND: (where) => ({
    kind: "unreachable",
    message: `The host of ${where} has no address.`,
    hint: "Check the name in -H or DOCKER_HOST.",
  }),
  ECONNRESET: (where) => ({ kind: "lost", message: `The connection to ${where} broke.` }),
  EPIPE: (where) => ({ kind: "lost", message: `The connection to ${where} broke.` }),
  ETIMEDOUT: (where) => ({ kind: "timeout", message: `${where} did not answer in time.` }),
  EHOSTUNREACH: (where) => ({ kind: "unreachable", message: `${where} cannot be reached from here.` }),
};

/** What is thrown where the engine did not answer in time. */
export function timedOut(where: string): ProblemError {
  return new ProblemError({ kind: "timeout", message: `${where} did not answer in time.` });
}

/** Node's parser of HTTP found something else: a port of ssh, TLS, a database. */
const notDocker = (where: string): Problem => ({
  kind: "other",
  message: `${where} does not speak the Docker API.`,
  hint: "Check the address: something else listens there.",
});

/** Turns anything thrown by the engine, dockerode or Node into a problem; text of strangers in it is clean. */
export function explain(error: unknown, endpoint?: Endpoint): Problem {
  if (error instanceof ProblemError) return error.problem;
  const raw = (typeof error === "object" && error !== null ? error : { message: String(error) }) as Raw;
  const where = endpoint?.label ?? "the engine";
  if (raw.name === "TimeoutError" || (raw.cause as Raw | undefined)?.name === "TimeoutError")
    return { kind: "timeout", message: `${where} did not answer in time.` };
  if (raw.name === "AbortError" || raw.code === "ABORT_ERR")
    return { kind: "cancelled", message: "Cancelled." };
  const code = String(raw.code ?? "");
  const known = code.startsWith("HPE_") ? notDocker : codes[code];
  if (known) return known(where, endpoint);
  const message = engineMessage(raw);
  if (raw.statusCode === 404 && !message.startsWith("page not found")) return { kind: "gone", message };
  if (raw.statusCode === 409) return { kind: "conflict", message };
  if (raw.statusCode === 501 || raw.statusCode === 404) return { kind: "unsupported", message };
  return { kind: "other", message };
}

/** A whole id pushes off the screen what is said behind it; its beginning is what people know it by. */
const wholeId = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;

function engineMessage(raw: Raw): string {
  const said = raw.json && typeof raw.json === "object" ? raw.json.message : undefined;
  const text = typeof said === "string" && said !== "" ? said : (raw.message ?? "Unknown error");
  return cleanLine(text.trim()).replace(wholeId, "$1").slice(0, 500);
}
