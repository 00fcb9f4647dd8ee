import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";

const id = "e".repeat(64);
let root = "";
let folder = "";
let file = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "dockui-logs-"));
  folder = join(root, "containers", id);
  file = join(folder, `${id}-json.log`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, "x".repeat(50_000));
  await chmod(root, 0o755);
});
afterEach(async () => {
  await chmod(join(root, "containers"), 0o755);
  await rm(root, { recursive: true, force: true });
});

/** What an ordinary user finds out about the log of the container: for root another process is one. */
async function asOrdinaryUser(): Promise<{ why?: string; size?: number; truncated: string }> {
  const program = `
    import { readLogFile } from "./src/docker/disk/log-files.ts";
    import { toLogPlace } from "./src/docker/disk/log-place.ts";
    import { truncateLog } from "./src/docker/disk/log-truncate.ts";
    const [root, id, path] = process.argv.slice(2);
    const inspect = { Id: id, LogPath: path, HostConfig: { LogConfig: { Type: "json-file", Config: {} } } };
    const place = toLogPlace(inspect, { root, remembersLength: false });
    const { why, size } = await readLogFile({ endpoint: { kind: "unix", path: "", label: "" } }, place);
    const truncated = await truncateLog({ inspect: async () => inspect }, place, { force: false }).then(
      ({ freed }) => String(freed),
      ({ message }) => message,
    );
    console.log(JSON.stringify({ why, size, truncated }));`;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ".", loader: "ts" },
    ...{ bundle: true, write: false, platform: "node", format: "esm", target: "node24" },
  });
  const script = join(root, "ask.mjs");
  await writeFile(script, outputFiles[0]?.text ?? "", { mode: 0o644 });
  const isRoot = process.getuid?.() === 0;
  const { stdout, stderr } = spawnSync(process.execPath, [script, root, id, file], {
    cwd: "/",
    encoding: "utf8",
    ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("a folder that may not be read is told, and nothing is emptied", async () => {
  await chmod(join(root, "containers"), process.getuid?.() === 0 ? 0o700 : 0o000);
  const { why, size, truncated } = await asOrdinaryUser();
  expect(why).toBe(`You may not read the folder ${root}: run dockui as root to see the log files.`);
  expect(size).toBeUndefined();
  expect(truncated).toBe(`You may not change ${file}: run dockui as root.`);
});

test("a log that may be seen but not changed is told, and stays as it is", async () => {
  await chmod(file, 0o444);
  const { why, size, truncated } = await asOrdinaryUser();
  expect(why).toBeUndefined();
  expect(size).toBeGreaterThanOrEqual(50_000);
  expect(truncated).toBe(`You may not change ${file}: run dockui as root.`);
});
