import type { Moment } from "../../actions/history.ts";
import { createStore, type Store } from "../../docker/store.ts";
import type { StatsFeed } from "./feed.ts";

/** How a person looks at statistics. */
export type StatsState = {
  /** What is shown of the past, in ms; undefined: all that is kept. */
  span: number | undefined;
  /** Each graph fills its height with its own peak, also where there is a limit. */
  own: boolean;
  /** The first of those that are shown, where not all fit side by side. */
  first: number;
  /** When the picture was held still, in ms, and what was known then. */
  held: { at: number; moments: ReadonlyMap<string, readonly Moment[]> } | undefined;
};

/** Statistics on the screen. */
export type StatsView = { feeds: readonly StatsFeed[]; state: Store<StatsState> };

/** A view of those feeds: all that is kept, as it comes. */
export function createStatsView(feeds: readonly StatsFeed[]): StatsView {
  return {
    feeds,
    state: createStore<StatsState>({ span: undefined, own: false, first: 0, held: undefined }),
  };
}

/** Those that are shown where `room` fit side by side. */
export function shownFeeds({ feeds, state }: StatsView, room: number): readonly StatsFeed[] {
  const first = Math.max(0, Math.min(state.get().first, feeds.length - room));
  return feeds.slice(first, first + room);
}
