import { ProblemError } from "../errors.ts";
import { shortened } from "./kind.ts";
import type { Pair } from "./spec.ts";

/**
 * The variables of an --env-file, read as docker does (no quotes, no expansion). Rejects a line that is no variable,
 * and one that would take its value from the shell.
 */
export function envOfFile(file: string, content: string): readonly Pair[] {
  const lines = content.replace(/^\ufeff/, "").split(/\r?\n/);
  return lines.flatMap((raw, index) => {
    const line = raw.trimStart();
    if (line === "" || line.startsWith("#")) return [];
    const at = line.indexOf("=");
    const key = at < 0 ? line.trim() : line.slice(0, at);
    const where = `Line ${index + 1} of ${shortened(file)}`;
    if (key === "" || /\s/.test(key)) throw refused(`${where} is not a variable: NAME=value.`);
    if (at < 0) throw refused(`${where} names ${shortened(key)} without a value, which only a shell has.`);
    return [{ key, value: line.slice(at + 1) }];
  });
}

function refused(message: string): ProblemError {
  return new ProblemError({ kind: "other", message });
}
