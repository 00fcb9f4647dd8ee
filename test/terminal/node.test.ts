import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { bundle, expectRestored } from "./dockui.ts";
import { closeAll, openTerminal } from "./terminal.ts";

const run = promisify(execFile);

/** The Node 20 of this machine, outside the project; undefined, after a line that says so, where there is none. */
function oldNode(): string | undefined {
  const found = (process.env.PATH ?? "")
    .split(":")
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .filter((path) => existsSync(path))
    .find((path) => execFileSync(path, ["--version"], { encoding: "utf8" }).startsWith("v20."));
  if (!found) console.warn("!! SKIPPED: there is no Node 20 on the PATH to start the bundle with");
  return found;
}

const node20 = oldNode();

describe.skipIf(node20 === undefined)("on Node 20 the bundle", () => {
  afterEach(closeAll);

  test("starts", async () => {
    const { stdout, stderr } = await run(node20 ?? "", [bundle, "--version"]);
    expect(stdout).toMatch(/^dockui \d+\.\d+\.\d+\n$/);
    expect(stderr).toBe("");
  });

  test.each(["df", "clean"])("%s asks much at once without a warning", async (command) => {
    const { stderr } = await run(node20 ?? "", [bundle, "--demo", command]).catch(
      (ended: { code: number; stderr: string }) => (ended.code === 3 ? ended : Promise.reject(ended)),
    );
    expect(stderr).toBe("");
  });

  test("opens its screen and gives the terminal back", async () => {
    const terminal = openTerminal(node20 ?? "", [bundle, "--demo"], { underShell: true });
    await terminal.sees(/● running/);
    terminal.press("q");
    await terminal.sees("rc=0");
    expectRestored(terminal);
  });
});

describe("an older Node", () => {
  test.each([
    ["18.20.4", "dockui.js"],
    ["20.18.3", "dockui.js"],
    ["18.20.4", "dockui"],
  ])("%s is told in a sentence, without a stack, by %s", async (version, name) => {
    const folder = await mkdtemp(join(tmpdir(), "dockui-old-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const copy = join(folder, name);
    await copyFile(bundle, copy);
    const lie = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
    const args = ["--import", `data:text/javascript,${encodeURIComponent(lie)}`, copy, "--version"];
    const failure = await run(process.execPath, args).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `dockui needs Node.js 20.19 or later, this is ${version}.\n`,
    });
  });
});

describeEngine("the bundle alone in an empty folder", () => {
  afterEach(() => removeAll(sharedEngine()));

  test.each([process.execPath, node20].filter((node) => node !== undefined).map((node) => [node]))(
    "needs nothing else beside it (%s)",
    async (node) => {
      const folder = await mkdtemp(join(tmpdir(), "dockui-alone-"));
      await copyFile(bundle, join(folder, "dockui.js"));
      await runContainer(sharedEngine(), "seen");
      const options = { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } };
      const args = ["./dockui.js", "-H", sharedEngine().host, "ps"];
      const { stdout, stderr } = await run(node, args, options);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^seen +● running/m);
      expect(readdirSync(folder)).toEqual(["dockui.js"]);
      await rm(folder, { recursive: true });
    },
  );
});
