import { type CleanUpItem, type CleanUpRules, faultOfUntil, openCleanUp } from "../actions/clean-up.ts";
import type { ListScreen } from "../actions/list-screen.ts";
import { openOverlay } from "../actions/overlays.ts";
import type { Session } from "../actions/session.ts";
import type { Source } from "../docker/source.ts";
import { age } from "../format/age.ts";
import { shellQuote } from "../format/quote.ts";
import { decimalSize } from "../format/size.ts";

/** The clean-up plan as a list: its marks are the ticks, and what is ticked is what goes. */
export function cleanUpScreen(plan: Source<CleanUpItem>, rules: CleanUpRules): ListScreen<CleanUpItem> {
  return {
    id: "clean-up",
    title: "Clean up",
    noun: ["container", "containers"],
    source: () => plan,
    columns: [
      {
        ...{ id: "name", title: "NAME", min: 10, max: 48, rank: 0, cut: "middle" },
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        ...{ id: "reason", title: "WHY", min: 6, max: 16, rank: 1 },
        text: ({ reason, exitCode }) => (exitCode === undefined ? reason : `${reason} (${exitCode})`),
        tone: ({ exitCode }) => (exitCode === undefined || exitCode === 0 ? "plain" : "bad"),
        sort: ({ reason }) => reason,
      },
      {
        ...{ id: "since", title: "SINCE", min: 8, max: 8, rank: 2 },
        text: ({ since, created }, { now }) => `${age(since ?? created, now)} ago`,
        sort: ({ since, created }) => since ?? created,
      },
      {
        ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 3, align: "right" },
        text: ({ size }) => decimalSize(size),
        sort: ({ size }) => size,
        descending: true,
      },
      {
        ...{ id: "created", title: "CREATED", min: 8, max: 8, rank: 4 },
        text: ({ created }, { now }) => `${age(created, now)} ago`,
        tone: () => "dim",
        sort: ({ created }) => created,
      },
      {
        ...{ id: "image", title: "IMAGE", min: 10, max: 40, rank: 5, cut: "middle" },
        text: ({ image }) => image,
        tone: () => "dim",
      },
    ],
    sortedBy: "name",
    name: ({ name }) => name,
    search: ({ name, reason, image, id, labels }) => ({
      fields: { name, image, reason, id: id.slice(0, 12) },
      labels,
      exact: { name: [name], image: [image], id: [id] },
    }),
    gone: "It was started or removed meanwhile, and is left alone.",
    empty: "Nothing to clean up: no container is stopped, dead or never started.",
    actions: [
      {
        id: "remove-ticked",
        on: "targets",
        markedOnly: true,
        keys: ["enter"],
        label: "remove",
        help: "Remove exactly the ticked ones, each by its id, without force",
        footer: 1,
        changes: true,
        doing: "removing",
        done: "removed",
        unavailable: () => undefined,
        gain: ({ size }) => size,
        confirm: {
          danger: true,
          detail: ({ reason, size }) => `${reason}  ${decimalSize(size)}`,
          note: (items) =>
            `${decimalSize(items.reduce((sum, { size }) => sum + size, 0))} come back. What was started meanwhile is left alone.`,
        },
        command: (names) => shellQuote(["docker", "rm", ...names]),
        run: ({ id }, { engine, signal }) => engine.remove(id, {}, signal),
      },
      {
        id: "rules",
        on: "screen",
        keys: ["f"],
        label: "rules",
        help: "Narrow the plan as docker prune's filters do: created before a time, by label",
        footer: 2,
        open: (session) => askRules(session, rules),
      },
    ],
  };
}

function askRules(session: Session, rules: CleanUpRules): void {
  openOverlay(session, {
    kind: "question",
    question: {
      title: "Which containers belong into the plan?",
      objects: [],
      danger: false,
      verb: "apply",
      fields: [
        {
          kind: "text",
          id: "until",
          label: "Created before",
          value: rules.until,
          hint: "24h, 7d, 2026-11-20; empty: any age",
          check: faultOfUntil,
        },
        {
          kind: "text",
          id: "label",
          label: "Label",
          value: rules.label,
          hint: "key, key=value, !key; empty: any",
          check: () => undefined,
        },
      ],
      command: ({ until, label }) =>
        shellQuote([
          ...["docker", "container", "prune"],
          ...(until ? ["--filter", `until=${until}`] : []),
          ...(label ? ["--filter", `label${String(label).replace(/^(!?)/, "$1=")}`] : []),
        ]),
      answer: ({ until, label }) =>
        openCleanUp(session, { until: String(until ?? "").trim(), label: String(label ?? "").trim() }),
    },
  });
}
