import { device, deviceRate, gpus, ulimit } from "./devices.ts";
import { type Flag, many, one, toggle } from "./flag.ts";
import { anyText, type Kind, no, ok, oneOf, whole, words } from "./kind.ts";
import {
  containerName,
  cores,
  cpuList,
  extraHost,
  goDuration,
  ip,
  ip4,
  ip6,
  pair,
  restart,
  size,
  sysctl,
  wholeSeconds,
} from "./kinds.ts";
import { mountUse } from "./mounts.ts";
import { networkFlag } from "./network-flag.ts";
import { macAddress } from "./networks.ts";
import { exposedPort, publishedPort } from "./ports.ts";
import type { Pair, RunSpec } from "./spec.ts";
import { tmpfs, volumesFrom, volumeUse } from "./volumes.ts";

const large = Number.MAX_SAFE_INTEGER;
const byKey = { key: ({ key }: Pair) => key };
const valued = (example: string) => pair(example, (key) => no(`gives ${key} no value: ${example}`));
/** The least that the engine takes, 6 MiB. */
const leastMemory = 6 * 1024 ** 2;

const stream: Kind<RunSpec["attach"][number]> = {
  ...oneOf("stdin", "stdout", "stderr"),
  parse: (text) => oneOf("stdin", "stdout", "stderr").parse(text.toLowerCase()),
};
const env = pair("NAME=value", (key) => no(`takes its value from the shell: write ${key}=value`));
const label = pair("key=value", (key) => ok({ key, value: "" }));
const namespaceOf = (...own: readonly string[]) =>
  words(
    [...own, "container:NAME"].join("|"),
    new RegExp(`^(${own.join("|")}|container:[\\w.-]+)$`),
    `one of ${own.join(", ")}, container:NAME`,
  );
const path = words("path", /^\//, "an absolute path");
const file: Kind<string> = words(
  "file",
  /^\//,
  "an absolute path, and where the shell is, is not known here: write it out",
);
const security: Kind<string> = {
  takes: "option",
  parse(text) {
    if (/^seccomp[=:](?!(builtin|unconfined)$)/.test(text))
      return no("names a file, which dockui does not read");
    return /^(no-new-privileges([=:](true|false))?|[\w-]+[=:].+)$/.test(text)
      ? ok(text)
      : no("is not a security option: no-new-privileges, apparmor=unconfined, label=disable");
  },
  print: (text) => text,
};
const capability = words("capability", /^\w+$/, "a capability: NET_ADMIN, ALL");
const signal = words("signal", /^(\d{1,2}|(SIG)?[A-Z][A-Z0-9]*([+-]\d+)?)$/i, "a signal: SIGTERM, 15");
const platform = words("os/arch", /^[\w.-]+(\/[\w.-]+){0,2}$/, "a platform: linux/amd64");
const user = words("user[:group]", /^[^\s:]+(:[^\s:]+)?$/, "a user: 1000:1000, www-data");
const host = words("name", /^\S+$/, "a name for a host");
const link = words("container[:alias]", /^\/?[\w.-]+(:[\w./-]+)?$/, "a container with an alias: db:database");

/** Every flag that dockui knows, in the order in which a line is written. */
export const flags: readonly Flag[] = [
  toggle("detach", "detach", { short: "d" }),
  toggle("interactive", "interactive", { short: "i" }),
  toggle("tty", "tty", { short: "t" }),
  many("attach", "attach", stream, { short: "a" }),
  toggle("rm", "rm"),
  one("name", "name", containerName),
  one("hostname", "hostname", host, { short: "h" }),
  one("domainname", "domainname", host),
  one("restart", "restart", restart),
  toggle("init", "init"),
  one("platform", "platform", platform),
  one("pull", "pull", oneOf("always", "missing", "never")),

  networkFlag,
  many("network-alias", "aliases", anyText("alias"), { others: ["net-alias"] }),
  one("ip", "ip", ip4),
  one("ip6", "ip6", ip6),
  one("mac-address", "mac", macAddress),
  many("link", "links", link),
  many("publish", "ports", publishedPort, { short: "p" }),
  toggle("publish-all", "publishAll", { short: "P" }),
  many("expose", "expose", exposedPort),
  many("dns", "dns", ip),
  many("dns-search", "dnsSearch", anyText("domain")),
  many("dns-option", "dnsOptions", anyText("option"), { others: ["dns-opt"] }),
  many("add-host", "hosts", extraHost),

  many("volume", "volumes", volumeUse, { short: "v", key: volumeUse.print }),
  many("mount", "mounts", mountUse),
  many("tmpfs", "tmpfs", tmpfs, { key: ({ target }) => target }),
  many("volumes-from", "volumesFrom", volumesFrom),
  one("volume-driver", "volumeDriver", anyText("driver")),
  many("storage-opt", "storage", valued("size=10G"), byKey),
  toggle("read-only", "readOnly"),

  many("env", "env", env, { short: "e" }),
  many("env-file", "envFiles", file),
  many("label", "labels", label, { short: "l", ...byKey }),
  one("user", "user", user, { short: "u" }),
  one("workdir", "workdir", path, { short: "w" }),
  one("entrypoint", "entrypoint", words("command", /^/, "")),

  one("memory", "memory", size({ min: leastMemory }), { short: "m" }),
  one("memory-swap", "memorySwap", size({ special: [-1] })),
  one("memory-reservation", "memoryReservation", size({ min: leastMemory })),
  one("memory-swappiness", "memorySwappiness", whole(-1, 100)),
  one("shm-size", "shmSize", size()),
  one("cpus", "cpus", cores),
  one("cpu-shares", "cpuShares", whole(0, large), { short: "c" }),
  one("cpuset-cpus", "cpusetCpus", cpuList),
  one("cpuset-mems", "cpusetMems", cpuList),
  one("cpu-period", "cpuPeriod", whole(0, 1_000_000)),
  one("cpu-quota", "cpuQuota", whole(-1, large)),
  one("pids-limit", "pidsLimit", whole(-1, large)),
  one("blkio-weight", "blkioWeight", whole(0, 1000)),
  many("device-read-bps", "deviceReadBps", deviceRate(size())),
  many("device-write-bps", "deviceWriteBps", deviceRate(size())),
  many("device-read-iops", "deviceReadIops", deviceRate(whole(0, large))),
  many("device-write-iops", "deviceWriteIops", deviceRate(whole(0, large))),
  toggle("oom-kill-disable", "oomKillDisable"),
  one("oom-score-adj", "oomScoreAdj", whole(-1000, 1000)),
  many("ulimit", "ulimits", ulimit, { key: ({ name }) => name }),
  many("sysctl", "sysctls", sysctl, byKey),
  one("cgroup-parent", "cgroupParent", anyText("cgroup")),
  one("runtime", "runtime", anyText("runtime")),

  toggle("privileged", "privileged"),
  many("cap-add", "capAdd", capability),
  many("cap-drop", "capDrop", capability),
  many("device", "devices", device),
  many(
    "device-cgroup-rule",
    "deviceCgroupRules",
    words("rule", /^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/, "a rule: c 42:* rmw"),
  ),
  one("gpus", "gpus", gpus),
  many("security-opt", "securityOpt", security),
  many("group-add", "groupAdd", anyText("group")),
  one("pid", "pid", namespaceOf("host")),
  one("ipc", "ipc", namespaceOf("none", "private", "shareable", "host")),
  one("uts", "uts", oneOf("host")),
  one("userns", "userns", oneOf("host")),
  one("cgroupns", "cgroupns", oneOf("host", "private")),

  toggle("no-healthcheck", "noHealthcheck"),
  one("health-cmd", "healthCmd", anyText("command")),
  one("health-interval", "healthIntervalMs", goDuration),
  one("health-timeout", "healthTimeoutMs", goDuration),
  one("health-start-period", "healthStartPeriodMs", goDuration),
  one("health-retries", "healthRetries", whole(0, large)),
  one("stop-signal", "stopSignal", signal),
  one("stop-timeout", "stopTimeoutMs", wholeSeconds),
  one("log-driver", "logDriver", anyText("driver")),
  many("log-opt", "logOpts", valued("max-size=10m"), byKey),
];
