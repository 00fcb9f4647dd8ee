import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

/** The log files of the demo engine, whose own folder is nowhere. */
async function openLogFiles(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.press(":log files\r");
  await robot.sees(/Log files: (?!being)/);
  return robot;
}

/** A folder with log files of those containers, which stands in for the engine's own. */
function folderWith(sizes: Readonly<Record<string, readonly number[]>>): string {
  const root = mkdtempSync(join(tmpdir(), "dockui-logs-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [id, files] of Object.entries(sizes)) {
    const folder = join(root, "containers", id);
    mkdirSync(folder, { recursive: true });
    for (const [turn, bytes] of files.entries())
      writeFileSync(join(folder, `${id}-json.log${turn === 0 ? "" : `.${turn}`}`), "x".repeat(bytes));
  }
  return root;
}

/** Log files that are there: the demo engine tells of a folder of this test. */
async function openReal(options: RobotOptions & { version?: string } = {}) {
  const robot = await openContainers({ rows: 30, ...options });
  const { items } = robot.session.sources.containers.get();
  const idOf = (name: string) => items.find((item) => item.name === name)?.id ?? "";
  const [api, web, cron] = ["shop-api-1", "shop-web-1", "shop-cron-1"].map(idOf) as [string, string, string];
  const root = folderWith({ [api]: [300_000], [web]: [20_000, 100_000], [cron]: [70_000, 30_000] });
  const { engine } = robot.session;
  const { inspect } = engine;
  const placed = async (id: string, signal?: AbortSignal) => {
    const Config = id === api ? {} : { "max-size": "10m", "max-file": "2" };
    const LogPath = join(root, "containers", id, `${id}-json.log`);
    const answer = (await inspect(id, signal)) as { HostConfig: object };
    const HostConfig = { ...answer.HostConfig, LogConfig: { Type: "json-file", Config } };
    return { ...answer, LogPath, HostConfig };
  };
  Object.assign(engine, {
    info: async () => ({ DockerRootDir: root, ServerVersion: options.version ?? "20.10.24" }),
    inspect: placed,
    inspectQuietly: placed,
  });
  await robot.press(":log files\r");
  await robot.sees("Log files: ");
  await robot.sees("shop-api-1");
  const fileOf = (id: string) => join(root, "containers", id, `${id}-json.log`);
  const filesOf = async (id: string) => (await readdir(join(root, "containers", id))).length;
  return { robot, fileOf, filesOf, api, web, cron };
}

for (const [columns, rows] of [
  [80, 24],
  [160, 45],
] as const)
  test(`files that cannot be seen say why, at ${columns}×${rows}`, async () => {
    const robot = await openLogFiles({ columns, rows });
    await robot.sees(/CONTAINER +STATE +SIZE↓ +FILES +ROTATION/);
    await robot.sees(/Log files: \d+ without rotation · (There is no|You may not)/);
    await robot.seesRow("blog-db-1", /● running +– +– +none/);
    await robot.goTo("shop-api-1");
    await robot.press("T");
    await robot.sees(/shop-api-1: (There is no|You may not)/);
    expect(robot.changes()).toEqual([]);
  });

test("the largest stands first, and what never rotates is told", async () => {
  const { robot } = await openReal({ columns: 140 });
  await robot.sees(/Log files: 5\d\d(\.\d)?kB together · \d+ without rotation/);
  await robot.seesRow("shop-api-1", /● running +30\d(\.\d)?kB +1 +none +json-file/);
  await robot.seesRow("shop-web-1", /● running +12\d(\.\d)?kB +2 +10m × 2 +json-file/);
  expect(robot.held()).toContain("shop-api-1");
  expect(robot.looks("none")[0]).not.toEqual(robot.looks("10m × 2")[0]);
});

test("Enter reads the log, and Esc comes back to the row", async () => {
  const robot = await openLogFiles();
  await robot.goTo("shop-web-1");
  await robot.press("enter");
  await robot.sees("Logs shop-web-1");
  await robot.press("esc");
  await robot.sees("Log files: ");
  expect(robot.held()).toContain("shop-web-1");
  await robot.press("esc");
  await robot.seesNot("Log files: ");
});

test("a truncation names the file, the size and what is lost, and measures again", async () => {
  const { robot, fileOf, filesOf, api, cron } = await openReal({ columns: 200 });
  await robot.goTo("shop-api-1");
  await robot.press("space");
  await robot.goTo("shop-cron-1");
  await robot.press("space", "T");
  await robot.sees(/Truncate 2 logs on demo\?/);
  await robot.sees(/shop-api-1 +[0-9a-f]{12} +30\d(\.\d)?kB +\/.*\/containers\/[0-9a-f]{64}/);
  await robot.sees(/shop-cron-1 +[0-9a-f]{12} +10\d(\.\d)?kB in 2 files +\/.*\/containers\/[0-9a-f]{64}/);
  await robot.sees("docker logs forgets everything up to now. It cannot be undone.");
  await robot.sees(`$ truncate -s 0 ${fileOf(api)}`);
  await robot.press("enter");
  expect((await readFile(fileOf(api))).length).toBe(300_000);
  await robot.press("y");
  await robot.sees(/Truncated 2, 4\d\d(\.\d)?kB freed\./);
  await robot.seesRow("shop-api-1", / 0B +1 +none/);
  await robot.seesRow("shop-cron-1", / 0B +1 +10m × 2/);
  expect([(await readFile(fileOf(api))).length, await filesOf(cron)]).toEqual([0, 1]);
  expect(robot.changes()).toEqual([]);
  const [first] = robot.session.journal.get();
  expect(first?.command).toMatch(/^truncate -s 0 \S+-json\.log(; rm \S+\.1)?$/);
});

test("what runs and rotates keeps its current file, and the dialog says so", async () => {
  const { robot, fileOf, filesOf, web } = await openReal({ columns: 200 });
  await robot.goTo("shop-web-1");
  await robot.press("T");
  await robot.sees("only the rotated files go");
  await robot.sees(`$ rm ${fileOf(web)}.1`);
  await robot.press("y");
  await robot.sees("the current file stays");
  expect([(await readFile(fileOf(web))).length, await filesOf(web)]).toEqual([20_000, 1]);
  await robot.seesRow("shop-web-1", / 1 +10m × 2/);
  await robot.press("T");
  await robot.sees("shop-web-1: It runs and rotates its log by itself");
});

test("an engine that remembers lengths is spared, unless the switch says otherwise", async () => {
  const { robot, fileOf, api } = await openReal({ columns: 200, version: "28.5.1" });
  await robot.goTo("shop-api-1");
  await robot.press("T");
  await robot.sees("What runs is left out, since this engine loses its place");
  await robot.press("y");
  await robot.sees(/1 failed: shop-api-1: It runs: this engine cannot read a log that was cut under it\./);
  expect((await readFile(fileOf(api))).length).toBe(300_000);
  await robot.press("T");
  await robot.sees("[ ] r  running ones too");
  await robot.press("r");
  await robot.sees("[x] r  running ones too");
  await robot.sees(`$ truncate -s 0 ${fileOf(api)}`);
  await robot.press("y");
  await robot.sees("Truncated shop-api-1");
  expect((await readFile(fileOf(api))).length).toBe(0);
});

test("a reload measures again; nothing else does", async () => {
  const { robot, fileOf, api } = await openReal();
  await robot.seesRow("shop-api-1", /30\d(\.\d)?kB/);
  const inspects = () => robot.calls(new RegExp(`/containers/${api}/json`)).length;
  const before = inspects();
  writeFileSync(fileOf(api), "x".repeat(900_000));
  robot.world.change("shop-web-1", { status: "exited" });
  await robot.seesRow("shop-web-1", /○ exited/);
  expect(robot.row("shop-api-1")).toMatch(/30\d(\.\d)?kB/);
  await robot.press("ctrl+r");
  await robot.seesRow("shop-api-1", /90\d(\.\d)?kB/);
  expect(inspects()).toBe(before);
});

test("read-only reads, and truncates nothing", async () => {
  const { robot, fileOf, api } = await openReal({ readOnly: true });
  await robot.goTo("shop-api-1");
  await robot.press("T");
  await robot.sees("dockui was started with --read-only.");
  expect((await readFile(fileOf(api))).length).toBe(300_000);
});
