import { askCleanUp, askRules } from "../../actions/clean-up/ask.ts";
import {
  type CleanUpItem,
  type CleanUpKind,
  cleanUpKinds,
  kindTitles,
  possible,
} from "../../actions/clean-up/item.ts";
import type { CleanUpPlan } from "../../actions/clean-up/open.ts";
import { totalOf } from "../../actions/clean-up/total.ts";
import { removalCommand, sizeText, whyText } from "../../actions/clean-up/words.ts";
import type { Column, ListScreen } from "../../actions/list-screen.ts";
import { age } from "../../format/age.ts";
import { decimalSize } from "../../format/size.ts";

/** The clean-up plan as a list: its marks are the ticks, and what is ticked is what goes. */
export function planScreen(plan: CleanUpPlan): ListScreen<CleanUpItem> {
  return {
    id: "clean-up",
    title: "Clean up",
    noun: ["object", "objects"],
    source: () => plan.source,
    columns: columnsOf(plan),
    sortedBy: "size",
    name: ({ name }) => name,
    search: ({ kind, name, reason, blocked, ref, labels, detail, users }) => ({
      fields: { name, why: blocked ?? reason, detail, id: ref.replace(/^sha256:/, "").slice(0, 12) },
      labels,
      exact: {
        name: [name],
        kind: kindWords[kind],
        id: [ref.replace(/^sha256:/, "")],
        user: users.map((user) => user.name),
      },
    }),
    groups: ({ kind }) => [kindTitles[kind]],
    grouped: true,
    groupOrder: cleanUpKinds.map((kind) => kindTitles[kind]),
    quiet: { label: "things that cannot go", is: ({ blocked }) => blocked !== undefined },
    marks: { possible, whyNot },
    gone: "It was removed meanwhile.",
    empty: "There is nothing at all on this engine.",
    actions: [
      {
        id: "remove-ticked",
        on: "rows",
        markedOnly: true,
        keys: ["enter"],
        label: "remove",
        help: "Remove exactly the ticked ones, each by its id and without force; asks first",
        footer: 1,
        changes: true,
        unavailable: ({ blocked }) => blocked,
        command: () => removalCommand(plan.source.get().items.slice(0, 0)),
        open: (items, session) => askCleanUp(session, plan, items),
      },
      {
        id: "rules",
        on: "screen",
        keys: ["f"],
        label: "rules",
        help: "Tick by rules, as docker's prune filters have them: age, labels, kinds, all unused images or volumes",
        footer: 2,
        open: (session) => askRules(session, plan),
      },
    ],
  };
}

const kindWords: Readonly<Record<CleanUpKind, readonly string[]>> = {
  container: ["container", "containers"],
  image: ["image", "images"],
  network: ["network", "networks"],
  volume: ["volume", "volumes"],
  cache: ["cache", "build-cache"],
};

/** Why an object cannot be ticked. */
function whyNot({ blocked, needs }: CleanUpItem, items: readonly CleanUpItem[]): string {
  if (blocked !== undefined) return blocked;
  const names = items.filter(({ id }) => needs.includes(id)).map(({ name }) => name);
  return `tick what needs it first: ${names.join(", ")}.`;
}

function columnsOf(plan: CleanUpPlan): readonly Column<CleanUpItem>[] {
  return [
    {
      ...{ id: "name", title: "NAME", min: 12, max: 60, rank: 0, cut: "middle" },
      text: ({ name }) => name,
      tone: ({ blocked }) => (blocked === undefined ? "plain" : "dim"),
      sort: ({ name }) => name,
    },
    {
      ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 1, align: "right" },
      text: (item) => (item.kind === "network" ? "" : sizeText(item)),
      tone: ({ blocked }) => (blocked === undefined ? "plain" : "dim"),
      // What cannot go stands below where one wants to remove, and by its size where one only looks.
      sort: ({ size = 0, blocked }) => (plan.rules.get() && blocked !== undefined ? size - below : size),
      descending: true,
      group: (items) => groupSize(items, plan),
    },
    {
      ...{ id: "why", title: "WHY", min: 10, max: 44, rank: 2 },
      text: (item, { now }) => whyText(item, now),
      tone: ({ blocked, caution, exitCode = 0 }) =>
        blocked !== undefined ? "dim" : caution !== undefined || exitCode !== 0 ? "warn" : "plain",
      sort: ({ reason }) => reason,
      group: groupWhy,
    },
    {
      ...{ id: "shared", title: "SHARED", min: 6, max: 8, rank: 4, align: "right", optional: true },
      text: ({ shared }) => (shared === undefined || shared === 0 ? "" : decimalSize(shared)),
      tone: () => "dim",
      sort: ({ shared }) => shared,
      descending: true,
    },
    {
      ...{ id: "log", title: "LOG", min: 5, max: 8, rank: 4, align: "right", optional: true },
      text: ({ log }) => (log === undefined || log === 0 ? "" : decimalSize(log)),
      tone: () => "dim",
      sort: ({ log }) => log,
      descending: true,
    },
    {
      ...{ id: "used", title: "LAST USED", min: 9, max: 9, rank: 3, optional: true },
      text: ({ lastUsed }, { now }) => (lastUsed === undefined ? "" : `${age(lastUsed, now)} ago`),
      tone: () => "dim",
      sort: ({ lastUsed }) => lastUsed,
    },
    {
      ...{ id: "created", title: "CREATED", min: 8, max: 8, rank: 5 },
      text: ({ created }, { now }) => (created === undefined ? "" : `${age(created, now)} ago`),
      tone: () => "dim",
      sort: ({ created }) => created,
    },
    {
      ...{ id: "id", title: "ID", min: 12, max: 12, rank: 7 },
      text: ({ ref, kind }) => (kind === "volume" ? "" : ref.replace(/^sha256:/, "").slice(0, 12)),
      tone: () => "dim",
    },
    {
      ...{ id: "detail", title: "DETAIL", min: 8, max: 40, rank: 6, cut: "middle", optional: true },
      text: ({ detail }) => detail,
      tone: () => "dim",
    },
  ];
}

/** More bytes than anything holds. */
const below = 2 ** 60;

/** What comes back when all of them go that can; networks hold nothing. */
function groupSize(items: readonly CleanUpItem[], plan: CleanUpPlan): string {
  if (items.every(({ kind }) => kind === "network")) return "";
  const all = plan.source.get().items;
  const able = possible(all, new Set(all.map(({ id }) => id)));
  const going = items.filter(({ id }) => able.has(id));
  const { bytes, unknown, atMost, about } = totalOf(going, plan.world());
  if (unknown > 0 && unknown === going.length) return "?";
  return sizeText({ size: bytes, atMost, about });
}

function groupWhy(items: readonly CleanUpItem[]): string {
  const fixed = items.filter(({ blocked }) => blocked !== undefined).length;
  const can = items.length - fixed;
  return `${can} can go${fixed === 0 ? "" : `, ${fixed} cannot`}`;
}
