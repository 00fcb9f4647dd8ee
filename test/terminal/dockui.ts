import { join } from "node:path";
import { expect } from "vitest";
import { sharedEngine } from "../engine/engine-test.ts";
import { openTerminal, type Terminal, type TerminalOptions } from "./terminal.ts";

/** The built program: one file. */
export const bundle = join(import.meta.dirname, "../../dist/dockui.js");

/** Starts the built program on a pty, on the shared engine unless the arguments name another. */
export function openDockui(
  args: readonly string[] = ["-H", sharedEngine().host],
  options: TerminalOptions & { nodeOptions?: readonly string[] } = {},
): Terminal {
  return openTerminal(process.execPath, [...(options.nodeOptions ?? []), bundle, ...args], options);
}

/** The terminal is as it was before dockui, and so is the tty. */
export function expectRestored(terminal: Terminal): void {
  expect(terminal.state()).toEqual({
    alternateScreen: false,
    cursorVisible: true,
    autowrap: true,
    bracketedPaste: false,
    mouse: false,
    cooked: true,
  });
}

/** dockui's screen has the terminal. */
export function expectTaken(terminal: Terminal): void {
  expect(terminal.state()).toMatchObject({ alternateScreen: true, autowrap: false, cooked: false });
}

/** The cell where a text begins on the screen. */
export function cellOf(terminal: Terminal, text: string) {
  const rows = terminal.screen().split("\n");
  const y = rows.findIndex((row) => row.includes(text));
  expect(y, `${text} on the screen`).toBeGreaterThanOrEqual(0);
  return terminal.cell(rows[y]?.indexOf(text) ?? 0, y);
}
