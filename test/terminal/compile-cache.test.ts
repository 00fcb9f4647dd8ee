import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const run = promisify(execFile);
const command = join(import.meta.dirname, "../../bin/dockui.js");

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "dockui-cache-"));
  for (const name of ["cache", "tmp"]) mkdirSync(join(place, name));
});
afterEach(() => rmSync(place, { recursive: true }));

/** Starts the command as it is installed; what it wrote into its cache and into the folder for temporary files. */
async function started() {
  const env = { PATH: process.env.PATH, XDG_CACHE_HOME: join(place, "cache"), TMPDIR: join(place, "tmp") };
  const { stdout } = await run(process.execPath, [command, "--version"], { env });
  expect(stdout).toMatch(/^dockui \d/);
  return { cache: readdirSync(join(place, "cache/dockui")), tmp: readdirSync(join(place, "tmp")) };
}

test("compiled code is kept in a folder of this person, never below the one for temporary files", async () => {
  const { cache, tmp } = await started();
  expect(cache.length).toBe(1);
  expect(tmp).toEqual([]);
});

test("into a folder that somebody else could fill goes nothing, and nothing of it is run", async () => {
  mkdirSync(join(place, "cache/dockui"));
  chmodSync(join(place, "cache/dockui"), 0o777);
  expect(await started()).toEqual({ cache: [], tmp: [] });
});
