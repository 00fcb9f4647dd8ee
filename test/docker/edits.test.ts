import { expect, test } from "vitest";
import {
  faultOfCpus,
  faultOfCpuset,
  faultOfIp,
  faultOfMemory,
  faultOfName,
  faultOfPids,
  faultOfReference,
  faultOfRestart,
  faultOfShares,
  faultOfSwap,
  parseRestart,
  splitReference,
} from "../../src/docker/edits/faults.ts";
import { updateBody } from "../../src/docker/edits/verbs.ts";
import { editProblem } from "../../src/docker/edits/words.ts";
import type { Limits } from "../../src/docker/facts/limits.ts";

type Check = (text: string) => string | undefined;

const good: [string, Check, string[]][] = [
  ["name", faultOfName, ["web", "a1", "Web_1.x-y"]],
  ["memory", faultOfMemory, ["6m", "1.5g", "512MiB", "6291456"]],
  ["swap", (text) => faultOfSwap(text, "512m"), ["-1", "512m", "1g"]],
  ["cpus", (text) => faultOfCpus(text, 4), ["0.01", "4", ".5", "2."]],
  ["shares", faultOfShares, ["2", "1024", "262144"]],
  ["cpuset", (text) => faultOfCpuset(text, 4), ["0", "0-3", "0,2-3"]],
  ["pids", faultOfPids, ["-1", "1", "100"]],
  ["restart", faultOfRestart, ["no", "always", "unless-stopped", "on-failure", "on-failure:3"]],
  [
    "reference",
    faultOfReference,
    [
      "web",
      "web:1.0",
      "team/web",
      "localhost/web",
      "localhost:5000/web:x",
      "reg.example.com/a/b:_1",
      "a__b/c-d",
    ],
  ],
  ["ip", (text) => faultOfIp(text, ["10.1.0.0/16", "fd00::/8"]), ["10.1.0.5", "10.1.255.1", "fd00::5"]],
];
const bad: [string, Check, string[]][] = [
  ["name", faultOfName, ["", "a", "-web", "_x", "web app", "a/b", "caf\u00e9"]],
  ["memory", faultOfMemory, ["", "0", "5m", "1x", "-1", "lots", "5"]],
  ["swap", (text) => faultOfSwap(text, "512m"), ["", "0", "256m", "-2", "x"]],
  ["cpus", (text) => faultOfCpus(text, 4), ["", "0", "4.5", "-1", "1,5", "two"]],
  ["shares", faultOfShares, ["", "1", "262145", "1.5"]],
  ["cpuset", (text) => faultOfCpuset(text, 4), ["", "1, 2", "4", "0-4", "3-1", "a", "0,,1", "-1"]],
  ["pids", faultOfPids, ["", "0", "-2", "1.5", "many"]],
  ["restart", faultOfRestart, ["", "never", "always:3", "on-failure:x", "on-failure:1:2", "No"]],
  [
    "reference",
    faultOfReference,
    ["", ":x", "Web", "a:b:c", "web:-x", "a//b", "/a", "a_-b", "web@sha256:1", "a b", "x".repeat(256)],
  ],
  ["ip", (text) => faultOfIp(text, ["10.1.0.0/16"]), ["", "10.2.0.1", "10.1.0", "10.1.0.256", "host"]],
];

test.each(good)("a good %s has no fault", (_, fault, texts) => {
  expect(texts.map((text) => [text, fault(text)])).toEqual(texts.map((text) => [text, undefined]));
});

test.each(bad)("a bad %s has one, as a sentence", (_, fault, texts) => {
  for (const text of texts) expect(fault(text), text).toMatch(/^[A-Z].*\.$/);
});

test("a reference comes apart as docker takes it apart", () => {
  expect(splitReference("reg:5000/a/b:1")).toEqual({ host: "reg:5000", path: "a/b", tag: "1" });
  expect(splitReference("team/web")).toEqual({ path: "team/web" });
  expect(splitReference("localhost/web:x")).toEqual({ host: "localhost", path: "web", tag: "x" });
});

test("a restart policy is read", () => {
  expect(parseRestart("on-failure:3")).toEqual({ policy: "on-failure", retries: 3 });
  expect(parseRestart("always")).toEqual({ policy: "always" });
  expect(parseRestart("always:3")).toBeUndefined();
});

const now = (limits: Partial<Limits>): Limits => ({
  ...{ deviceRates: [], ulimits: [], restart: { policy: "no" as const } },
  ...limits,
});

test("only what is given is sent", () => {
  expect(updateBody({}, undefined)).toEqual({});
  expect(updateBody({ cpus: 1.5, pids: -1 }, undefined)).toEqual({ NanoCpus: 1.5e9, PidsLimit: -1 });
  expect(updateBody({ restart: { policy: "on-failure", retries: 2 } }, undefined)).toEqual({
    RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 },
  });
});

test("memory takes along that there is no limit of swap, and stops at the limit there is", () => {
  expect(updateBody({ memory: 1e8 }, now({}))).toEqual({ Memory: 1e8, MemorySwap: -1 });
  expect(updateBody({ memory: 1e8 }, now({ swap: 2e8 }))).toEqual({ Memory: 1e8 });
  expect(updateBody({ memory: 3e8, swap: 4e8 }, now({ swap: 2e8 }))).toEqual({
    Memory: 3e8,
    MemorySwap: 4e8,
  });
  expect(() => updateBody({ memory: 2 ** 30 }, now({ swap: 2 ** 29 }))).toThrow(
    "1GiB is above the limit of memory and swap together, 512MiB.",
  );
});

test("what the kernel and the engine refuse is told with what to do, and the rest as it came", () => {
  const said = (message: string) => editProblem(Object.assign(new Error(message), { statusCode: 500 }));
  const busy =
    'runc did not terminate: failed to write "1": write /sys/fs/cgroup/memory/x/memory.limit_in_bytes: device or resource busy';
  expect(said(busy)).toMatchObject({ problem: { message: expect.stringContaining("uses more") } });
  expect(said("Address already in use")).toMatchObject({
    problem: { hint: expect.stringContaining("another") },
  });
  expect(said("something else")).toMatchObject({ message: "something else", statusCode: 500 });
});
