import { shellQuote } from "../../format/quote.ts";
import { flags } from "./flags.ts";
import type { RunSpec } from "./spec.ts";

/** The words of the `docker run` command that makes such a container, the flags in a fixed order, defaults left out. */
export function runWords(spec: RunSpec): readonly string[] {
  return ["docker", "run", ...flags.flatMap((flag) => flag.write(spec)), spec.image, ...spec.command];
}

/** The words of the `docker create` command that makes such a container; it starts nothing, so nothing is detached. */
export function createWords(spec: RunSpec): readonly string[] {
  return ["docker", "create", ...runWords({ ...spec, detach: false }).slice(2)];
}

/** The `docker run` line that makes such a container, quoted for sh; `parseRunLine` reads the same spec from it. */
export function runLine(spec: RunSpec): string {
  return shellQuote(runWords(spec));
}
