import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { resolveEndpoint } from "../../src/docker/endpoint.ts";
import { ProblemError } from "../../src/docker/errors.ts";

let DOCKER_CONFIG = "";

beforeAll(() => {
  DOCKER_CONFIG = mkdtempSync(join(tmpdir(), "dockui-config-"));
  writeFileSync(join(DOCKER_CONFIG, "config.json"), JSON.stringify({ currentContext: "current" }));
  for (const name of ["current", "chosen", "tls"]) {
    const folder = join(DOCKER_CONFIG, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
    mkdirSync(folder, { recursive: true });
    const Host = name === "tls" ? "tcp://h:2376" : `unix:///run/${name}.sock`;
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker: { Host } } }));
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
])("%s is a TCP endpoint", (url, name, port, label) => {
  expect(resolveEndpoint({ host: url, env: {} })).toEqual({ kind: "tcp", host: name, port, label });
});

test.each([
  ["ssh://root@web-01", {}, "ssh USER@HOST dockui"],
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

test("a context that wants TLS is refused as its address is", () => {
  expect(problemOf(() => resolveEndpoint({ context: "tls", env: { DOCKER_CONFIG } })).problem.hint).toMatch(
    /TLS/,
  );
});

test("a broken config is named", () => {
  writeFileSync(join(DOCKER_CONFIG, "config.json"), "{");
  const { problem } = problemOf(() => resolveEndpoint({ env: { DOCKER_CONFIG } }));
  expect(problem.message).toContain(join(DOCKER_CONFIG, "config.json"));
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

test("a config that is no JSON is named, without a word of it", () => {
  const folder = mkdtempSync(join(tmpdir(), "dockui-broken-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "config.json"), "aHVudGVyMjpodW50ZXIy");
  const broken = () => resolveEndpoint({ env: { DOCKER_CONFIG: folder } });
  expect(broken).toThrow(/config\.json cannot be read: not valid JSON/);
  expect(broken).not.toThrow(/aHV/);
});

test("no engine is taken from a config that others can write", () => {
  const folder = mkdtempSync(join(tmpdir(), "dockui-open-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ currentContext: "planted" }));
  chmodSync(file, 0o666);
  expect(() => resolveEndpoint({ env: { DOCKER_CONFIG: folder } })).toThrow(
    `dockui takes no engine from ${file}: ${file} can be written by others`,
  );
});
