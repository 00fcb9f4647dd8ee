import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { resolveEndpoint } from "../../src/docker/endpoint.ts";
import { ProblemError } from "../../src/docker/errors.ts";

let DOCKER_CONFIG = "";
const hosts: Record<string, string> = { tls: "tcp://h:2376", keys: "tcp://h:8443", unchecked: "tcp://h:80" };

beforeAll(() => {
  DOCKER_CONFIG = mkdtempSync(join(tmpdir(), "dockui-config-"));
  writeFileSync(join(DOCKER_CONFIG, "config.json"), JSON.stringify({ currentContext: "current" }));
  for (const name of ["current", "chosen", "tls", "keys", "unchecked"]) {
    const folder = join(DOCKER_CONFIG, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
    mkdirSync(folder, { recursive: true });
    const Host = hosts[name] ?? `unix:///run/${name}.sock`;
    const docker = { Host, SkipTLSVerify: name === "unchecked" };
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker } }));
  }
});

afterAll(() => rmSync(DOCKER_CONFIG, { recursive: true }));

const host = "unix:///flag.sock";
const DOCKER_HOST = "unix:///env.sock";

test.each([
  ["-H beats all", { host, context: "chosen" }, { DOCKER_HOST, DOCKER_CONTEXT: "chosen" }, "/flag.sock"],
  ["-c beats DOCKER_HOST", { context: "chosen" }, { DOCKER_HOST }, "/run/chosen.sock"],
  ["DOCKER_HOST beats DOCKER_CONTEXT", {}, { DOCKER_HOST, DOCKER_CONTEXT: "chosen" }, "/env.sock"],
  ["DOCKER_CONTEXT beats the config", {}, { DOCKER_CONTEXT: "chosen" }, "/run/chosen.sock"],
  ["the config's current context", {}, {}, "/run/current.sock"],
  ["the default context is the default socket", { context: "default" }, {}, "/var/run/docker.sock"],
  [
    "the default context is DOCKER_HOST where that is set",
    { context: "default" },
    { DOCKER_HOST },
    "/env.sock",
  ],
  ["a slash behind it is no part of it", {}, { DOCKER_HOST: `${DOCKER_HOST}/` }, "/env.sock"],
  ["nor are spaces around it", {}, { DOCKER_HOST: ` ${DOCKER_HOST} ` }, "/env.sock"],
  ["nothing but spaces is nothing", {}, { DOCKER_HOST: "  " }, "/run/current.sock"],
  ["no config at all", {}, { DOCKER_CONFIG: "/nowhere" }, "/var/run/docker.sock"],
])("%s", (_, choice, env, path) => {
  const endpoint = resolveEndpoint({ ...choice, env: { DOCKER_CONFIG, ...env } });
  expect(endpoint).toEqual({ kind: "unix", path, label: path });
});

test.each([
  ["tcp://10.0.0.5:2375", "10.0.0.5", 2375, "tcp://10.0.0.5:2375"],
  ["tcp://web-01", "web-01", 2375, "tcp://web-01:2375"],
  ["http://web-01:80/", "web-01", 80, "tcp://web-01:80"],
  ["web-01:2375", "web-01", 2375, "tcp://web-01:2375"],
  ["tcp://[::1]:2375", "::1", 2375, "tcp://[::1]:2375"],
  [" tcp://web-01:80 ", "web-01", 80, "tcp://web-01:80"],
  [":2399", "localhost", 2399, "tcp://localhost:2399"],
  ["tcp://", "localhost", 2375, "tcp://localhost:2375"],
])("%s is a TCP endpoint", (url, name, port, label) => {
  expect(resolveEndpoint({ host: url, env: {} })).toEqual({ kind: "tcp", host: name, port, label });
});

test.each([
  ["ssh://root@web-01", {}, "ssh -t root@web-01 dockui"],
  ["ssh://web-01:2222/", {}, "ssh -t -p 2222 web-01 dockui"],
  ["ssh://a b", {}, "ssh -t USER@HOST dockui"],
  ["https://web-01:2375", {}, "TLS"],
  ["tcp://web-01:2375", { DOCKER_TLS: "1" }, "TLS"],
  ["tcp://web-01:2375", { DOCKER_TLS_VERIFY: "0" }, "TLS"],
  ["unix:///etc/passwd", {}, "no socket"],
  ["/etc", {}, "no socket"],
  ["tcp://web-01:2376", {}, "TLS"],
  ["tcp://web-01:2375", { DOCKER_TLS_VERIFY: "1" }, "TLS"],
  ["tcp://web-01:99999", {}, "tcp://host:port"],
  ["npipe:////./pipe/docker", {}, "unix:///path"],
  ["", {}, "unix:///path"],
])("%j with %j is refused with a hint", (url, env, hint) => {
  const { problem } = problemOf(() => resolveEndpoint({ host: url, env }));
  expect(problem.kind).toBe("unsupported");
  expect(problem.hint).toContain(hint);
});

test("an unknown context is an error, never the local engine", () => {
  const { problem } = problemOf(() => resolveEndpoint({ context: "nowhere", env: { DOCKER_CONFIG } }));
  expect(problem.message).toBe('There is no docker context named "nowhere".');
});

test.each(["tls", "keys", "unchecked"])(
  "the context %s wants TLS, on whatever port, and is refused",
  (context) => {
    const id = createHash("sha256").update("keys").digest("hex");
    mkdirSync(join(DOCKER_CONFIG, "contexts", "tls", id, "docker"), { recursive: true });
    expect(problemOf(() => resolveEndpoint({ context, env: { DOCKER_CONFIG } })).problem.hint).toMatch(/TLS/);
  },
);

test("the environment's TLS is not that of a context", () => {
  const env = { DOCKER_CONFIG, DOCKER_TLS_VERIFY: "1" };
  expect(resolveEndpoint({ context: "chosen", env }).label).toBe("/run/chosen.sock");
});

test.each([
  ["an empty config", "", "/var/run/docker.sock", false],
  ["one that begins with a byte order mark", '\ufeff{"currentContext":"chosen"}', "/run/chosen.sock", false],
  ["one that is null", "null", "/var/run/docker.sock", false],
  ["one whose context is no text", '{"currentContext":5}', "/var/run/docker.sock", false],
  ["a broken one", 'c2VjcmV0OnBhc3N3b3Jk"', "/var/run/docker.sock", true],
])("%s hinders nothing", (_, text, path, isTold) => {
  const folder = mkdtempSync(join(tmpdir(), "dockui-config-"));
  cpSync(DOCKER_CONFIG, folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), text);
  const told: string[] = [];
  const env = { DOCKER_CONFIG: folder };
  expect(resolveEndpoint({ env, warn: (problem) => told.push(problem) }).label).toBe(path);
  const said = expect.stringMatching(
    /config\.json cannot be read: not valid JSON.* The default engine is used\.$/,
  );
  expect(told).toEqual(isTold ? [said] : []);
  expect(told.join()).not.toContain("c2Vj"); // it may be a password
  rmSync(folder, { recursive: true });
});

function problemOf(run: () => unknown): ProblemError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error("It did not throw.");
}

test("no engine is taken from a config that others can write", () => {
  const folder = mkdtempSync(join(tmpdir(), "dockui-open-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ currentContext: "planted" }));
  chmodSync(file, 0o666);
  expect(() => resolveEndpoint({ env: { DOCKER_CONFIG: folder } })).toThrow(
    `No engine is taken from ${file}: ${file} can be written by others`,
  );
});
