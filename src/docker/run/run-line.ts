import { shellQuote } from "../../format/quote.ts";
import { flags } from "./flags.ts";
import type { RunSpec } from "./spec.ts";

/** The words of the `docker run` command that makes such a container, the flags in a fixed order, defaults left out. */
export function runWords(spec: RunSpec): readonly string[] {
  return ["docker", "run", ...flags.flatMap((flag) => flag.write(spec)), spec.image, ...spec.command];
}

/** The `docker run` line that makes such a container, quoted for sh; `parseRunLine` reads the same spec from it. */
export function runLine(spec: RunSpec): string {
  return shellQuote(runWords(spec));
}
