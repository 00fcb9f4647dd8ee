import type { Binding } from "../../actions/binding.ts";
import { notify } from "../../actions/session.ts";
import type { TextTarget } from "../layers.ts";
import { lineOf } from "../line-editor.ts";
import { searchTarget } from "../search-line.ts";
import { askFilters, type LogPlace } from "./ask.ts";
import { change } from "./change.ts";
import { searchFurther } from "./further.ts";

/** The keys that search and filter a log. */
export const findKeys: readonly Binding<LogPlace>[] = [
  {
    id: "log-search",
    keys: ["/"],
    label: "search",
    help: "Search upwards, further back than the kept lines if need be: text, or /regex/; capitals make case matter",
    footer: 1,
    run: change(() => ({ typing: lineOf("") })),
  },
  {
    id: "log-next",
    keys: ["n"],
    label: "next",
    help: "Go down to the next match",
    footer: 2,
    unavailable: nothingSearched,
    run: (place) => jump(place, 1),
  },
  {
    id: "log-previous",
    keys: ["N"],
    label: "previous",
    help: "Go up to the previous match",
    unavailable: nothingSearched,
    run: (place) => jump(place, -1),
  },
  {
    id: "log-filter",
    keys: ["&"],
    label: "filter",
    help: "Show only lines that match, or with ! those that do not; several filters, and lines around them",
    footer: 2.5,
    run: askFilters,
  },
  {
    id: "log-less",
    keys: ["-"],
    label: "less around",
    help: "Show one line less around those that match the filters",
    unavailable: nothingFiltered,
    run: change(({ context }) => ({ context: Math.max(0, context - 1) })),
  },
  {
    id: "log-more",
    keys: ["+"],
    label: "more around",
    help: "Show one line more around those that match the filters",
    unavailable: nothingFiltered,
    run: change(({ context }) => ({ context: Math.min(999, context + 1) })),
  },
  {
    id: "log-whole",
    keys: ["A"],
    label: "filter all",
    help: "Filter the whole log, or the range, instead of the kept lines only; again: only those",
    unavailable: ({ view }) =>
      nothingFiltered({ view }) ?? (view.feed.places ? undefined : "All there is of it is here."),
    run: change(({ whole }) => ({ whole: !whole, follow: true, at: undefined })),
  },
  {
    id: "log-error",
    keys: ["e"],
    label: "next error",
    help: "Go down to the next line that says it is an error",
    run: (place) => jump(place, 1, "error"),
  },
  {
    id: "log-error-up",
    keys: ["E"],
    label: "last error",
    help: "Go up to the error before",
    footer: 6.5,
    run: (place) => jump(place, -1, "error"),
  },
];

function nothingSearched({ view }: LogPlace): string | undefined {
  return view.get().search === "" ? "Nothing is searched: / begins." : undefined;
}

function nothingFiltered({ view }: Pick<LogPlace, "view">): string | undefined {
  return view.get().filters.length === 0 ? "Nothing is filtered: & begins." : undefined;
}

function jump({ view, session }: LogPlace, direction: 1 | -1, to: "match" | "error" = "match"): void {
  const fault = to === "match" ? view.fault() : undefined;
  if (fault !== undefined) return notify(session, "warn", fault);
  if (!view.jump(direction, to)) searchFurther({ view, session }, { direction, what: to });
}

/** What typing does while a search is typed: Enter goes to the last match above. */
export function logSearch({ view, session }: LogPlace): TextTarget | undefined {
  return searchTarget(
    { get: view.get, set: view.update },
    { verb: "search upwards", find: () => jump({ view, session }, -1) },
  );
}
