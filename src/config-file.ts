import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig, usualConfig } from "./actions/config.ts";

/** What the config file of this person sets, and why it does not hold where it cannot be read. */
export function loadConfig(env: NodeJS.ProcessEnv): { config: Config; problem?: string } {
  const path = configPath(env);
  try {
    return { config: readConfig(readFileSync(path, "utf8")) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { config: usualConfig };
    return { config: usualConfig, problem: `${path} is not used: ${(error as Error).message}` };
  }
}

/** Where it stands, by the XDG Base Directory Specification. */
function configPath(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "dockui", "config.json");
}
