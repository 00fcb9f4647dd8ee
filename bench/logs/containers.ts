import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineAccess } from "../../test/engine/private-engine.ts";

/** A container that writes given lines: at once, or when it is told to, and once, or again and again. */
export type Writer = { name: string; lines: () => Iterable<string>; waits?: boolean; endless?: boolean };

/** Containers that write logs on an engine; all of them and their files go together. */
export type Writers = {
  /** Starts one; resolves when its lines are written, with the moments (unix ms) between which that was. */
  start(writer: Writer): Promise<{ from: number; to: number }>;
  /** Starts one that runs a shell command. */
  run(name: string, command: string): Promise<void>;
  /** Lets one that waits go on. */
  go(name: string): Promise<void>;
  remove(): Promise<void>;
};

/** No writers yet. */
export async function openWriters({ docker }: EngineAccess): Promise<Writers> {
  const folder = await mkdtemp(join(tmpdir(), "dockui-bench-"));
  const names: string[] = [];
  const run = async (name: string, command: string, ...flags: string[]) => {
    names.push(name);
    await docker("run", "-d", "--name", name, ...flags, "dockui-test/busybox", "sh", "-c", command);
  };
  return {
    async start({ name, lines, waits = false, endless = false }) {
      await writeLines(join(folder, name), lines());
      const wait = waits ? "until [ -e /go ]; do sleep 0.05; done; " : "";
      const write = endless ? "while :; do cat /lines; done" : "cat /lines && touch /written";
      const command = `${wait}${write}; exec sleep 100000`;
      await run(name, command, "-v", `${join(folder, name)}:/lines:ro`);
      const from = Date.now();
      const written = "until [ -e /written ]; do sleep 0.02; done";
      if (!waits) await docker("exec", name, "sh", "-c", written);
      return { from, to: Date.now() };
    },
    run: (name, command) => run(name, command),
    async go(name) {
      await docker("exec", name, "touch", "/go");
    },
    async remove() {
      if (names.length > 0) await docker("rm", "-fv", ...names);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const all = Array.from(lines);
  const atATime = 100_000;
  await writeFile(path, "");
  for (let from = 0; from < all.length; from += atATime)
    await writeFile(path, `${all.slice(from, from + atATime).join("\n")}\n`, { flag: "a" });
}
