import { expect, test } from "vitest";
import { frontShell, shellStayed } from "../../src/docker/facts/command.ts";
import { toEnv } from "../../src/docker/facts/env.ts";
import { exitWords } from "../../src/docker/facts/exit-words.ts";
import { toFacts } from "../../src/docker/facts/facts.ts";
import { toLimits } from "../../src/docker/facts/limits.ts";
import { cgroupPath, type LocalFiles, logBytes } from "../../src/docker/facts/local.ts";
import { toMountFacts, toPortFacts } from "../../src/docker/facts/places.ts";
import { toSecurityFacts } from "../../src/docker/facts/security.ts";
import { toStateFacts } from "../../src/docker/facts/state.ts";

const limitsOf = (HostConfig: object) => toLimits({ HostConfig });

test("limits that are not set are absent", () => {
  const none = { Memory: 0, MemorySwap: 0, NanoCpus: 0, CpuShares: 0, PidsLimit: null, CpusetCpus: "" };
  const expected = { deviceRates: [], ulimits: [], restart: { policy: "no" } };
  expect(limitsOf(none)).toEqual(expected);
  expect(limitsOf({ MemorySwap: -1, PidsLimit: -1, CpuQuota: -1 })).toEqual(expected);
  expect(toLimits(undefined)).toEqual(expected);
});

test("CPUs come from --cpus or from quota and period", () => {
  expect(limitsOf({ NanoCpus: 1.5e9 }).cpus).toBe(1.5);
  expect(limitsOf({ CpuQuota: 25_000, CpuPeriod: 50_000 }).cpus).toBe(0.5);
  expect(limitsOf({ CpuQuota: 25_000, CpuPeriod: 0 }).cpus).toBe(0.25);
});

test("what a device may do is told with its unit", () => {
  const rate = (Rate: number) => [{ Path: "/dev/sda", Rate }];
  expect(
    limitsOf({ BlkioWeight: 300, BlkioDeviceReadBps: rate(5), BlkioDeviceWriteIOps: rate(6) }),
  ).toMatchObject({
    blockWeight: 300,
    deviceRates: [
      { device: "/dev/sda", kind: "read", unit: "bytes", rate: 5 },
      { device: "/dev/sda", kind: "write", unit: "operations", rate: 6 },
    ],
  });
});

test.each([
  [0, false, /^0: ended by itself, without an error\.$/],
  [1, false, /^1: ended with an error of its own\.$/],
  [42, false, /^42: ended with an error of its own\.$/],
  [125, false, /^125: the engine could not run it, or/],
  [128, false, /^128: the engine could not start it, or/],
  [126, false, /^126: .*cannot be executed\.$/],
  [127, false, /^127: .*not found\.$/],
  [137, true, /^137: killed \(SIGKILL\) by the kernel: it used more memory than its limit\.$/],
  [137, false, /^137: killed \(SIGKILL\): by docker kill/],
  [139, false, /^139: crashed \(SIGSEGV\)/],
  [143, false, /^143: ended by SIGTERM/],
  [134, false, /^134: ended by SIGABRT, or with that code of its own\.$/],
  [172, false, /^172: ended by signal 44/],
  [255, false, /^255: ended with an error of its own\.$/],
  [1, true, /^1: .*The kernel killed one of its processes/],
])("exit code %i, killed for memory: %s", (code, oomKilled, words) => {
  expect(exitWords(code, { oomKilled })).toMatch(words);
});

test.each([
  [["sh", "-c", "sleep 1; true"], "stays"],
  // bash and newer busybox become the last program of several.
  [["/bin/bash", "-ec", "setup && app"], "may stay"],
  [["sh", "-c", "setup; app"], "may stay"],
  [["sh", "-c", "setup || true; app 2>&1"], "may stay"],
  [["sh", "-c", "while :; do app; sleep 1; done"], "stays"],
  [["sh", "-c", "if setup; then app; fi"], "stays"],
  [["sh", "-c", "setup; (cd /srv; app)"], "stays"],
  [["sh", "-c", "setup; app &"], "stays"],
  [["/bin/sh", "-c", "app | tee log"], "stays"],
  [["busybox", "sh", "-c", "app &\nwait"], "stays"],
  [["/bin/sh", "-c", "node server.js"], "may stay"],
  [["/bin/sh", "-c", "node server.js 2>&1"], "may stay"],
  [["/bin/sh", "-c", "exec node server.js"], undefined],
  [["/bin/sh", "-c", "setup; A=1 exec node server.js"], undefined],
  [["sh", "-c", "trap 'kill $!' TERM; app & wait"], undefined],
  [["sh"], undefined],
  [["sh", "script.sh"], undefined],
  [["sh", "script.sh", "-c", "a; b"], undefined],
  [["/docker-entrypoint.sh", "nginx"], undefined],
  [["node", "-c", "a;b"], undefined],
  [[], undefined],
])("%j has a shell in front: %s", (command, verdict) => {
  expect(frontShell(command)?.verdict).toBe(verdict);
});

test.each([
  ["sh -c node server.js", true],
  ["busybox sh -c node server.js", true],
  ["/bin/sh -c node server.js", true],
  ["node server.js", false],
  ["", false],
])("%j is a shell that stayed: %s", (command, stayed) => {
  const front = frontShell(["sh", "-c", "node server.js"]);
  expect(front && shellStayed(front, { command })).toBe(stayed);
});

test("the environment is clean, with values that hold = and without", () => {
  expect(toEnv({ Config: { Env: ["A=b=c", "EMPTY=", "ALONE", "X=\u001b[2J"] } })).toEqual([
    { key: "A", value: "b=c", secret: false },
    { key: "EMPTY", value: "", secret: false },
    { key: "ALONE", value: "", secret: false },
    { key: "X", value: "\u241b[2J", secret: false },
  ]);
});

test("a container that does not run shows the ports it will publish, a running one those it does", () => {
  const Config = { ExposedPorts: { "53/udp": {} } };
  const HostConfig = { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } };
  expect(toPortFacts({ Config, HostConfig, NetworkSettings: { Ports: {} } })).toEqual([
    { port: 53, protocol: "udp", bindings: [] },
    { port: 80, protocol: "tcp", bindings: [{ ip: "", port: 8080 }] },
  ]);
  const Ports = { "80/tcp": [{ HostIp: "::", HostPort: "32768" }], "53/udp": null };
  expect(toPortFacts({ Config, HostConfig, NetworkSettings: { Ports } })).toEqual([
    { port: 53, protocol: "udp", bindings: [] },
    { port: 80, protocol: "tcp", bindings: [{ ip: "::", port: 32_768 }] },
  ]);
});

test("mounts are told once, a tmpfs of --tmpfs too", () => {
  const Mounts = [{ Type: "tmpfs", Destination: "/x", RW: true }];
  expect(toMountFacts({ Mounts, HostConfig: { Tmpfs: { "/x": "", "/y": "ro,size=1m" } } })).toMatchObject([
    { kind: "tmpfs", target: "/x", readOnly: false },
    { kind: "tmpfs", target: "/y", readOnly: true },
  ]);
});

test.each([
  [["seccomp=unconfined"], "unconfined"],
  [["apparmor=x", "seccomp:/a.json"], "/a.json"],
  [[`seccomp={"defaultAction":"x"}`], "a profile of its own"],
  [null, "default"],
])("seccomp of %j is %s", (SecurityOpt, seccomp) => {
  expect(toSecurityFacts({ HostConfig: { SecurityOpt } }).seccomp).toBe(seccomp);
});

const now = Date.UTC(2026, 10, 21, 9);
const started = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();
const always = limitsOf({ RestartPolicy: { Name: "always" } });

test.each([
  [{ Restarting: true, StartedAt: started(300) }, 5, always, true],
  [{ Running: true, StartedAt: started(3) }, 5, always, true],
  [{ Running: true, StartedAt: started(300) }, 5, always, false],
  [{ Running: true, StartedAt: started(3) }, 1, always, false],
  [{ Running: true, StartedAt: started(3) }, 5, limitsOf({}), false],
  [
    { Running: false, StartedAt: started(3) },
    2,
    limitsOf({ RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } }),
    false,
  ],
])("%j after %i restarts", (State, RestartCount, limits, loop) => {
  expect(toStateFacts({ State, RestartCount }, limits, now).restartLoop).toBe(loop);
});

test("a health check tells the engine's own pace where it has none, and keeps the lines of a probe", () => {
  const Log = [{ Start: started(9), End: started(8), ExitCode: 1, Output: "one\u001b[2J\r\ntwo\n\n" }];
  const Health = { Status: "unhealthy", FailingStreak: 4, Log };
  const Config = { Healthcheck: { Test: ["CMD", "x"], Interval: 5e9 } };
  expect(toStateFacts({ State: { Health }, Config }, always, now).health).toEqual({
    ...{ status: "unhealthy", failingStreak: 4, test: ["CMD", "x"] },
    ...{ intervalMs: 5000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 },
    probes: [{ start: now - 9000, end: now - 8000, exitCode: 1, output: "one\ntwo" }],
  });
  expect(toStateFacts({ State: {}, Config: {} }, always, now)).not.toHaveProperty("health");
  const off = { State: { Health: { Status: "none" } }, Config: { Healthcheck: { Test: ["NONE"] } } };
  expect(toStateFacts(off, always, now)).not.toHaveProperty("health");
});

const id = "a".repeat(64);
const files = (known: Readonly<Record<string, string>>): LocalFiles => {
  const find = (path: string) => {
    const found = known[path];
    if (found === undefined) throw new Error(`ENOENT ${path}`);
    return found;
  };
  return {
    read: find,
    names: (folder) =>
      Object.keys(known)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    size: (path) => find(path).length,
  };
};

test.each([
  ["cgroup v2", `0::/system.slice/docker-${id}.scope\n`, `/system.slice/docker-${id}.scope`],
  ["cgroup v1", `9:name=systemd:/docker/${id}\n4:memory:/docker/${id}\n`, `/docker/${id}`],
  ["another's process", "0::/user.slice\n", undefined],
])("the cgroup path: %s", (_, text, path) => {
  expect(cgroupPath(id, 7, files({ "/proc/7/cgroup": text }))).toBe(path);
  expect(cgroupPath(id, 8, files({ "/proc/7/cgroup": text }))).toBeUndefined();
});

test("a log's length counts its rotated files, and no others", () => {
  const folder = `/var/lib/docker/containers/${id}`;
  const log = `${folder}/${id}-json.log`;
  const known = files({
    [log]: "123",
    [`${log}.1`]: "45",
    [`${log}.2.gz`]: "6",
    [`${folder}/hosts`]: "12345",
  });
  expect(logBytes(id, log, known)).toBe(6);
  expect(logBytes(id, log, files({}))).toBeUndefined();
  expect(logBytes(id, "/etc/passwd", files({ "/etc/passwd": "1" }))).toBeUndefined();
});

test("an answer without anything in it is still readable", () => {
  const facts = toFacts({}, undefined, now);
  expect(facts).toMatchObject({ id: "", name: "", ports: [], networks: [], mounts: [], env: [], pid: 0 });
  expect(facts).not.toHaveProperty("compose");
});

test("Compose says where a container comes from", () => {
  const prefix = "com.docker.compose";
  const Labels = {
    ...{ [`${prefix}.project`]: "shop", [`${prefix}.service`]: "web" },
    [`${prefix}.project.config_files`]: "/srv/a.yml,/srv/b.yml",
    [`${prefix}.project.working_dir`]: "/srv",
  };
  expect(toFacts({ Config: { Labels } }, undefined, now).compose).toEqual({
    ...{ project: "shop", service: "web", configFiles: ["/srv/a.yml", "/srv/b.yml"], workingDir: "/srv" },
  });
});

test("digests are the image's", () => {
  const image = { RepoDigests: ["web@sha256:1"] };
  expect(toFacts({ Config: { Image: "web:1" }, Image: "sha256:2" }, image, now).image).toEqual({
    ...{ name: "web:1", id: "sha256:2", digests: ["web@sha256:1"] },
  });
});
