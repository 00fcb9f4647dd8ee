import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import { notify, type Session } from "../../actions/session.ts";
import type { TextTarget } from "../keyboard.ts";
import { lineOf } from "../line-editor.ts";
import { searchTarget } from "../search-line.ts";
import type { LogState, LogView } from "./view.ts";

/** A log view on the screen. */
export type LogPlace = { view: LogView; session: Session };

const change =
  (edit: (state: LogState) => Partial<LogState>) =>
  ({ view }: LogPlace) =>
    view.update((state) => ({ ...state, ...edit(state) }));

const after = { both: "out", out: "err", err: "both" } as const;

/** The keys of the log view, as pagers and k9s have them. */
export const logKeys: readonly Binding<LogPlace>[] = [
  {
    id: "log-search",
    keys: ["/"],
    label: "search",
    help: "Search the kept lines; capitals make case matter",
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
    id: "log-stamps",
    keys: ["T"],
    label: "times",
    help: "Show the time of each line",
    footer: 5,
    run: change(({ stamps }) => ({ stamps: !stamps })),
  },
  {
    id: "log-streams",
    keys: ["S"],
    label: "streams",
    help: "Show stdout, stderr or both; stderr lines carry a ! in front",
    footer: 6,
    run: change(({ streams }) => ({ streams: after[streams] })),
  },
  { id: "log-up", keys: ["up", "k"], label: "up", help: "Scroll up", run: ({ view }) => view.scroll(-1) },
  {
    id: "log-down",
    keys: ["down", "j"],
    label: "down",
    help: "Scroll down",
    run: ({ view }) => view.scroll(1),
  },
  {
    id: "log-page-up",
    keys: ["pageup", "ctrl+u", "ctrl+b"],
    label: "page up",
    help: "Scroll up by a page; at the upper end older lines are fetched",
    run: ({ view }) => view.scroll(-view.page),
  },
  {
    id: "log-page-down",
    keys: ["pagedown", "ctrl+d", "ctrl+f", "space"],
    label: "page down",
    help: "Scroll down by a page",
    run: ({ view }) => view.scroll(view.page),
  },
  {
    id: "log-first",
    keys: ["g", "home"],
    label: "first",
    help: "Go to the oldest kept line, and fetch older ones",
    run: ({ view }) => view.scroll(-Number.MAX_SAFE_INTEGER),
  },
  {
    id: "log-last",
    keys: ["G", "end"],
    label: "last",
    help: "Go to the end and follow",
    run: change(() => ({ follow: true })),
  },
  {
    id: "log-left",
    keys: ["left", "h"],
    label: "left",
    help: "Scroll to the left",
    run: change(({ left }) => ({ left: Math.max(0, left - 20) })),
  },
  {
    id: "log-right",
    keys: ["right", "l"],
    label: "right",
    help: "Scroll to the right",
    unavailable: ({ view }) => (view.get().wrap ? "Lines are wrapped: w cuts them." : undefined),
    run: change(({ left }) => ({ left: left + 20 })),
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
    help: "Clear the search, then go back to the list",
    footer: 9,
    run({ view, session }, key) {
      if (key === "esc" && view.get().search !== "") view.update((state) => ({ ...state, search: "" }));
      else closeOverlay(session);
    },
  },
];

function nothingSearched({ view }: LogPlace): string | undefined {
  return view.get().search === "" ? "Nothing is searched: / begins." : undefined;
}

function jump({ view, session }: LogPlace, direction: 1 | -1): void {
  if (!view.jump(direction))
    notify(session, "warn", `No ${direction === 1 ? "further" : "earlier"} match in the kept lines.`);
}

/** What typing does while a search is typed: Enter goes to the last match above. */
export function logSearch({ view, session }: LogPlace): TextTarget | undefined {
  return searchTarget(
    { get: view.get, set: view.update },
    { verb: "search upwards", find: () => jump({ view, session }, -1) },
  );
}
