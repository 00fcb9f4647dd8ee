import { parseUntil } from "../../format/age.ts";
import { type CleanUpItem, type CleanUpKind, cleanUpKinds, possible } from "./item.ts";

/** What is ticked, in the words of docker's prune commands and their filters. */
export type CleanUpRules = {
  kinds: readonly CleanUpKind[];
  /** Older than that: "24h", "7d", a date; "" is any age. Build cache by when it was last used, the rest by when it was made. */
  until: string;
  /** `key` or `key=value`, with `!` in front: without it. All must hold. */
  labels: readonly string[];
  images: "dangling" | "all";
  volumes: "none" | "anonymous" | "all";
};

/** What is ticked to begin with: nothing that a person named or that something stopped still needs. */
export const firstRules: CleanUpRules = {
  kinds: cleanUpKinds,
  until: "",
  labels: [],
  images: "dangling",
  volumes: "anonymous",
};

/** The ids that those rules tick, at the moment `now` (ms); what it needs is ticked with each. */
export function ticksOf(
  items: readonly CleanUpItem[],
  rules: CleanUpRules,
  now: number,
): ReadonlySet<string> {
  const before = rules.until === "" ? undefined : parseUntil(rules.until, now);
  const labels = rules.labels.map(readLabel);
  const chosen = items.filter(
    (item) =>
      rules.kinds.includes(item.kind) &&
      isMeant(item, rules) &&
      (before === undefined || isBefore(item, before)) &&
      labels.every((label) => carries(item, label)),
  );
  return possible(items, new Set(chosen.map(({ id }) => id)));
}

function isMeant({ kind, offered, minor, users, needs }: CleanUpItem, rules: CleanUpRules): boolean {
  switch (kind) {
    case "image":
      return offered || (rules.images === "all" && (users.length === 0 || needs.length > 0));
    case "volume":
      if (rules.volumes === "none") return false;
      return rules.volumes === "all" ? users.length === 0 || needs.length > 0 : offered && minor;
    default:
      return offered;
  }
}

/** What has no date does not pass. */
function isBefore({ kind, created, lastUsed }: CleanUpItem, moment: number): boolean {
  const at = kind === "cache" ? (lastUsed ?? created) : created;
  return at !== undefined && at < moment;
}

type LabelRule = { key: string; value: string | undefined; negated: boolean };

function readLabel(text: string): LabelRule {
  const [key = "", ...rest] = text.replace(/^!/, "").split("=");
  return { key, value: rest.length === 0 ? undefined : rest.join("="), negated: text.startsWith("!") };
}

function carries({ labels }: CleanUpItem, { key, value, negated }: LabelRule): boolean {
  const has = Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
  return has !== negated;
}

/** Why an `until` will not do; undefined when it will. */
export function faultOfUntil(text: string): string | undefined {
  return text.trim() === "" || parseUntil(text, 0) !== undefined
    ? undefined
    : "A duration such as 24h or 7d, or a date such as 2026-11-20.";
}

/** Why a label rule will not do; undefined when it will. */
export function faultOfLabel(text: string): string | undefined {
  const { key } = readLabel(text);
  return key.trim() === "" || /\s/.test(key)
    ? "A label such as key, key=value, !key or !key=value."
    : undefined;
}
