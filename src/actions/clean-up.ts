import type { Container } from "../docker/containers.ts";
import { createSource, type Source } from "../docker/source.ts";
import { parseUntil } from "../format/age.ts";
import { openOverlay } from "./overlays.ts";
import type { Session } from "./session.ts";

/** Something that may be removed: a row of the clean-up plan, whatever kind of object it is. */
export type CleanUpItem = {
  id: string;
  kind: "container";
  name: string;
  /** Why it can go: "exited", "never started". */
  reason: string;
  created: number;
  since?: number;
  exitCode?: number;
  /** Bytes that come back. */
  size: number;
  labels: Readonly<Record<string, string>>;
  image: string;
};

/** What narrows a plan, in the words of docker's own prune filters; empty means no rule. */
export type CleanUpRules = { until: string; label: string };

/** Everything that may be removed. */
export const noRules: CleanUpRules = { until: "", label: "" };

/** The plan for those rules: stopped, dead and never-started containers with their sizes. */
export function planCleanUp(session: Session, rules: CleanUpRules): Source<CleanUpItem> {
  return createSource({
    async load(ids, signal) {
      const containers = await session.engine.containers({ ids, sizes: true }, signal);
      const passes = ruleFilter(rules, session.clock.now());
      return containers.flatMap(toCleanUpItem).filter(passes);
    },
    follow: (refresh) => session.connection.follow("container", refresh),
    clock: session.clock,
  });
}

/** Opens the clean-up plan for those rules, in place of one that is open. */
export function openCleanUp(session: Session, rules: CleanUpRules): void {
  session.overlays.set((all) => all.filter(({ kind }) => kind !== "clean-up"));
  openOverlay(session, { kind: "clean-up", rules, plan: planCleanUp(session, rules) });
}

const reasons: Partial<Record<Container["state"], string>> = {
  exited: "exited",
  dead: "dead",
  created: "never started",
};

/** A container as a row of the plan; none when it is in use. */
function toCleanUpItem(container: Container): CleanUpItem[] {
  const { id, name, created, since, exitCode, labels, image } = container;
  const reason = reasons[container.state];
  if (reason === undefined) return [];
  return [
    {
      ...{ id, name, reason, created, labels, image, kind: "container", size: container.size ?? 0 },
      ...(since === undefined ? {} : { since }),
      ...(exitCode === undefined ? {} : { exitCode }),
    },
  ];
}

/** Whether an item passes: created before `until`, and carrying (`k`, `k=v`) or not carrying (`!k`, `!k=v`) a label. */
export function ruleFilter(
  { until, label }: CleanUpRules,
  now: number,
): (item: Pick<CleanUpItem, "created" | "labels">) => boolean {
  const before = until === "" ? undefined : parseUntil(until, now);
  const negated = label.startsWith("!");
  const [key = "", ...rest] = label.replace(/^!/, "").split("=");
  const value = rest.length === 0 ? undefined : rest.join("=");
  return ({ created, labels }) => {
    if (before !== undefined && created > before) return false;
    if (key === "") return true;
    const has = Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
    return has !== negated;
  };
}

/** Why an `until` will not do; undefined when it will. */
export function faultOfUntil(text: string): string | undefined {
  return text === "" || parseUntil(text, 0) !== undefined
    ? undefined
    : "A duration such as 24h or 7d, or a date such as 2026-11-20.";
}
