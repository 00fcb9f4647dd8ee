import { ProblemError } from "../errors.ts";
import { shortened } from "./kind.ts";
import type { Pair } from "./spec.ts";

/**
 * The variables of an --env-file, read as docker does (no quotes, no expansion): a bare name takes its value from the
 * environment, and is left out where that has none. Rejects a line that is no variable.
 */
export function envOfFile(
  file: string,
  content: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Pair[] {
  const lines = content.replace(/^\ufeff/, "").split(/\r?\n/);
  return lines.flatMap((raw, index) => {
    const line = raw.trimStart();
    if (line === "" || line.startsWith("#")) return [];
    const at = line.indexOf("=");
    const key = at < 0 ? line.trim() : line.slice(0, at);
    const where = `Line ${index + 1} of ${shortened(file)}`;
    if (key === "" || /\s/.test(key)) throw refused(`${where} is not a variable: NAME=value.`);
    if (at < 0) {
      const value = environment[key];
      return value === undefined ? [] : [{ key, value }];
    }
    return [{ key, value: line.slice(at + 1) }];
  });
}

function refused(message: string): ProblemError {
  return new ProblemError({ kind: "other", message });
}
