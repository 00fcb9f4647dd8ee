import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cleanLine } from "../format/clean.ts";
import { jsonFault } from "../format/json-fault.ts";
import { ProblemError } from "./errors.ts";
import { record } from "./raw.ts";
import { distrust } from "./trusted.ts";

/** Where an engine listens; `label` is what the header and errors call it. */
export type Endpoint =
  | { kind: "unix"; path: string; label: string }
  | { kind: "tcp"; host: string; port: number; label: string };

/** What the person said about the engine, by flag or environment; `warn` is told what docker warns of, too. */
export type EndpointChoice = {
  host?: string | undefined;
  context?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  warn?(problem: string): void;
};

const defaultSocket = "/var/run/docker.sock";

/**
 * The engine to talk to, in the docker command's own order: -H, -c, DOCKER_HOST, DOCKER_CONTEXT, the config's
 * current context, the default socket. An unknown context is an error, never the local engine.
 */
export function resolveEndpoint({ host, context, env, warn = () => {} }: EndpointChoice): Endpoint {
  if (host !== undefined) return parseHost(host, wantsTls(env));
  const fromEnv = env.DOCKER_HOST?.trim() ?? "";
  const named = context ?? (fromEnv === "" ? currentContext(env, warn) : undefined);
  if (named !== undefined && named !== "default") return contextEndpoint(named, env);
  return fromEnv === "" ? unix(defaultSocket) : parseHost(fromEnv, wantsTls(env));
}

/** The endpoint of an engine that listens on a unix socket. */
export function unix(path: string): Endpoint {
  return { kind: "unix", path, label: cleanLine(path) };
}

/** Docker asks only whether they are set, to whatever. */
function wantsTls(env: EndpointChoice["env"]): boolean {
  return Boolean(env.DOCKER_TLS || env.DOCKER_TLS_VERIFY);
}

function parseHost(text: string, tls: boolean): Endpoint {
  const host = text.trim();
  if (host.startsWith("unix://")) return socket(host.slice("unix://".length) || defaultSocket);
  if (host.startsWith("/")) return socket(host);
  if (/^(tcp|http):\/\//.test(host) || /^[\w.-]*:\d+$/.test(host)) return tcp(host, tls);
  if (host.startsWith("https://")) throw unsupported(host, noTls);
  if (host.startsWith("ssh://")) throw unsupported(host, `Run dockui on that machine: ${sshLine(host)}`);
  throw unsupported(host, "Use unix:///path/to/docker.sock or tcp://host:port.");
}

/** Connecting to anything else is refused as if nobody listened. */
function socket(text: string): Endpoint {
  const path = text.replace(/(?<=.)\/+$/, "");
  if (isOther(path)) throw unsupported(text, "That is no socket. Docker listens on a socket.");
  return unix(path);
}

function isOther(path: string): boolean {
  try {
    return !statSync(path).isSocket();
  } catch {
    return false; // what is wrong shows when it is connected to
  }
}

const noTls = "TLS is not supported yet: use an SSH tunnel to the engine's socket.";

function tcp(host: string, tls: boolean): Endpoint {
  const address = host.replace(/^(tcp|http):\/\//, "");
  const [, name, digits] = /^(\[[0-9a-fA-F:]+\]|[^:/]*)(?::(\d{1,5}))?\/?$/.exec(address) ?? [];
  const port = Number(digits ?? 2375);
  if (name === undefined || port < 1 || port > 65_535)
    throw unsupported(host, "Use tcp://host:port, for example tcp://10.0.0.5:2375.");
  if (tls || port === 2376) throw unsupported(host, noTls);
  const at = name || "localhost";
  return { kind: "tcp", host: at.replace(/^\[|\]$/g, ""), port, label: cleanLine(`tcp://${at}:${port}`) };
}

/** The command that does it over SSH: the screen needs a terminal there. */
function sshLine(host: string): string {
  const [, where = "USER@HOST", port] = /^ssh:\/\/([\w.@-]+)(?::(\d+))?\/?$/.exec(host) ?? [];
  return `ssh -t ${port === undefined ? "" : `-p ${port} `}${where} dockui`;
}

/** Docker warns of a config that it cannot read, and goes on without. */
function currentContext(env: EndpointChoice["env"], warn: (problem: string) => void): string | undefined {
  if (env.DOCKER_CONTEXT) return env.DOCKER_CONTEXT;
  const file = join(configFolder(env), "config.json");
  if (!existsSync(file)) return undefined;
  const name = nameIn(file, warn);
  if (name !== undefined) insistOnTrust(file, env);
  return name;
}

function nameIn(file: string, warn: (problem: string) => void): string | undefined {
  try {
    const { currentContext: name } = record(readJson(file));
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch (error) {
    warn(`${(error as Error).message} The default engine is used.`);
    return undefined;
  }
}

/** A context is kept under the sha256 of its name (docker/cli, cli/context/store). */
function contextEndpoint(name: string, env: EndpointChoice["env"]): Endpoint {
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = join(configFolder(env), "contexts");
  const file = join(contexts, "meta", id, "meta.json");
  if (!existsSync(file))
    throw new ProblemError({
      kind: "other",
      message: `There is no docker context named ${JSON.stringify(name)}.`,
      hint: "docker context ls lists them.",
    });
  insistOnTrust(file, env);
  const { Host, SkipTLSVerify } = record(record(record(readJson(file)).Endpoints).docker);
  if (typeof Host !== "string") throw unsupported(name, "Its file names no docker host.");
  // Keys and certificates of a context stand beside it; without checking them is TLS all the same.
  return parseHost(Host, SkipTLSVerify === true || existsSync(join(contexts, "tls", id)));
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
    message: `No engine is taken from ${file}: ${why}.`,
    hint: "Mend that, or name the engine with -H.",
  });
}

function readJson(file: string): unknown {
  try {
    const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    const why = error instanceof SyntaxError ? jsonFault(error) : (error as Error).message;
    throw new ProblemError({ kind: "other", message: `${file} cannot be read: ${why}.` });
  }
}

function unsupported(host: string, hint: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    message: `Cannot connect to ${JSON.stringify(host)}.`,
    hint,
  });
}
