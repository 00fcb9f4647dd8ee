import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundle, expectRestored, openDockui } from "./dockui.ts";
import { closeAll } from "./terminal.ts";

const run = promisify(execFile);
let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "dockui-stderr-"));
});
afterEach(async () => {
  await closeAll();
  rmSync(place, { recursive: true });
});

/** What a run that fails says on stderr. */
async function complaint(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const options = { env: { PATH: process.env.PATH, HOME: place, ...env } };
  const failed = await run(process.execPath, [...args], options).then(
    ({ stdout }) => Promise.reject(new Error(`it did not fail: ${stdout}`)),
    (error: { code: number; stderr: string }) => error,
  );
  expect([1, 2]).toContain(failed.code);
  return failed.stderr;
}

const osc = "\u001b]0;PWN\u0007\u009b31m";

describe("what others wrote is text on stderr:", () => {
  test.each([
    ["a socket", ["-H", `unix:///x${osc}`, "ps"], {}],
    ["an address", ["-H", `gopher://${osc}`, "ps"], {}],
    ["a host", ["ps"], { DOCKER_HOST: `x://${osc}` }],
    ["a context", ["-c", `x${osc}`, "df"], {}],
    ["an argument", ["clean", `--nothing${osc}`], {}],
  ] as const)("%s", async (_, args, env) => {
    const said = await complaint([bundle, ...args], env);
    expect(said).toContain("]0;PWN");
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("a config that cannot be read, without a word of it", async () => {
    writeFileSync(join(place, "config.json"), "aHVudGVyMjpodW50ZXIy");
    const said = await complaint([bundle, "ps"], { DOCKER_CONFIG: place });
    expect(said).toMatch(/config\.json cannot be read: not valid JSON/);
    expect(said).not.toContain("aHVudGVyMjpodW50ZXIy");
  });

  const crash = `process.once("SIGUSR2", () => { throw new Error(${JSON.stringify(`crash${osc}`)}); });`;
  const load = (code: string) => ["--import", `data:text/javascript,${encodeURIComponent(code)}`];

  test("a crash without a screen", async () => {
    const soon = `${crash} setImmediate(() => process.kill(process.pid, "SIGUSR2"));`;
    expect(await complaint([...load(soon), bundle, "--demo", "ps"])).toBe("dockui: crash␛]0;PWN␇\\x9b31m\n");
  });

  test("a crash of the screen, told once the terminal is back", async () => {
    const terminal = openDockui(["--demo"], { underShell: true, nodeOptions: load(crash) });
    await terminal.sees("● live");
    terminal.kill("SIGUSR2");
    await terminal.sees("rc=1");
    expectRestored(terminal);
    expect(terminal.screen()).toContain("Error: crash␛]0;PWN␇\\x9b31m");
  });
});

test("SIGUSR1 opens no debugger", async () => {
  const terminal = openDockui(["--demo"], { underShell: true });
  await terminal.sees("● live");
  terminal.kill("SIGUSR1");
  terminal.press("q");
  await terminal.sees("rc=0");
  expect(terminal.raw()).not.toContain("Debugger");
});
