/** What a container is doing, in Docker's words. */
export type ContainerStatus =
  | "created"
  | "running"
  | "paused"
  | "restarting"
  | "removing"
  | "exited"
  | "dead";

/** One run of a health check; `at` is ms since 1970. */
export type HealthCheck = { at: number; exitCode: number; output: string };

/** The health of a container and its last checks. */
export type Health = {
  status: "starting" | "healthy" | "unhealthy";
  failingStreak: number;
  log: readonly HealthCheck[];
};

/** A port of a container; `publicPort` is there when it is published on the host, `ip` when on that address only. */
export type DemoPort = { privatePort: number; type: "tcp" | "udp"; publicPort?: number; ip?: string };

/** What a create call asked for and inspect tells again, beside what the world acts upon. */
export type Asked = {
  readonly config: Readonly<Record<string, unknown>>;
  readonly host: Readonly<Record<string, unknown>>;
};

/** A mount of a container; `name` is there for volumes only. */
export type DemoMount = {
  type: "volume" | "bind" | "tmpfs";
  name?: string;
  /** Whether the volume was made for this container and goes with it; unsaid, its name tells: 64 hex digits. */
  anonymous?: boolean;
  source: string;
  destination: string;
  writable: boolean;
};

/** Which voice a container speaks with in its log. */
export type LogVoice =
  | "access"
  | "json"
  | "postgres"
  | "redis"
  | "logfmt"
  | "colour"
  | "hostile"
  | "crash"
  | "long"
  | "shell"
  | "plain"
  | "none";

/** A stretch of time in which a container logged; `first` is the index of its first line, times are ms since 1970. */
export type LogSpan = { first: number; from: number; to: number | undefined };

/** A container of the simulated world; a change makes a new object, so that identity tells whether it changed. */
export type DemoContainer = {
  readonly id: string;
  readonly ordinal: number;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly command: readonly string[];
  readonly created: number;
  readonly status: ContainerStatus;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error: string;
  readonly restartCount: number;
  readonly health: Health | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly env: readonly string[];
  readonly tty: boolean;
  readonly networks: readonly string[];
  /** The id of each network by its name, as far as it was ever connected; it keeps them when the network is gone. */
  readonly joined: Readonly<Record<string, string>>;
  readonly ports: readonly DemoPort[];
  readonly mounts: readonly DemoMount[];
  /** Removed when it ends. */
  readonly autoRemove?: boolean;
  readonly asked?: Asked;
  readonly restartPolicy: "no" | "always" | "unless-stopped" | "on-failure";
  /** Bytes; 0 is no limit. */
  readonly memoryLimit: number;
  /** Billionths of a core; 0 is no limit. */
  readonly nanoCpus: number;
  /** Seconds which `stop` waits before it kills; undefined is the engine's 10. */
  readonly stopTimeout: number | undefined;
  /** Milliseconds from TERM to its end; Infinity ignores TERM. */
  readonly stopsAfter: number;
  readonly termExitCode: number;
  /** Whether it dies and comes back over and over. */
  readonly crashes: boolean;
  readonly shells: readonly string[];
  readonly voice: LogVoice;
  /** Milliseconds between two log lines. */
  readonly logEvery: number;
  readonly logDriver: "json-file" | "none";
  readonly logSpans: readonly LogSpan[];
  /** How long it ran before now without pauses (`ms`), and since when it runs again. */
  readonly ran: { ms: number; since: number | undefined };
  /** Average load in cores. */
  readonly cores: number;
  /** Average memory in bytes. */
  readonly memory: number;
  readonly sizeRw: number;
  readonly changes: readonly { Path: string; Kind: 0 | 1 | 2 }[];
};

/** What one must say to have a container: a name; the rest has defaults. */
export type ContainerRecipe = Partial<DemoContainer> & Pick<DemoContainer, "name">;

/** A layer of an image; `size` in bytes. */
export type Layer = { readonly digest: string; readonly size: number; readonly madeBy: string };

/** A step of an image's history; only one with a layer takes one, the others changed settings. */
export type HistoryStep = { readonly madeBy: string; readonly layer: boolean; readonly comment: string };

/** An image of the simulated world; `id` starts with "sha256:", times are ms since 1970. */
export type DemoImage = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly created: number;
  /** All its layers from the ground up, those of its parent too. */
  readonly layers: readonly Layer[];
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** The id of the image which the engine knows it was made from: by the legacy builder or a commit. */
  readonly parent?: string;
  /** Its steps beyond those of its parent, oldest first; without them they follow from its layers. */
  readonly steps?: readonly HistoryStep[];
  /** When it got its last tag. */
  readonly tagged?: number;
};

/** A volume; `size` in bytes, -1 when the engine does not know it. */
export type DemoVolume = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: number;
  readonly size: number;
  readonly options?: Readonly<Record<string, string>>;
};

/** A network; `prefix` is the first two numbers of its subnet, "" when it has none. */
export type DemoNetwork = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly prefix: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: number;
  readonly internal?: boolean;
  /** Subnet and gateway which were asked for, in place of those of its prefix. */
  readonly pools?: readonly { readonly Subnet: string; readonly Gateway?: string }[];
};

/** A record of the build cache; times are ms since 1970, `size` in bytes. */
export type DemoCacheRecord = {
  readonly id: string;
  readonly parents: readonly string[];
  readonly type: string;
  readonly description: string;
  readonly inUse: boolean;
  /** The digest of the layer it is; it is shared as long as an image has that layer. */
  readonly layer?: string;
  /** Whether it is shared, where no layer tells. */
  readonly shared: boolean;
  readonly size: number;
  readonly created: number;
  readonly lastUsed: number;
  readonly usageCount: number;
};
