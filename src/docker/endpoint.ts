import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cleanLine } from "../format/clean.ts";
import { jsonFault } from "../format/json-fault.ts";
import { ProblemError } from "./errors.ts";
import { distrust } from "./trusted.ts";

/** Where an engine listens; `label` is what the header and errors call it. */
export type Endpoint =
  | { kind: "unix"; path: string; label: string }
  | { kind: "tcp"; host: string; port: number; label: string };

/** What the person said about the engine, by flag or environment. */
export type EndpointChoice = {
  host?: string | undefined;
  context?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
};

const defaultSocket = "/var/run/docker.sock";

/**
 * The engine to talk to, in the docker command's own order: -H, -c, DOCKER_HOST, DOCKER_CONTEXT, the config's
 * current context, the default socket. An unknown context is an error, never the local engine.
 */
export function resolveEndpoint({ host, context, env }: EndpointChoice): Endpoint {
  if (host !== undefined) return parseHost(host, env);
  const named = context ?? (env.DOCKER_HOST ? undefined : currentContext(env));
  if (named !== undefined && named !== "default") return contextEndpoint(named, env);
  if (env.DOCKER_HOST) return parseHost(env.DOCKER_HOST, env);
  return unix(defaultSocket);
}

/** The endpoint of an engine that listens on a unix socket. */
export function unix(path: string): Endpoint {
  return { kind: "unix", path, label: cleanLine(path) };
}

function parseHost(host: string, env: EndpointChoice["env"]): Endpoint {
  if (host.startsWith("unix://")) return unix(host.slice("unix://".length) || defaultSocket);
  if (host.startsWith("/")) return unix(host);
  if (host.startsWith("tcp://") || host.startsWith("http://") || /^[\w.-]+:\d+$/.test(host))
    return tcp(host, env);
  if (host.startsWith("ssh://")) throw unsupported(host, "Run dockui on that machine: ssh USER@HOST dockui");
  throw unsupported(host, "Use unix:///path/to/docker.sock or tcp://host:port.");
}

function tcp(host: string, env: EndpointChoice["env"]): Endpoint {
  const address = host.replace(/^(tcp|http):\/\//, "");
  const match = /^(\[[0-9a-fA-F:]+\]|[^:/]+)(?::(\d{1,5}))?\/?$/.exec(address);
  const port = Number(match?.[2] ?? 2375);
  if (!match?.[1] || port < 1 || port > 65_535)
    throw unsupported(host, "Use tcp://host:port, for example tcp://10.0.0.5:2375.");
  if (env.DOCKER_TLS_VERIFY || port === 2376)
    throw unsupported(host, "TLS is not supported yet: use an SSH tunnel to the engine's socket.");
  return {
    kind: "tcp",
    host: match[1].replace(/^\[|\]$/g, ""),
    port,
    label: cleanLine(`tcp://${match[1]}:${port}`),
  };
}

function currentContext(env: EndpointChoice["env"]): string | undefined {
  if (env.DOCKER_CONTEXT) return env.DOCKER_CONTEXT;
  const file = join(configFolder(env), "config.json");
  if (!existsSync(file)) return undefined;
  const { currentContext: name } = readJson(file) as { currentContext?: unknown };
  if (typeof name !== "string" || name === "") return undefined;
  insistOnTrust(file, env);
  return name;
}

/** A context is kept under the sha256 of its name (docker/cli, cli/context/store). */
function contextEndpoint(name: string, env: EndpointChoice["env"]): Endpoint {
  const id = createHash("sha256").update(name).digest("hex");
  const file = join(configFolder(env), "contexts", "meta", id, "meta.json");
  if (!existsSync(file))
    throw new ProblemError({
      kind: "other",
      message: `There is no docker context named ${JSON.stringify(name)}.`,
      hint: "docker context ls lists them.",
    });
  insistOnTrust(file, env);
  const meta = readJson(file) as { Endpoints?: { docker?: { Host?: unknown } } };
  const host = meta.Endpoints?.docker?.Host;
  if (typeof host !== "string") throw unsupported(name, "Its file names no docker host.");
  return parseHost(host, env);
}

function configFolder(env: EndpointChoice["env"]): string {
  return env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker");
}

/** Who can write such a file chooses the engine. Behind sudo it may belong to whoever called it. */
function insistOnTrust(file: string, { SUDO_UID }: EndpointChoice["env"]): void {
  const why = distrust(file, SUDO_UID === undefined ? [] : [Number(SUDO_UID)]);
  if (why === undefined) return;
  throw new ProblemError({
    kind: "other",
    message: `dockui takes no engine from ${file}: ${why}.`,
    hint: "Mend that, or name the engine with -H.",
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? jsonFault(error) : (error as Error).message;
    throw new ProblemError({ kind: "other", message: `${file} cannot be read: ${why}.` });
  }
}

function unsupported(host: string, hint: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    message: `dockui cannot connect to ${JSON.stringify(host)}.`,
    hint,
  });
}
