import type { Binding } from "../../actions/binding.ts";
import { askMoment, type LogPlace, seek } from "./ask.ts";

const minute = 60_000;

/** What the digits keep to. */
const ranges: readonly (readonly [label: string, ms: number | undefined])[] = [
  ["whole log", undefined],
  ["last minute", minute],
  ["last 5 minutes", 5 * minute],
  ["last 15 minutes", 15 * minute],
  ["last hour", 60 * minute],
  ["last 6 hours", 6 * 60 * minute],
  ["last 24 hours", 24 * 60 * minute],
];

const unplaced = ({ view }: LogPlace) => (view.feed.places ? undefined : "All there is of it is here.");

/** Goes to the end of the log and follows it. */
export function toEnd({ view }: LogPlace): void {
  if (view.feed.get().newer !== "live") void view.feed.places?.seek("end");
  view.update((state) => ({ ...state, follow: true, at: undefined }));
}

/** The keys that go about in a log. */
export const moveKeys: readonly Binding<LogPlace>[] = [
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
    help: "Go to the first line of the log",
    run(place) {
      const { older } = place.view.feed.get();
      const isHere = older === "none" || place.view.get().whole || !place.view.feed.places;
      if (isHere) place.view.scroll(-Number.MAX_SAFE_INTEGER);
      else seek(place, "start");
    },
  },
  {
    id: "log-last",
    keys: ["G", "end"],
    label: "last",
    help: "Go to the end and follow",
    run: toEnd,
  },
  {
    id: "log-moment",
    keys: ["@"],
    label: "go to time",
    help: "Go to a time: 14:05, -2h, 2026-11-20 14:05",
    unavailable: unplaced,
    run: askMoment,
  },
  ...ranges.map(
    ([label, ms], index): Binding<LogPlace> => ({
      id: `log-range-${index}`,
      keys: [`${index}`],
      label,
      help: index === 0 ? "Read the whole log again, from its end" : `Keep to the lines of the ${label}`,
      unavailable: unplaced,
      run: ({ view, session }) => {
        const since = ms === undefined ? undefined : session.clock.now() - ms;
        view.feed.places?.narrow(since);
        view.update((state) => ({
          ...state,
          follow: true,
          at: undefined,
          range: ms === undefined ? "" : label,
          since,
        }));
      },
    }),
  ),
  {
    id: "log-left",
    keys: ["left", "h"],
    label: "left",
    help: "Scroll to the left",
    run: ({ view }) => view.update((state) => ({ ...state, left: Math.max(0, state.left - 20) })),
  },
  {
    id: "log-right",
    keys: ["right", "l"],
    label: "right",
    help: "Scroll to the right",
    unavailable: ({ view }) => (view.get().wrap ? "Lines are wrapped: w cuts them." : undefined),
    run: ({ view }) => view.update((state) => ({ ...state, left: state.left + 20 })),
  },
];
