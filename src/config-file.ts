import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig, usualConfig } from "./actions/config.ts";
import { distrust, xdgFolder } from "./docker/trusted.ts";

/** What the config file of this person sets, and why it does not hold where it cannot be read. */
export function loadConfig(env: NodeJS.ProcessEnv): { config: Config; problem?: string } {
  const path = join(xdgFolder(env, "XDG_CONFIG_HOME", ".config"), "dockui", "config.json");
  const unused = (why: string) => ({ config: usualConfig, problem: `${path} is not used: ${why}` });
  try {
    const text = readFileSync(path, "utf8");
    const why = distrust(path);
    return why === undefined ? { config: readConfig(text) } : unused(why);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { config: usualConfig };
    return unused((error as Error).message);
  }
}
