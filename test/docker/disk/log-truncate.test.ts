import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LogPlace, toLogPlace } from "../../../src/docker/disk/log-place.ts";
import { truncateLog, untruncatable, whyKept } from "../../../src/docker/disk/log-truncate.ts";

const id = "d".repeat(64);
let root = "";
let folder = "";
let file = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "dockui-logs-"));
  folder = join(root, "containers", id);
  file = join(folder, `${id}-json.log`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, "x".repeat(50_000));
  await writeFile(`${file}.1`, "x".repeat(50_000));
  await writeFile(`${file}.2.gz`, "x".repeat(50_000));
  await writeFile(`${file}.note`, "not a rotated one");
});
afterEach(() => rm(root, { recursive: true, force: true }));

function placeOf(driver = "json-file", change: Partial<LogPlace> = {}): LogPlace {
  const LogConfig = { Type: driver, Config: {} };
  const inspect = { Id: id, LogPath: driver === "json-file" ? file : "", HostConfig: { LogConfig } };
  return { ...toLogPlace(inspect, { root, remembersLength: false }), ...change };
}

const engineWith = (Running: boolean) => ({ inspect: async () => ({ State: { Running } }) });
const stopped = engineWith(false);
const running = engineWith(true);
const gentle = { force: false };
const left = async () => (await readdir(folder)).map((name) => name.slice(id.length)).sort();

test("the current file is emptied, the rotated ones go, and all that came back is told", async () => {
  const { freed, kept } = await truncateLog(stopped, placeOf(), gentle);
  expect(await left()).toEqual(["-json.log", "-json.log.note"]);
  expect(await readFile(file, "utf8")).toBe("");
  expect(freed).toBeGreaterThanOrEqual(150_000);
  expect(kept).toBeUndefined();
});

test("a running container that rotates keeps its current file, since it would begin with zeros", async () => {
  const place = placeOf("json-file", { rotates: true });
  for (const force of [false, true]) {
    await writeFile(`${file}.1`, "x".repeat(50_000));
    const { freed, kept } = await truncateLog(running, place, { force });
    expect(freed).toBeGreaterThanOrEqual(50_000);
    expect(kept).toContain("the current file stays");
    expect((await readFile(file)).length).toBe(50_000);
  }
  await expect(truncateLog(running, place, gentle)).rejects.toThrow("the current file stays");
  expect((await readFile(file)).length).toBe(50_000);
});

test("an engine that remembers the length of a log is spared, unless it is insisted upon", async () => {
  const place = placeOf("json-file", { remembersLength: true });
  await rm(`${file}.1`);
  await rm(`${file}.2.gz`);
  await expect(truncateLog(running, place, gentle)).rejects.toThrow("Stop it first.");
  expect((await readFile(file)).length).toBe(50_000);
  await truncateLog(running, place, { force: true });
  expect((await readFile(file)).length).toBe(0);
  await writeFile(file, "again");
  await truncateLog(stopped, place, gentle);
  expect((await readFile(file)).length).toBe(0);
});

test("why a current file stays is asked in one place", () => {
  const ask = (rotates: boolean, remembersLength: boolean, force: boolean) =>
    whyKept({ rotates, remembersLength }, force) === undefined;
  expect([ask(false, false, false), ask(false, true, true)]).toEqual([true, true]);
  expect([ask(true, false, true), ask(false, true, false)]).toEqual([false, false]);
});

test("only a json-file log is emptied", async () => {
  expect(untruncatable(placeOf())).toBeUndefined();
  for (const [driver, words] of [
    ["local", "left alone"],
    ["syslog", "only json-file"],
    ["k8s-file", "only json-file"],
    ["none", "no log file"],
    ["journald", "no log file"],
  ] as const) {
    expect(untruncatable(placeOf(driver)), driver).toContain(words);
    await expect(truncateLog(stopped, placeOf(driver), gentle), driver).rejects.toThrow();
  }
  expect(untruncatable(placeOf("json-file", { path: join(folder, "config.v2.json") }))).toContain("no name");
  expect(await left()).toHaveLength(4);
});

test("nothing outside the container's folder is touched, and no link followed", async () => {
  const precious = join(root, "precious");
  await writeFile(precious, "precious");
  const outside = join(root, "containers", "other", `${id}-json.log`);
  await expect(truncateLog(stopped, placeOf("json-file", { path: outside }), gentle)).rejects.toThrow(
    "does not belong to the container",
  );
  await rm(file);
  await symlink(precious, file);
  await expect(truncateLog(stopped, placeOf(), gentle)).rejects.toThrow("is a link: it is left alone.");
  await rm(folder, { recursive: true });
  await mkdir(join(root, "trap"));
  await link(precious, join(root, "trap", `${id}-json.log`));
  await symlink(join(root, "trap"), folder);
  await expect(truncateLog(stopped, placeOf(), gentle)).rejects.toThrow("reached through a link");
  expect(await readFile(precious, "utf8")).toBe("precious");
});

test("what is gone is a sentence", async () => {
  await rm(folder, { recursive: true });
  await expect(truncateLog(stopped, placeOf(), gentle)).rejects.toThrow(`There is no ${file} any more.`);
});
