import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import { notify } from "../../actions/session.ts";
import type { TextTarget } from "../keyboard.ts";
import { lineOf } from "../line-editor.ts";
import { searchTarget } from "../search-line.ts";
import { askFilters, askMuted, type LogPlace } from "./ask.ts";
import { moveKeys } from "./move-keys.ts";
import type { LogState, Times } from "./view.ts";

export type { LogPlace } from "./ask.ts";

const change =
  (edit: (state: LogState) => Partial<LogState>) =>
  ({ view }: LogPlace) =>
    view.update((state) => ({ ...state, ...edit(state) }));

const after = { both: "out", out: "err", err: "both" } as const;
const timesAfter: Readonly<Record<Times, Times>> = {
  off: "local",
  local: "utc",
  utc: "relative",
  relative: "off",
};

/** The keys of the log view, as pagers and k9s have them. */
export const logKeys: readonly Binding<LogPlace>[] = [
  {
    id: "log-search",
    keys: ["/"],
    label: "search",
    help: "Search the kept lines: text, or /regex/; capitals make case matter",
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
  {
    id: "log-follow",
    keys: ["f"],
    label: "follow",
    help: "Follow new lines, or stop following; scrolling up stops it too",
    footer: 3,
    run: ({ view }) => {
      if (view.get().follow) view.scroll(0);
      else view.update((state) => ({ ...state, follow: true }));
    },
  },
  {
    id: "log-wrap",
    keys: ["w"],
    label: "wrap",
    help: "Wrap long lines, or cut them",
    footer: 4,
    run: change(({ wrap }) => ({ wrap: !wrap, left: 0 })),
  },
  {
    id: "log-raw",
    keys: ["r"],
    label: "raw",
    help: "Show JSON and logfmt lines as they were written, or as time, level, message and fields",
    run: change(({ raw }) => ({ raw: !raw })),
  },
  {
    id: "log-stamps",
    keys: ["T"],
    label: "times",
    help: "Show the time of each line: local, UTC, how long ago, or not at all",
    footer: 5,
    run: change(({ times }) => ({ times: timesAfter[times] })),
  },
  {
    id: "log-streams",
    keys: ["S"],
    label: "streams",
    help: "Show stdout, stderr or both; stderr lines carry a ! in front",
    footer: 6,
    run: change(({ streams }) => ({ streams: after[streams] })),
  },
  ...moveKeys,
  {
    id: "log-mute",
    keys: ["M"],
    label: "mute",
    help: "Choose whose lines are shown, where several logs are read as one",
    unavailable: ({ view }) => (view.owners.length > 1 ? undefined : "There is one log only."),
    run: askMuted,
  },
  {
    id: "log-clear",
    keys: ["c"],
    label: "clear",
    help: "Clear what is shown; new lines go on below",
    run({ view }) {
      view.feed.buffer.clear();
      view.update((state) => ({ ...state, follow: true }));
    },
  },
  {
    id: "log-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Clear the search, then the filters, then go back to the list",
    footer: 9,
    run({ view, session }, key) {
      const { search, filters } = view.get();
      if (key === "esc" && search !== "") view.update((state) => ({ ...state, search: "", at: undefined }));
      else if (key === "esc" && filters.length > 0) view.update((state) => ({ ...state, filters: [] }));
      else closeOverlay(session);
    },
  },
];

function nothingSearched({ view }: LogPlace): string | undefined {
  return view.get().search === "" ? "Nothing is searched: / begins." : undefined;
}

function nothingFiltered({ view }: LogPlace): string | undefined {
  return view.get().filters.length === 0 ? "Nothing is filtered: & begins." : undefined;
}

function jump({ view, session }: LogPlace, direction: 1 | -1, to: "match" | "error" = "match"): void {
  const fault = to === "match" ? view.fault() : undefined;
  if (fault !== undefined) return notify(session, "warn", fault);
  if (!view.jump(direction, to))
    notify(session, "warn", `No ${direction === 1 ? "further" : "earlier"} ${to} in the kept lines.`);
}

/** What typing does while a search is typed: Enter goes to the last match above. */
export function logSearch({ view, session }: LogPlace): TextTarget | undefined {
  return searchTarget(
    { get: view.get, set: view.update },
    { verb: "search upwards", find: () => jump({ view, session }, -1) },
  );
}
