import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundle } from "./dockui.ts";
import { closeAll, keys, openTerminal } from "./terminal.ts";

const run = promisify(execFile);
let place = "";

/** The tmux of this test alone, with nobody's settings. */
const tmux = (...args: string[]) => ["-S", join(place, "socket"), "-f", "/dev/null", ...args];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "dockui-tmux-"));
});
afterEach(async () => {
  await closeAll();
  try {
    execFileSync("tmux", tmux("kill-server"), { stdio: "ignore" });
  } catch {} // its last session ended by itself
  rmSync(place, { recursive: true });
});

/** OSC 52 as a terminal gets it. */
const sent = (text: string) => `]52;c;${Buffer.from(text).toString("base64")}`;

async function copyWeb1(terminal: ReturnType<typeof openTerminal>): Promise<void> {
  await terminal.sees("● live");
  terminal.press("/name:web-1");
  await terminal.sees(/^▌.*shop-web-1 /m);
  terminal.press(keys.enter);
  await terminal.seesNot("Enter keep");
  terminal.press("y");
}

test("in tmux as it comes, y fills tmux's buffer and the terminal's clipboard, and says that", async () => {
  const dockui = [process.execPath, bundle, "--demo"];
  const terminal = openTerminal("tmux", tmux("new-session", ...dockui), { columns: 120, rows: 30 });
  await copyWeb1(terminal);
  await terminal.sees("Copied shop-web-1 into tmux's buffer and on to the terminal.");
  expect((await run("tmux", tmux("show-options", "-sv", "set-clipboard"))).stdout).toBe("external\n");
  expect((await run("tmux", tmux("show-buffer"))).stdout).toBe("shop-web-1");
  expect(terminal.raw()).toContain(`;${sent("shop-web-1").split(";")[2]}`);
});

test("without tmux y sends it to the terminal, and says no more than that", async () => {
  const terminal = openTerminal(process.execPath, [bundle, "--demo"], { columns: 120, rows: 30 });
  await copyWeb1(terminal);
  await terminal.sees(
    "Sent shop-web-1 to the terminal's clipboard. Nothing there? Allow OSC 52 in its settings.",
  );
  expect(terminal.raw()).toContain(sent("shop-web-1"));
});
