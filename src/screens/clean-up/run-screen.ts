import type { Outcome } from "../../actions/clean-up/carry-out.ts";
import { kindTitles } from "../../actions/clean-up/item.ts";
import type { RunItem } from "../../actions/clean-up/run.ts";
import { sizeText } from "../../actions/clean-up/words.ts";
import type { ListScreen, Tone } from "../../actions/list-screen.ts";
import type { Source } from "../../docker/source.ts";

/** What becomes of each object of a clean-up, as a list: what did not go comes first. */
export function runScreen(source: Source<RunItem>): ListScreen<RunItem> {
  return {
    id: "clean-up-run",
    title: "Clean-up",
    noun: ["object", "objects"],
    source: () => source,
    columns: [
      {
        ...{ id: "outcome", title: "OUTCOME", min: 8, max: 8, rank: 0 },
        text: ({ outcome }) => outcome.kind,
        tone: ({ outcome }) => tones[outcome.kind],
        sort: ({ outcome }) => ranks.indexOf(outcome.kind),
      },
      {
        ...{ id: "kind", title: "KIND", min: 9, max: 9, rank: 3 },
        text: ({ item }) => item.kind,
        tone: () => "dim",
        sort: ({ item }) => kindTitles[item.kind],
      },
      {
        ...{ id: "name", title: "NAME", min: 10, max: 36, rank: 1, cut: "middle" },
        text: ({ item }) => item.name,
        sort: ({ item }) => item.name,
      },
      {
        ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 4, align: "right" },
        text: ({ item }) => (item.kind === "network" ? "" : sizeText(item)),
        sort: ({ item }) => item.size,
        descending: true,
      },
      {
        ...{ id: "reason", title: "REASON", min: 10, max: 30, rank: 2, grows: true, optional: true },
        text: ({ outcome }) => saidOf(outcome),
      },
    ],
    sortedBy: "outcome",
    fills: true,
    name: ({ item }) => item.name,
    search: ({ item, outcome }) => ({
      fields: { name: item.name, kind: item.kind, outcome: outcome.kind, reason: saidOf(outcome) },
      labels: item.labels,
      exact: { name: [item.name], kind: [item.kind], outcome: [outcome.kind] },
    }),
    empty: "Nothing was ticked.",
    actions: [],
  };
}

const ranks: readonly Outcome["kind"][] = ["removing", "failed", "skipped", "left", "waiting", "removed"];

const tones: Readonly<Record<Outcome["kind"], Tone>> = {
  removing: "accent",
  failed: "bad",
  skipped: "warn",
  left: "warn",
  waiting: "dim",
  removed: "good",
};

function saidOf(outcome: Outcome): string {
  if (outcome.kind === "removed") return outcome.note ?? "";
  return "reason" in outcome ? outcome.reason : "";
}
