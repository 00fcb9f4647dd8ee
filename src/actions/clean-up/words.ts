import type { SurveyState } from "../../docker/disk/survey.ts";
import { inFull } from "../../docker/errors.ts";
import { age } from "../../format/age.ts";
import { shellQuote } from "../../format/quote.ts";
import { decimalSize } from "../../format/size.ts";
import { type CleanUpItem, type CleanUpKind, cleanUpKinds } from "./item.ts";
import type { Total } from "./total.ts";

/** Why an item can go, or why it cannot. */
export function whyText(item: CleanUpItem, now: number): string {
  const { blocked, reason, exitCode, since, lastUsed, shared, kind } = item;
  if (blocked !== undefined) return blocked;
  if (kind === "container") {
    const code = exitCode === undefined ? "" : ` (${exitCode})`;
    return `${reason}${code}${since === undefined ? "" : ` ${age(since, now)} ago`}`;
  }
  if (kind === "cache" && lastUsed !== undefined && shared === undefined)
    return `${reason} for ${age(lastUsed, now)}`;
  return reason;
}

/** How exact a number of bytes is. */
type Exactness = { [Key in "atMost" | "about"]?: true | undefined };

/** Bytes of an item: "?" while they are not known, "≤" where they are an upper bound, "~" where they are about that. */
export function sizeText({ size, atMost, about }: Pick<CleanUpItem, "size"> & Exactness): string {
  if (size === undefined) return "?";
  return `${size === 0 ? "" : about ? "~" : atMost ? "≤" : ""}${decimalSize(size)}`;
}

/** "1.2GB", "at most 1.2GB", "about 1.2GB". */
export function bytesText({ bytes, atMost, about }: Pick<Total, "bytes"> & Exactness): string {
  return `${bytes === 0 ? "" : about ? "about " : atMost ? "at most " : ""}${decimalSize(bytes)}`;
}

/** "1.2GB come back", "at most 1.2GB come back, 3 not measured". */
export function totalText(total: Total): string {
  const { bytes, logs, unknown } = total;
  const log = logs === 0 ? "" : ` and ${decimalSize(logs)} of logs`;
  const more = `${log}${unknown === 0 ? "" : `, ${unknown} not measured`}`;
  return `${bytesText(total)} ${bytes === 1 ? "comes" : "come"} back${more}`;
}

const removals: Readonly<Record<CleanUpKind, readonly string[]>> = {
  container: ["docker", "rm"],
  image: ["docker", "rmi"],
  network: ["docker", "network", "rm"],
  volume: ["docker", "volume", "rm"],
  cache: ["docker", "builder", "prune", "--all", "--force", "--filter"],
};

/** The docker command line that removes those items; build cache needs one for each record. */
export function removalCommand(items: readonly CleanUpItem[]): string {
  const lines = cleanUpKinds.flatMap((kind) => {
    const chosen = items.filter((item) => item.kind === kind);
    if (kind === "cache") return chosen.map(({ ref }) => [...removals.cache, `id=${ref}`]);
    return chosen.length === 0 ? [] : [[...removals[kind], ...chosen.flatMap(namesOf)]];
  });
  return lines.map((words) => shellQuote(words)).join(" && ");
}

/** What a docker command calls it: all tags of an image, since it goes with the last one. */
function namesOf({ kind, ref, name, tags }: CleanUpItem): readonly string[] {
  if (kind !== "image") return [name];
  const named = tags.filter((tag) => !tag.includes("@"));
  return named.length > 0 ? named : [ref.replace(/^sha256:/, "").slice(0, 12)];
}

/** How old the figures are, what is being measured, and what went wrong, in one line. */
export function surveyText({ figures, measuring, problem }: SurveyState, now: number): string {
  if (measuring) {
    const old = figures ? ` The sizes are ${age(figures.at, now)} old.` : "";
    return `Measuring for ${age(measuring.since, now)}, x gives up: ${measuring.step} …${old}`;
  }
  const last = figures ? `Sizes were measured ${age(figures.at, now)} ago` : "Sizes are not known yet";
  if (problem) return `${last}: ${inFull(problem).replace(/[^.]$/, "$&.")} ctrl+r measures again.`;
  return `${last}; ctrl+r measures again.`;
}
