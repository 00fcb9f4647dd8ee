import { createWords, runWords } from "../../../docker/run/run-line.ts";
import { shellQuote } from "../../../format/quote.ts";
import { maskedWords } from "../../../format/secrets/masked.ts";
import type { Reading } from "./answers.ts";

/** The docker command that makes such a container, with secrets masked. */
export function commandLine({ spec, after }: Pick<Reading, "spec" | "after">): string {
  const named = { ...spec, image: spec.image || "IMAGE" };
  return shellQuote(maskedWords(after === "create" ? createWords(named) : runWords(named)));
}
