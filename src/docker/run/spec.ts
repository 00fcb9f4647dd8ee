/** A name with its value: an environment variable, a label, an option of a driver. */
export type Pair = { key: string; value: string };

/** One port, or a range of them with both ends. */
export type PortRange = { from: number; to: number };

/** What carries a port. */
export type Protocol = "tcp" | "udp" | "sctp";

/** A published port: without `host` the engine takes a free one; a range of the host for one port means any of them. */
export type PublishedPort = {
  ip?: string;
  host?: PortRange;
  container: PortRange;
  protocol: Protocol;
};

/** A port that is named only, as `--expose` does. */
export type ExposedPort = { ports: PortRange; protocol: Protocol };

/** What `-v` says; `modes` are its last words as they stand: ro, z, rshared, nocopy. */
export type VolumeUse =
  | { kind: "bind"; source: string; target: string; modes: readonly string[] }
  | { kind: "volume"; source: string; target: string; modes: readonly string[] }
  | { kind: "anonymous"; target: string };

/** How what is mounted below a bind mount is taken along. */
export type Recursion = "enabled" | "disabled" | "writable" | "readonly";

/** What `--mount` says; unlike `-v` the engine does not make a missing folder. */
export type MountUse = { target: string; readOnly?: true; consistency?: string } & (
  | { type: "bind"; source: string; propagation?: string; recursive?: Recursion }
  | {
      type: "volume";
      source?: string;
      nocopy?: true;
      subpath?: string;
      driver?: string;
      options: readonly Pair[];
      labels: readonly Pair[];
    }
  /** `size` in bytes, `mode` as a number (0o1777). */
  | { type: "tmpfs"; size?: number; mode?: number }
);

/** A tmpfs of `--tmpfs`, its options as they stand ("rw,size=64m"). */
export type Tmpfs = { target: string; options: string };

/** A device of the host inside the container, with some of the letters r, w, m. */
export type Device = { host: string; container: string; permissions: string };

/** A limit of a block device: bytes or operations a second. */
export type DeviceRate = { path: string; rate: number };

/** A limit of the kernel by its name; -1 is none. */
export type Ulimit = { name: string; soft: number; hard: number };

/** When the engine starts an ended container again. */
export type Restart = { policy: "no" | "always" | "unless-stopped" | "on-failure"; maxRetries?: number };

/** Which GPUs: a number of them, all, or those with these ids. */
export type Gpus = { count: number | "all" } | { ids: readonly string[] };

/** A network that is joined beside the first one. */
export type NetworkUse = {
  name: string;
  aliases: readonly string[];
  ip?: string;
  ip6?: string;
  mac?: string;
};

/**
 * A container as `docker run` describes it. Sizes in bytes (-1: no limit, where docker takes it so), times in ms,
 * CPUs in cores. Absent means that docker's own default holds. From an inspect the text is unclean.
 */
export type RunSpec = {
  image: string;
  command: readonly string[];
  name?: string;
  hostname?: string;
  domainname?: string;
  /** One word; empty takes the image's own away. */
  entrypoint?: string;
  user?: string;
  workdir?: string;
  env: readonly Pair[];
  /** Files on this machine, read when the container is created; `env` wins over them. */
  envFiles: readonly string[];
  labels: readonly Pair[];
  platform?: string;
  pull?: "always" | "missing" | "never";

  detach: boolean;
  interactive: boolean;
  tty: boolean;
  attach: readonly ("stdin" | "stdout" | "stderr")[];
  rm: boolean;
  init?: boolean;
  restart?: Restart;
  stopSignal?: string;
  stopTimeoutMs?: number;

  ports: readonly PublishedPort[];
  publishAll: boolean;
  expose: readonly ExposedPort[];
  /** bridge, host, none, container:NAME, or a network. */
  network?: string;
  aliases: readonly string[];
  ip?: string;
  ip6?: string;
  mac?: string;
  moreNetworks: readonly NetworkUse[];
  links: readonly string[];
  dns: readonly string[];
  dnsSearch: readonly string[];
  dnsOptions: readonly string[];
  hosts: readonly { name: string; ip: string }[];

  volumes: readonly VolumeUse[];
  mounts: readonly MountUse[];
  tmpfs: readonly Tmpfs[];
  volumesFrom: readonly string[];
  volumeDriver?: string;
  readOnly: boolean;
  storage: readonly Pair[];

  memory?: number;
  memorySwap?: number;
  memoryReservation?: number;
  memorySwappiness?: number;
  shmSize?: number;
  cpus?: number;
  cpuShares?: number;
  cpusetCpus?: string;
  cpusetMems?: string;
  cpuPeriod?: number;
  cpuQuota?: number;
  pidsLimit?: number;
  blkioWeight?: number;
  deviceReadBps: readonly DeviceRate[];
  deviceWriteBps: readonly DeviceRate[];
  deviceReadIops: readonly DeviceRate[];
  deviceWriteIops: readonly DeviceRate[];
  oomKillDisable: boolean;
  oomScoreAdj?: number;
  ulimits: readonly Ulimit[];
  sysctls: readonly Pair[];
  cgroupParent?: string;
  runtime?: string;

  privileged: boolean;
  capAdd: readonly string[];
  capDrop: readonly string[];
  devices: readonly Device[];
  deviceCgroupRules: readonly string[];
  gpus?: Gpus;
  securityOpt: readonly string[];
  groupAdd: readonly string[];
  pid?: string;
  ipc?: string;
  uts?: string;
  userns?: string;
  cgroupns?: string;

  noHealthcheck: boolean;
  healthCmd?: string;
  healthIntervalMs?: number;
  healthTimeoutMs?: number;
  healthStartPeriodMs?: number;
  healthRetries?: number;

  logDriver?: string;
  logOpts: readonly Pair[];
};
