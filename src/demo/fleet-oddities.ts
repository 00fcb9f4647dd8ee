import { type FleetMember, tcp, volume } from "./fleet-words.ts";
import { day, hour, MiB, minute, second } from "./units.ts";

const manyLabels = Object.fromEntries(
  Array.from({ length: 64 }, (_, index) => [
    `org.acme.fact-${String(index + 1).padStart(2, "0")}`,
    `value ${index + 1}`,
  ]),
);

/** A label value and a network name which try to take over the terminal. */
const hostileNetwork = "evil\u001b]0;PWNED\u0007net/../x";
const hostileLabels = { "evil\u001b[2Jkey": "a\u001b]52;c;cm0gLXJmIC8=\u0007b\u009b31mc\u202Ed" };

const failing = {
  status: "unhealthy",
  failingStreak: 12,
  log: [1, 2, 3].map((n) => ({
    at: n * 10_000,
    exitCode: 1,
    output: `curl: (7) Failed to connect to localhost port 9200: \u001b[31mConnection refused\u001b[0m\ntry ${n}\n`,
  })),
} as const;

const bash = ["/bin/sh", "/bin/bash"];

const running: readonly FleetMember[] = [
  {
    name: "edge",
    image: "nginx:1.27-alpine",
    up: 5 * hour,
    ports: [tcp(80, 8080), tcp(443)],
    voice: "access",
    logEvery: 800,
    labels: { team: "platform", tier: "edge", env: "production" },
    restartPolicy: "always",
    memory: 12 * MiB,
  },
  {
    name: "firehose",
    image: "alpine:3.20",
    command: ["sh", "-c", "while :; do gen; done"],
    up: 3 * hour,
    logEvery: 8,
    voice: "json",
    cores: 1.7,
    memory: 64 * MiB,
  },
  {
    name: "search-index",
    image: "elasticsearch:8.13.4",
    up: 26 * hour,
    health: failing,
    cores: 1.2,
    memory: 1900 * MiB,
    memoryLimit: 2048 * MiB,
    shells: bash,
    stopsAfter: 4 * second,
    termExitCode: 143,
    env: ["ELASTIC_PASSWORD=changeme"],
    ports: [tcp(9200, 9200)],
  },
  {
    name: "batch-import",
    image: "localhost:5000/acme/tools:dev",
    command: ["./import", "--all"],
    status: "paused",
    age: 3 * hour,
    shells: bash,
    labels: { team: "data", env: "staging" },
  },
  {
    name: "toolbox",
    image: "localhost:5000/acme/tools:dev",
    command: ["/bin/bash"],
    tty: true,
    up: 50 * minute,
    voice: "shell",
    logEvery: 20 * second,
    shells: bash,
  },
  {
    name: "coredns",
    image: "coredns/coredns:1.11.1",
    up: 90 * day,
    shells: [],
    ports: [{ privatePort: 53, type: "udp", publicPort: 53 }],
    memory: 19 * MiB,
  },
  {
    name: "ci-runner",
    image: "localhost:5000/acme/tools:dev",
    command: ["run-tests", "--watch"],
    up: 70 * minute,
    voice: "colour",
    logEvery: 700,
    cores: 2.4,
    nanoCpus: 4e9,
    shells: bash,
  },
  {
    name: "legacy-report",
    image: "alpine:3.20",
    up: 4 * hour,
    voice: "hostile",
    logEvery: 3 * second,
    labels: hostileLabels,
    networks: [hostileNetwork],
    env: ["BANNER=\u001b[5mblink\u001b[0m"],
  },
  { name: "many-labels", image: "alpine:3.20", up: 8 * day, labels: manyLabels },
  {
    name: "i18n-preview",
    image: "nginx:1.27-alpine",
    up: 31 * minute,
    labels: { note: "🚀 デプロイ 部署 👩‍💻 naïve", team: "i18n" },
    ports: [tcp(80, 8088)],
  },
  { name: "long-lines", image: "alpine:3.20", up: 2 * hour, voice: "long", logEvery: 5 * second },
  {
    name: "silent",
    image: "alpine:3.20",
    command: ["sleep", "infinity"],
    up: 2 * day,
    logDriver: "none",
    voice: "none",
  },
  {
    name: "slow-drain",
    image: "alpine:3.20",
    command: ["drain", "--grace", "3s"],
    up: 6 * hour,
    stopsAfter: 3 * second,
  },
  {
    name: "stubborn",
    image: "alpine:3.20",
    command: ["sh", "-c", "trap '' TERM; sleep infinity"],
    up: 20 * hour,
    stopsAfter: Number.POSITIVE_INFINITY,
  },
];

const stopped: readonly FleetMember[] = [
  {
    name: "migrate-next",
    image: "ghcr.io/acme/shop-api:2.14.0",
    command: ["/app/api", "migrate"],
    status: "created",
    age: 3 * hour,
    labels: { team: "orders" },
  },
  { name: "spare", image: "alpine:3.20", status: "created", age: 11 * day, networks: ["none"] },
  {
    name: "backup-nightly",
    image: "alpine:3.20",
    command: ["backup", "/data"],
    status: "exited",
    age: 8 * hour,
    ended: 7 * hour,
    mounts: [volume("backups", "/data")],
  },
  {
    name: "smoke-test",
    image: "localhost:5000/acme/tools:dev",
    command: ["smoke"],
    status: "exited",
    age: 3 * day,
    ended: 3 * day - minute,
    exitCode: 1,
    voice: "crash",
    logEvery: 900,
    sizeRw: 900_000_000,
  },
  {
    name: "old-proxy",
    image: "nginx:1.27-alpine",
    status: "exited",
    age: 80 * day,
    ended: 41 * day,
    exitCode: 143,
    ports: [tcp(80, 8080)],
    networks: ["legacy_edge"],
  },
  {
    name: "stuck-volume",
    image: "alpine:3.20",
    status: "dead",
    age: 5 * day,
    ended: 2 * day,
    exitCode: 137,
    error: "unable to remove filesystem: device or resource busy",
    voice: "none",
    mounts: [volume("c0ffee6c1e9d0a4b7f83c1d2e4f5a697881234567890abcdefcafebabe012345", "/scratch")],
  },
];

/** Containers of no project: each is there for one thing that can go differently. */
export const oddities: readonly FleetMember[] = [...running, ...stopped];
