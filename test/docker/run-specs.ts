import fc from "fast-check";
import { emptySpec } from "../../src/docker/run/empty-spec.ts";
import type { RunSpec } from "../../src/docker/run/spec.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{1,8}$/);
const anything = fc.string({ unit: fc.constantFrom(..."ab '\"\\$`*?~#&;|<>(){}[]!\n\t=é,:-"), maxLength: 8 });
const some = anything.filter((text) => text !== "");
const path = fc.stringMatching(/^\/[a-z ,]{1,6}$/);
const port = fc.integer({ min: 1, max: 65_000 });
const protocol = fc.constantFrom("tcp" as const, "udp" as const, "sctp" as const);
const range = fc
  .tuple(port, fc.integer({ min: 0, max: 5 }))
  .map(([from, more]) => ({ from, to: from + more }));
const bytes = fc.oneof(fc.integer({ min: 6 * 1024 ** 2, max: 2 ** 40 }), fc.constant(2 ** 30));
const ms = fc.integer({ min: 1, max: 10_000_000 });
const pair = fc.record({ key: name, value: anything });
const list = <Value>(of: fc.Arbitrary<Value>) => fc.array(of, { maxLength: 3 });
const unique = <Value>(of: fc.Arbitrary<Value>, key: (value: Value) => unknown) =>
  fc.uniqueArray(of, { maxLength: 3, selector: key });
const pairs = unique(pair, ({ key }) => key);
const ip4 = fc.ipV4();
const signed = (max: number) => fc.integer({ min: 0, max });

const published = fc.oneof(
  fc.record({ container: range, protocol }),
  fc.record({ ip: fc.oneof(ip4, fc.constant("::1")), container: range, protocol }),
  fc.tuple(range, protocol).map(([container, protocol]) => ({ host: { ...container }, container, protocol })),
);

const volume = fc.oneof(
  fc.record({
    kind: fc.constant("bind" as const),
    source: path,
    target: path,
    modes: fc.constantFrom([], ["ro"], ["ro", "z"], ["rshared"]),
  }),
  fc.record({
    kind: fc.constant("volume" as const),
    source: name,
    target: path,
    modes: fc.constantFrom([], ["nocopy"]),
  }),
  fc.record({ kind: fc.constant("anonymous" as const), target: path }),
);

const option = fc.record({
  key: name,
  value: fc.string({ unit: fc.constantFrom(...'ab,"=:'), minLength: 1 }),
});
const mount = fc.oneof(
  fc.record(
    {
      type: fc.constant("bind" as const),
      source: path,
      target: path,
      readOnly: fc.constant(true as const),
      propagation: fc.constantFrom("rslave", "shared"),
      recursive: fc.constantFrom("disabled" as const, "readonly" as const),
    },
    { requiredKeys: ["type", "source", "target"] },
  ),
  fc.record(
    {
      type: fc.constant("volume" as const),
      source: name,
      target: path,
      nocopy: fc.constant(true as const),
      subpath: name,
      driver: name,
      options: list(option),
      labels: list(option),
    },
    { requiredKeys: ["type", "target", "options", "labels"] },
  ),
  fc.record(
    { type: fc.constant("tmpfs" as const), target: path, size: bytes, mode: signed(0o1777) },
    { requiredKeys: ["type", "target"] },
  ),
);

const rate = fc.record({ path: fc.constantFrom("/dev/sda", "/dev/vdb"), rate: signed(2 ** 40) });
const restart = fc.oneof(
  fc.record({ policy: fc.constantFrom("no" as const, "always" as const, "unless-stopped" as const) }),
  fc.record({ policy: fc.constant("on-failure" as const), maxRetries: fc.integer({ min: 1, max: 9 }) }),
);

const lists = fc.record({
  command: list(anything),
  env: list(pair),
  envFiles: list(path),
  labels: pairs,
  ports: list(published),
  expose: list(fc.record({ ports: range, protocol })),
  dns: list(ip4),
  dnsSearch: list(some),
  dnsOptions: list(some),
  hosts: list(fc.record({ name, ip: fc.oneof(ip4, fc.constant("host-gateway"), fc.constant("fe80::1")) })),
  links: list(fc.tuple(name, name).map((both) => both.join(":"))),
  volumesFrom: list(
    fc.oneof(
      name,
      name.map((of) => `${of}:ro`),
    ),
  ),
  storage: pairs,
  deviceReadBps: list(rate),
  deviceWriteBps: list(rate),
  deviceReadIops: list(rate),
  deviceWriteIops: list(rate),
  ulimits: unique(
    fc.record({
      name: fc.constantFrom("nofile", "core", "memlock"),
      soft: signed(100),
      hard: fc.oneof(fc.constant(-1), fc.integer({ min: 100, max: 200 })),
    }),
    (limit) => limit.name,
  ),
  sysctls: unique(
    fc.record({ key: fc.constantFrom("net.a", "net.b.c", "kernel.sem"), value: anything }),
    ({ key }) => key,
  ),
  capAdd: list(fc.constantFrom("NET_ADMIN", "ALL")),
  capDrop: list(fc.constantFrom("MKNOD", "CAP_CHOWN")),
  devices: list(
    fc.record({
      host: fc.constantFrom("/dev/a", "/dev/b"),
      container: fc.constantFrom("/dev/a", "/dev/c"),
      permissions: fc.constantFrom("r", "rw", "rwm"),
    }),
  ),
  deviceCgroupRules: list(fc.constantFrom("c 42:* rmw", "a *:* r")),
  securityOpt: list(
    fc.constantFrom("no-new-privileges", "label=disable", "systempaths=unconfined", "apparmor=x"),
  ),
  groupAdd: list(some),
});

const places = unique(
  fc.oneof(volume, mount, fc.record({ target: path, options: anything })),
  ({ target }) => target,
).map((all) => ({
  volumes: all.flatMap((place) => ("kind" in place ? [place] : [])),
  mounts: all.flatMap((place) => ("type" in place ? [place] : [])),
  tmpfs: all.flatMap((place) => ("kind" in place || "type" in place ? [] : [place])),
}));

const switches = fc.record({
  detach: fc.boolean(),
  interactive: fc.boolean(),
  tty: fc.boolean(),
  publishAll: fc.boolean(),
  readOnly: fc.boolean(),
  privileged: fc.boolean(),
  oomKillDisable: fc.boolean(),
});

const singles = fc.record(
  {
    name,
    hostname: name,
    domainname: name,
    entrypoint: anything,
    user: fc.constantFrom("root", "1000:1000"),
    workdir: path,
    platform: fc.constantFrom("linux/amd64", "linux/arm/v7"),
    pull: fc.constantFrom("always" as const, "never" as const),
    init: fc.boolean(),
    restart,
    stopSignal: fc.constantFrom("SIGINT", "9", "RTMIN+3"),
    stopTimeoutMs: signed(1000).map((seconds) => seconds * 1000),
    mac: fc.constant("92:d0:c6:0a:29:33"),
    volumeDriver: name,
    shmSize: bytes,
    cpus: signed(64_000).map((milli) => milli / 1000),
    cpuShares: signed(2048),
    cpusetCpus: fc.constantFrom("0", "0-2,4"),
    cpusetMems: fc.constant("0"),
    pidsLimit: fc.integer({ min: -1, max: 1000 }),
    blkioWeight: fc.integer({ min: 10, max: 1000 }),
    memorySwappiness: fc.integer({ min: -1, max: 100 }),
    oomScoreAdj: fc.integer({ min: -1000, max: 1000 }),
    cgroupParent: some,
    runtime: name,
    gpus: fc.constantFrom({ count: "all" as const }, { count: 2 }, { ids: ["0", "GPU-3a"] }),
    pid: fc.constantFrom("host", "container:db"),
    ipc: fc.constantFrom("private", "container:db"),
    userns: fc.constant("host"),
    cgroupns: fc.constantFrom("host", "private"),
    healthCmd: some,
    healthIntervalMs: ms,
    healthTimeoutMs: ms,
    healthStartPeriodMs: ms,
    healthRetries: signed(9),
    logDriver: fc.constantFrom("local", "json-file"),
  },
  { requiredKeys: [] },
);

const memory = fc.oneof(
  fc.constant({}),
  fc.record({ memory: bytes, memorySwap: fc.constant(-1) }),
  bytes.map((memory) => ({ memory, memorySwap: 2 * memory, memoryReservation: memory })),
);

const networks = fc.oneof(
  fc.constant({}),
  fc.record({ network: fc.constantFrom("bridge", "none") }),
  fc.record({
    network: name,
    aliases: list(name),
    ip: ip4,
    moreNetworks: unique(
      fc.record({ name: name.map((of) => `2${of}`), aliases: list(name) }),
      (use) => use.name,
    ),
  }),
);

/** Specs as they can be written on one line, with hostile text wherever docker takes any. */
export const specs: fc.Arbitrary<RunSpec> = fc
  .tuple(lists, places, switches, singles, memory, networks, fc.constantFrom("nginx", "a.b:5000/c/d:1.2"))
  .map(([...parts]) => {
    const image = parts.pop() as string;
    return Object.assign({}, emptySpec, ...(parts as object[]), { image }) as RunSpec;
  });
