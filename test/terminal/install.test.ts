import { execFile } from "node:child_process";
import { copyFile, cp, mkdtemp, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { bundle } from "./dockui.ts";

const run = promisify(execFile);
const project = join(import.meta.dirname, "../..");

describeEngine("dockui installed as the README says", () => {
  let folder: string;
  let tarball: string;
  const env = () => ({ PATH: process.env.PATH, HOME: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dockui-install-"));
    // As in a fresh clone: nothing is built. Not in the project itself, where others test what is.
    const clone = join(folder, "clone");
    for (const part of ["package.json", "README.md", "LICENSE", "bin", "src", "scripts"])
      await cp(join(project, part), join(clone, part), { recursive: true });
    await symlink(join(project, "node_modules"), join(clone, "node_modules"));
    const options = { cwd: clone, env: env() };
    const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], options);
    tarball = join(folder, stdout.trim().split("\n").at(-1) ?? "");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => removeAll(sharedEngine()));

  async function expectToWork(program: string): Promise<void> {
    const version = await run(program, ["--version"], { cwd: "/", env: env() });
    expect(version).toEqual({ stdout: expect.stringMatching(/^dockui \d+\.\d+\.\d+\n$/), stderr: "" });
    await runContainer(sharedEngine(), "seen");
    const list = await run(program, ["-H", sharedEngine().host, "ps"], { cwd: "/", env: env() });
    expect(list).toEqual({ stdout: expect.stringMatching(/^seen +● running/m), stderr: "" });
  }

  test("by npm, from the tarball, into an empty prefix", async () => {
    const prefix = join(folder, "prefix");
    await run("npm", ["install", "--global", "--prefix", prefix, tarball], { cwd: "/", env: env() });
    await expectToWork(join(prefix, "bin/dockui"));
  });

  test("as one file that can be executed, without .js", async () => {
    expect((await stat(bundle)).mode & 0o777).toBe(0o755);
    await copyFile(bundle, join(folder, "dockui"));
    await expectToWork(join(folder, "dockui"));
  });
});
