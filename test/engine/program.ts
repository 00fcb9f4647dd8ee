import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** The built program: one file. */
export const bundle = join(import.meta.dirname, "../../dist/dockui.js");

/** What a program wrote, and its exit code. */
export type Ended = { stdout: string; stderr: string; code: number | null };

/** Which program, as whom. */
export type ProgramOptions = { script?: string; uid?: number };

/** Starts the built program without a terminal, and with nothing of this environment but where things are. */
export function startDockui(args: readonly string[], { script = bundle, uid }: ProgramOptions = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH, HOME },
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]).then(([stdout, stderr, [code]]): Ended => ({ stdout, stderr, code }));
  return { child, ended };
}

/** Runs the built program to its end. */
export function dockui(args: readonly string[], options?: ProgramOptions): Promise<Ended> {
  return startDockui(args, options).ended;
}
