import { fit } from "../../format/fit.ts";
import { width } from "../../format/width.ts";
import { ask } from "../ask.ts";
import { hostName } from "../perform.ts";
import type { Question, SwitchField } from "../question.ts";
import { capital } from "../report.ts";
import { notify, type Session } from "../session.ts";
import { splitWords } from "../words.ts";
import { hiddenParents } from "./hidden-parents.ts";
import { type CleanUpItem, cleanUpKinds, kindTitles, possible, type User } from "./item.ts";
import type { CleanUpPlan } from "./open.ts";
import { type CleanUpRules, faultOfLabel, faultOfUntil, firstRules } from "./rules.ts";
import { startCleanUp } from "./run.ts";
import { totalOf } from "./total.ts";
import { removalCommand, sizeText, totalText, whyText } from "./words.ts";
import type { World } from "./world.ts";

/** Asks whether exactly those items shall go, held by id from now on, and begins. */
export function askCleanUp(session: Session, { world }: CleanUpPlan, ticked: readonly CleanUpItem[]): void {
  const able = possible(ticked, new Set(ticked.map(({ id }) => id)));
  const items = cleanUpKinds.flatMap((each) =>
    ticked.filter(({ id, kind }) => kind === each && able.has(id)),
  );
  const left = ticked.length - items.length;
  if (items.length === 0) return notify(session, "warn", "What is ticked needs something else to go first.");
  const shown = world();
  const what = `${items.length} ${items.length === 1 ? "object" : "objects"}`;
  const now = session.clock.now();
  ask(session, {
    title: `Remove ${what} on ${hostName(session)}?`,
    objects: items.map((item) => objectLine(item, now)),
    note: noteOf(items, shown, left),
    fields: [],
    verb: `remove ${what}`,
    danger: true,
    command: () => removalCommand(items),
    answer: () => void startCleanUp(session, items, shown),
  });
}

/** So that what there is to say behind a long name is seen too. */
const nameColumns = 40;

function objectLine(item: CleanUpItem, now: number): string {
  const { kind, ref, name } = item;
  const id = ref.replace(/^sha256:/, "").slice(0, 12);
  const short = kind === "volume" || name.includes(id) ? "" : id;
  const size = kind === "network" ? "" : sizeText(item);
  const shown = fit(name, Math.min(width(name), nameColumns), { cut: "middle" });
  return [kind, shown, short, size, whyText(item, now)].filter((part) => part !== "").join("  ");
}

function noteOf(items: readonly CleanUpItem[], world: World, left: number): string {
  const parents = hiddenParents(items, world).length;
  const has = (...kinds: readonly CleanUpItem["kind"][]) => items.some(({ kind }) => kinds.includes(kind));
  const forever = cleanUpKinds.filter((kind) => kind !== "container" && has(kind));
  const lost = has("container")
    ? "the rest"
    : inOneBreath(forever.map((kind) => kindTitles[kind].toLowerCase()));
  const gone = items.map(({ id }) => id);
  const cautions = items.flatMap(({ caution, users, kind }) =>
    caution === undefined || (kind === "network" && users.every((user) => goes(items, user)))
      ? []
      : [caution],
  );
  return [
    `${capital(totalText(totalOf(items, world)))}.`,
    ...cautions,
    has("container")
      ? "Containers can be created again (J, then U), but what was written inside them is lost."
      : "",
    forever.length === 0 ? "" : `${capital(lost)} cannot be brought back.`,
    parents === 0 ? "" : `${parents} nameless ${parents === 1 ? "image goes" : "images go"} too.`,
    left === 0 ? "" : `${left} more need something that is not ticked: left alone.`,
    gone.length > 1 ? "What is in use by then is left alone." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** "a", "a and b", "a, b and c". */
function inOneBreath(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** Whether that container goes in the same run. */
function goes(items: readonly CleanUpItem[], { id }: User): boolean {
  return items.some(({ kind, ref }) => kind === "container" && ref === id);
}

/** Asks by which rules to tick, and ticks anew. */
export function askRules(session: Session, { rules, kind }: CleanUpPlan): void {
  const now = rules.get() ?? { ...firstRules, kinds: kind ? [kind] : firstRules.kinds };
  ask(session, {
    title: "What shall be ticked?",
    objects: [],
    fields: fieldsOf(now),
    verb: "tick",
    danger: false,
    answer: (answers) =>
      rules.set({
        kinds: cleanUpKinds.filter((each) => answers[each] === true),
        until: String(answers.until ?? "").trim(),
        labels: splitLabels(String(answers.label ?? "")),
        images: answers.images === "all" ? "all" : "dangling",
        volumes: answers.volumes === "all" ? "all" : answers.volumes === "anonymous" ? "anonymous" : "none",
      }),
  });
}

function splitLabels(text: string): readonly string[] {
  const split = splitWords(text);
  return "words" in split ? split.words : [];
}

function faultOfLabels(text: string): string | undefined {
  const split = splitWords(text);
  if ("fault" in split) return split.fault;
  return split.words.map(faultOfLabel).find((fault) => fault !== undefined);
}

function fieldsOf(rules: CleanUpRules): Question["fields"] {
  return [
    {
      ...{ kind: "text", id: "until", label: "Older than", value: rules.until },
      hint: "24h, 7d, 2026-11-20; empty: any age. Build cache: not used for so long",
      check: faultOfUntil,
    },
    {
      ...{ kind: "text", id: "label", label: "Labels", value: rules.labels.join(" ") },
      hint: "key, key=value, !key, several with blanks between; empty: any",
      check: faultOfLabels,
    },
    {
      ...{ kind: "choice", id: "images", label: "Unused images", value: rules.images },
      choices: ["dangling", "all"],
      hint: "dangling: those without a name only",
    },
    {
      ...{ kind: "choice", id: "volumes", label: "Unused volumes", value: rules.volumes },
      choices: ["none", "anonymous", "all"],
      hint: "all: those with a name too",
    },
    ...cleanUpKinds.map(
      (kind): SwitchField => ({
        kind: "switch",
        id: kind,
        label: kindTitles[kind],
        on: rules.kinds.includes(kind),
      }),
    ),
  ];
}
