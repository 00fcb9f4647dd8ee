import { shellQuote } from "../../format/quote.ts";
import { number, record } from "../raw.ts";
import { emptySpec } from "./empty-spec.ts";
import { fromHostConfig } from "./from-host-config.ts";
import { fromNetworks } from "./from-networks.ts";
import { entries, filled, pairs, type Raw, raw, words } from "./from-raw.ts";
import { shortened } from "./kind.ts";
import { exposedPort } from "./ports.ts";
import type { Pair, RunSpec, VolumeUse } from "./spec.ts";

/** A spec made of an existing container, and what of the container no `docker run` line can say, a sentence each. */
export type Again = { spec: RunSpec; lost: readonly string[] };

/**
 * The spec of another container like that one: what its image gives and what the engine filled in is left out.
 * `info` is the engine's own answer to /info, which tells its defaults; without it docker's are taken. Text is unclean.
 */
export function fromInspect(inspect: unknown, image: unknown, info: unknown = {}): Again {
  const { Config, HostConfig, Name } = record(inspect);
  const config = record(Config);
  const given = record(record(image).Config);
  const lost: string[] = [];
  const host = fromHostConfig(record(HostConfig), record(info), lost);
  const spec: RunSpec = {
    ...emptySpec,
    ...host,
    image: raw(config.Image),
    ...filled({
      name: raw(Name).replace(/^\//, ""),
      hostname: hostname(record(inspect), record(info)),
      domainname: raw(config.Domainname),
      mac: raw(config.MacAddress),
      user: raw(config.User) === raw(given.User) ? "" : raw(config.User),
      workdir: raw(config.WorkingDir) === raw(given.WorkingDir) ? "" : raw(config.WorkingDir),
      stopSignal: raw(config.StopSignal) === raw(given.StopSignal) ? "" : raw(config.StopSignal),
    }),
    ...commandOf(config, given, lost),
    ...streamsOf(config),
    ...healthOf(record(config.Healthcheck), record(given.Healthcheck), lost),
    ...(typeof config.StopTimeout === "number" ? { stopTimeoutMs: config.StopTimeout * 1000 } : {}),
    env: environment(config, given, lost),
    labels: pairs(config.Labels).filter(({ key, value }) => record(given.Labels)[key] !== value),
    expose: exposedOf(config, given, Object.keys(record(record(HostConfig).PortBindings))),
    volumes: [...host.volumes, ...anonymous(config, given, host)],
    ...fromNetworks(record(inspect), lost),
  };
  return { spec, lost: [...lost, ...unnamed(spec, given)] };
}

/** The host's name, unless the engine made it up: of the id, or of whose network is used. */
function hostname({ Id, Config, HostConfig }: Raw, info: Raw): string {
  const name = raw(record(Config).Hostname);
  const mode = raw(record(HostConfig).NetworkMode);
  const engines = mode === "host" || raw(record(HostConfig).UTSMode) === "host" ? raw(info.Name) : undefined;
  return name === raw(Id).slice(0, 12) || name === engines || mode.startsWith("container:") ? "" : name;
}

/** An entrypoint of one's own takes the image's command away, so that then all of the command is said. */
function commandOf(config: Raw, given: Raw, lost: string[]): Pick<RunSpec, "command" | "entrypoint"> {
  const [entrypoint, command] = [words(config.Entrypoint), words(config.Cmd)];
  const [givenEntrypoint, givenCommand] = [words(given.Entrypoint), words(given.Cmd)];
  const dropped = command.length === 0 && givenCommand.length > 0;
  if (same(entrypoint, givenEntrypoint) && !(dropped && entrypoint.length > 0))
    return { command: same(command, givenCommand) ? [] : command };
  const [first = "", ...more] = entrypoint;
  if (more.length > 0)
    lost.push("The entrypoint has several words: all but the first are put before the command");
  return { entrypoint: first, command: [...more, ...command] };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

function streamsOf(config: Raw): Partial<RunSpec> {
  const { Tty, OpenStdin, AttachStdin, AttachStdout, AttachStderr } = config;
  const attach = (
    [
      ["stdin", AttachStdin],
      ["stdout", AttachStdout],
      ["stderr", AttachStderr],
    ] as const
  ).flatMap(([stream, on]) => (on === true ? [stream] : []));
  const detach = attach.length === 0;
  const usual = AttachStdout === true && AttachStderr === true && AttachStdin === OpenStdin;
  return {
    tty: Tty === true,
    interactive: OpenStdin === true,
    detach,
    attach: detach || usual ? [] : attach.filter((stream) => stream !== "stdin" || OpenStdin !== true),
  };
}

/** Each setting that the image's own healthcheck does not have. */
function healthOf(health: Raw, given: Raw, lost: string[]): Partial<RunSpec> {
  const test = words(health.Test);
  if (test[0] === "NONE") return same(test, words(given.Test)) ? {} : { noHealthcheck: true };
  const own = (name: string) => (health[name] === given[name] ? 0 : number(health[name]));
  if (own("StartInterval") > 0) lost.push("The healthcheck's own interval while it starts is left out");
  return {
    ...filled({ healthCmd: same(test, words(given.Test)) ? "" : healthCommand(test, lost) }),
    ...filled({
      healthIntervalMs: own("Interval") / 1e6,
      healthTimeoutMs: own("Timeout") / 1e6,
      healthStartPeriodMs: own("StartPeriod") / 1e6,
      healthRetries: own("Retries"),
    }),
  };
}

function healthCommand([kind, ...rest]: readonly string[], lost: string[]): string {
  if (kind !== "CMD") return rest.join(" ");
  lost.push("The healthcheck runs without a shell: on a docker run line it runs in /bin/sh");
  return shellQuote(rest);
}

function environment(config: Raw, given: Raw, lost: string[]): readonly Pair[] {
  const images = words(given.Env);
  const own = words(config.Env).filter((line) => !images.includes(line));
  const names = new Set(words(config.Env).map((line) => line.split("=")[0]));
  for (const name of images.map((line) => line.split("=")[0] ?? ""))
    if (!names.has(name))
      lost.push(`The container takes ${shortened(name)} of its image away, which cannot be said here`);
  return own
    .filter((line) => line.includes("="))
    .map((line) => {
      const at = line.indexOf("=");
      return { key: line.slice(0, at), value: line.slice(at + 1) };
    });
}

function exposedOf(config: Raw, given: Raw, published: readonly string[]): RunSpec["expose"] {
  const known = new Set([...Object.keys(record(given.ExposedPorts)), ...published]);
  const own = Object.keys(record(config.ExposedPorts)).filter((port) => !known.has(port));
  return own.flatMap((port) => {
    const parsed = exposedPort.parse(port);
    return "value" in parsed ? [parsed.value] : [];
  });
}

function anonymous(config: Raw, given: Raw, { mounts, volumes }: RunSpec): readonly VolumeUse[] {
  const known = new Set([
    ...Object.keys(record(given.Volumes)),
    ...[...mounts, ...volumes].map(({ target }) => target),
  ]);
  return entries(config.Volumes).flatMap(([target]) =>
    known.has(target) ? [] : [{ kind: "anonymous" as const, target }],
  );
}

/** Data that stays with the first container. */
function unnamed({ volumes, mounts }: RunSpec, given: Raw): string[] {
  const covered = new Set(
    [...mounts, ...volumes.filter(({ kind }) => kind !== "anonymous")].map(({ target }) => target),
  );
  const own = volumes.filter(({ kind }) => kind === "anonymous").map(({ target }) => target);
  return [...own, ...Object.keys(record(given.Volumes))]
    .filter((target) => !covered.has(target))
    .map(
      (target) =>
        `${shortened(target)} lies in a volume without a name: another container gets a new, empty one`,
    );
}
