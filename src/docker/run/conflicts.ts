import { isUserDefined } from "./networks.ts";
import type { RunSpec } from "./spec.ts";

/** What cannot be together in a container, and where in the spec it is best told. */
export type Conflict = { at: keyof RunSpec; problem: string };

/** What docker or the engine would refuse, with the field that has to give way. */
const conflicts: readonly [at: keyof RunSpec, holds: (spec: RunSpec) => boolean, problem: string][] = [
  [
    "restart",
    ({ rm, restart }) => rm && restart !== undefined && restart.policy !== "no",
    "--rm and --restart exclude each other: a container that is removed cannot be started again",
  ],
  ["attach", ({ detach, attach }) => detach && attach.length > 0, "--detach and --attach exclude each other"],
  [
    "healthCmd",
    (spec) => spec.noHealthcheck && health.some((field) => spec[field] !== undefined),
    "--no-healthcheck and the --health-… flags exclude each other",
  ],
  [
    "memorySwap",
    ({ memory = 0, memorySwap = 0 }) => memory === 0 && memorySwap > 0,
    "--memory-swap needs --memory: it is the limit of both together",
  ],
  [
    "memorySwap",
    ({ memory = 0, memorySwap = 0 }) => memorySwap > 0 && memory > memorySwap,
    "--memory-swap is less than --memory: it is the limit of both together",
  ],
  [
    "memoryReservation",
    ({ memory = 0, memoryReservation = 0 }) => memory > 0 && memoryReservation > memory,
    "--memory-reservation is more than --memory",
  ],
  [
    "cpus",
    ({ cpus, cpuPeriod, cpuQuota }) => Boolean(cpus) && Boolean(cpuPeriod || cpuQuota),
    "--cpus excludes --cpu-period and --cpu-quota: it sets both",
  ],
  [
    "blkioWeight",
    ({ blkioWeight = 0 }) => blkioWeight > 0 && blkioWeight < 10,
    "--blkio-weight is less than 10: it goes from 10 to 1000, or is 0",
  ],
  [
    "logOpts",
    ({ logDriver, logOpts }) => logDriver === "none" && logOpts.length > 0,
    "--log-opt has no meaning with --log-driver none",
  ],
  [
    "aliases",
    (spec) => !isUserDefined(spec.network) && spec.aliases.length > 0,
    "--network-alias needs a network of your own: --network NAME",
  ],
  [
    "ip",
    (spec) => !isUserDefined(spec.network) && (spec.ip !== undefined || spec.ip6 !== undefined),
    "--ip needs a network of your own with a subnet: --network NAME",
  ],
  [
    "network",
    (spec) =>
      spec.moreNetworks.some(({ name }) => !isUserDefined(name)) ||
      (spec.moreNetworks.length > 0 && !isUserDefined(spec.network)),
    "several --network must all be networks of your own",
  ],
  [
    "ports",
    (spec) => inContainer(spec) && (spec.ports.length > 0 || spec.publishAll || spec.expose.length > 0),
    "ports belong to the container whose network is used: publish them there",
  ],
  [
    "hostname",
    (spec) => inContainer(spec) && (spec.hostname !== undefined || spec.mac !== undefined),
    "--hostname and --mac-address belong to the container whose network is used",
  ],
  [
    "dns",
    (spec) => inContainer(spec) && (spec.dns.length > 0 || spec.hosts.length > 0 || spec.links.length > 0),
    "--dns, --add-host and --link belong to the container whose network is used",
  ],
  [
    "links",
    ({ network, links }) => network === "host" && links.length > 0,
    "--link has no meaning with --network host",
  ],
  [
    "hostname",
    ({ uts, hostname }) => uts === "host" && hostname !== undefined,
    "--hostname has no meaning with --uts host",
  ],
  ["volumes", (spec) => doubleTargets(spec), "two mounts lie at the same path inside the container"],
];

const health = [
  "healthCmd",
  "healthIntervalMs",
  "healthTimeoutMs",
  "healthStartPeriodMs",
  "healthRetries",
] as const;

/** What in that spec cannot be together. */
export function conflictsIn(spec: RunSpec): readonly Conflict[] {
  return conflicts.flatMap(([at, holds, problem]) => (holds(spec) ? [{ at, problem }] : []));
}

/** What in that spec cannot be together, a sentence for each. */
export function conflictsOf(spec: RunSpec): readonly string[] {
  return conflictsIn(spec).map(({ problem }) => problem);
}

const inContainer = ({ network }: RunSpec) => network?.startsWith("container:") ?? false;

/** An anonymous volume may lie where another mount lies: the engine then leaves it out. */
function doubleTargets({ volumes, mounts, tmpfs }: RunSpec): boolean {
  const named = volumes.filter(({ kind }) => kind !== "anonymous");
  const targets = [...named, ...mounts, ...tmpfs].map(({ target }) => target.replace(/\/+$/, ""));
  return new Set(targets).size < targets.length;
}
