import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import type { Session } from "../../actions/session.ts";
import type { StatsView } from "./view.ts";

/** Statistics on the screen, and of how many containers at a time. */
export type StatsPlace = { view: StatsView; session: Session; room: number };

/** What can be shown of the past, in ms; undefined is all. */
const spans = [undefined, 60_000, 300_000] as const;

const allFit = ({ view, room }: StatsPlace) =>
  view.feeds.length > room ? undefined : "All of them are on the screen.";

function page({ view, room }: StatsPlace, by: 1 | -1): void {
  const last = view.feeds.length - room;
  view.state.set((state) => ({ ...state, first: Math.max(0, Math.min(last, state.first + by * room)) }));
}

/** The keys of statistics beside those of the container. */
export const statsKeys: readonly Binding<StatsPlace>[] = [
  {
    id: "stats-span",
    keys: ["m"],
    label: "span",
    help: "Show all that is known of the last ten minutes, the last minute, or the last five",
    footer: 3,
    run: ({ view }) =>
      view.state.set((state) => ({
        ...state,
        span: spans[(spans.indexOf(state.span as (typeof spans)[number]) + 1) % spans.length],
      })),
  },
  {
    id: "stats-scale",
    keys: ["z"],
    label: "scale",
    help: "Draw up to the limit, or up to the peak so that little is seen, too",
    footer: 3.1,
    run: ({ view }) => view.state.set((state) => ({ ...state, own: !state.own })),
  },
  {
    id: "stats-follow",
    keys: ["space"],
    label: "hold/follow",
    help: "Hold the picture still, or follow again; samples are taken all the same",
    footer: 3.2,
    run: ({ view, session }) =>
      view.state.set((state) => ({
        ...state,
        held: state.held
          ? undefined
          : {
              at: session.clock.ticks(),
              moments: new Map(view.feeds.map(({ container, history }) => [container.id, history.get()])),
            },
      })),
  },
  {
    id: "stats-next",
    keys: ["right"],
    label: "others",
    help: "Go on to those that do not fit beside these",
    footer: 2.8,
    unavailable: allFit,
    run: (place) => page(place, 1),
  },
  {
    id: "stats-previous",
    keys: ["left"],
    label: "others",
    help: "Go back to those before",
    unavailable: allFit,
    run: (place) => page(place, -1),
  },
  {
    id: "stats-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Go back; sampling ends, and what was seen is kept for ten minutes",
    footer: 6.5,
    run: ({ session }) => closeOverlay(session),
  },
];
