import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { EngineAccess } from "./private-engine.ts";

const program = "/usr/bin/docker-registry";

/** Why no registry can be started here, or undefined. */
export function registryUnavailable(): string | undefined {
  return existsSync(program)
    ? undefined
    : "docker-registry is not installed (apt-get install docker-registry)";
}

/** A registry that only that engine can reach, in its network namespace. */
export type Registry = { address: string; remove(): Promise<void> };

/** Starts Debian's registry on that port of the engine's own loopback; with `login` it lets nobody in unknown. */
export async function startRegistry(
  engine: EngineAccess,
  { port, login = false }: { port: number; login?: boolean },
): Promise<Registry> {
  const directory = await mkdtemp(join(tmpdir(), "dockui-registry-"));
  // Nobody has the password to it.
  const password = "$2y$05$eoO8YjwGMO2BcJdvmDGfiu1bqT0Cc4XQCH8Zy0p9yhzFcYNeQ3tPi";
  await writeFile(join(directory, "users"), `somebody:${password}\n`);
  await writeFile(join(directory, "config.yml"), config(directory, port, login));
  const child = spawn(
    "nsenter",
    ["-t", String(engine.pid), "-n", program, "serve", join(directory, "config.yml")],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  await listening(child);
  return {
    address: `127.0.0.1:${port}`,
    async remove() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function config(directory: string, port: number, login: boolean): string {
  const auth = `auth: { htpasswd: { realm: dockui, path: ${directory}/users } }\n`;
  return `version: 0.1
log: { level: info }
storage: { filesystem: { rootdirectory: ${directory}/data }, delete: { enabled: true } }
http: { addr: "127.0.0.1:${port}" }
${login ? auth : ""}`;
}

async function listening(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (child.stderr === null) throw new Error("it has no standard error");
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (!line.includes("listening on")) continue;
    child.stderr.resume();
    return;
  }
  throw new Error(`docker-registry does not start: ${said.join("\n")}`);
}
