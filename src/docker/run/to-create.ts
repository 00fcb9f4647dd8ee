import { hostConfig } from "./host-config.ts";
import { fromPairs } from "./kind.ts";
import { isUserDefined } from "./networks.ts";
import { bindings, length } from "./ports.ts";
import type { ExposedPort, NetworkUse, Pair, RunSpec } from "./spec.ts";

/** What is sent to POST /containers/create, and the networks to connect the created container to. */
export type CreateRequest = {
  query: { name?: string; platform?: string };
  body: Readonly<Record<string, unknown>>;
  connect: readonly { network: string; body: (id: string) => object }[];
};

/** The request that the docker command would send for that spec; `fileEnv` is what its env files hold. */
export function toCreate(spec: RunSpec, fileEnv: readonly Pair[] = []): CreateRequest {
  const { name, platform } = spec;
  return {
    query: { ...(name === undefined ? {} : { name }), ...(platform === undefined ? {} : { platform }) },
    body: { ...config(spec, fileEnv), HostConfig: hostConfig(spec), NetworkingConfig: networking(spec) },
    connect: spec.moreNetworks.map((use) => ({
      network: use.name,
      body: (id) => ({ Container: id, EndpointConfig: endpoint({ ...use, links: [] }) }),
    })),
  };
}

function config(spec: RunSpec, fileEnv: readonly Pair[]): object {
  const anonymous = spec.volumes.filter(({ kind }) => kind === "anonymous");
  const { entrypoint, command, stopTimeoutMs } = spec;
  return {
    Image: spec.image,
    Hostname: spec.hostname ?? "",
    Domainname: spec.domainname ?? "",
    MacAddress: spec.mac,
    User: spec.user ?? "",
    WorkingDir: spec.workdir ?? "",
    Env: [...fileEnv, ...spec.env].map(({ key, value }) => `${key}=${value}`),
    Labels: fromPairs(spec.labels),
    Cmd: command.length > 0 ? command : undefined,
    Entrypoint: entrypoint === undefined ? undefined : [entrypoint],
    ...streams(spec),
    ExposedPorts: Object.fromEntries(exposed(spec).map((port) => [port, {}])),
    Volumes: Object.fromEntries(anonymous.map(({ target }) => [target, {}])),
    StopSignal: spec.stopSignal,
    StopTimeout: stopTimeoutMs === undefined ? undefined : Math.round(stopTimeoutMs / 1000),
    Healthcheck: healthcheck(spec),
  };
}

/** Standard input closes with the one who was attached to it, unless nobody is to begin with. */
function streams({ attach, detach, interactive, tty }: RunSpec): object {
  const all = attach.length === 0;
  const stdin = !detach && (interactive || attach.includes("stdin"));
  return {
    Tty: tty,
    OpenStdin: interactive,
    StdinOnce: interactive && stdin,
    AttachStdin: stdin,
    AttachStdout: !detach && (all || attach.includes("stdout")),
    AttachStderr: !detach && (all || attach.includes("stderr")),
  };
}

function healthcheck(spec: RunSpec): object | undefined {
  if (spec.noHealthcheck) return { Test: ["NONE"] };
  const { healthCmd, healthIntervalMs, healthTimeoutMs, healthStartPeriodMs, healthRetries } = spec;
  const settings = [healthCmd, healthIntervalMs, healthTimeoutMs, healthStartPeriodMs, healthRetries];
  if (!settings.some(Boolean)) return undefined;
  return {
    Test: healthCmd === undefined ? undefined : ["CMD-SHELL", healthCmd],
    Interval: nanoseconds(healthIntervalMs),
    Timeout: nanoseconds(healthTimeoutMs),
    StartPeriod: nanoseconds(healthStartPeriodMs),
    Retries: healthRetries,
  };
}

const nanoseconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms * 1e6));

function networking(spec: RunSpec): object {
  const { network, aliases, ip, ip6, links } = spec;
  if (!isUserDefined(network) || (aliases.length === 0 && !ip && !ip6 && links.length === 0)) return {};
  const use = { name: network, aliases, links, ...(ip ? { ip } : {}), ...(ip6 ? { ip6 } : {}) };
  return { EndpointsConfig: { [network]: endpoint(use) } };
}

function endpoint({ aliases, ip, ip6, mac, links }: NetworkUse & { links: readonly string[] }): object {
  return {
    ...(aliases.length > 0 ? { Aliases: aliases } : {}),
    ...(links.length > 0 ? { Links: links } : {}),
    ...(ip || ip6 ? { IPAMConfig: { IPv4Address: ip, IPv6Address: ip6 } } : {}),
    ...(mac ? { MacAddress: mac } : {}),
  };
}

function exposed({ ports, expose }: RunSpec): string[] {
  return [...Object.keys(bindings(ports)), ...expose.flatMap(names)];
}

function names({ ports, protocol }: ExposedPort): string[] {
  return Array.from({ length: length(ports) }, (_, step) => `${ports.from + step}/${protocol}`);
}
