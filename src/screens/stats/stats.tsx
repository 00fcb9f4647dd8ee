import { useEffect, useMemo } from "react";
import { aimAt } from "../../actions/aim.ts";
import { type Bound, bind } from "../../actions/binding.ts";
import type { Session } from "../../actions/session.ts";
import { fit } from "../../format/fit.ts";
import { actionBindings } from "../../hooks/action-bindings.ts";
import { slowBeat } from "../../hooks/slow-beat.ts";
import { createStatsFeed, type StatsFeed } from "../../hooks/stats/feed.ts";
import { statsKeys } from "../../hooks/stats/keys.ts";
import { createStatsView, type StatsView, shownFeeds } from "../../hooks/stats/view.ts";
import { secondBeat, useFrame } from "../../hooks/use-frame.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { depths, useScope } from "../../hooks/use-scope.ts";
import { useSession } from "../../hooks/use-session.ts";
import { useStore } from "../../hooks/use-store.ts";
import { Lines } from "../../ui/lines.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import { containersScreen } from "../containers.ts";
import type { ViewProps } from "../views.tsx";
import { paintStats, panelRoom } from "./paint.ts";

/** At most so often, in ms, the graphs are painted anew. */
const frameMs = 500;

/** What containers use, as graphs that move: one on a whole page, several side by side. */
export function Stats({ overlay, columns, rows }: ViewProps<"stats">) {
  const session = useSession();
  const theme = useTheme();
  const view = useKept(overlay, "stats", () =>
    createStatsView(overlay.containers.map((container) => createStatsFeed(session, container))),
  );
  const room = panelRoom(columns);
  const first = useStore(view.state, () => shownFeeds(view, room)[0]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `first` says which of them are shown
  const feeds = useMemo(() => shownFeeds(view, room), [view, room, first]);
  useSamples(feeds);
  const beat = useMemo(
    () =>
      slowBeat(
        [secondBeat(session.clock), ...feeds, ...feeds.map(({ history }) => history)],
        session.clock,
        frameMs,
      ),
    [session, feeds],
  );
  useScope({
    name: "stats",
    depth: depths.view,
    modal: false,
    bindings: () => [...onContainer(session, view), ...bind(statsKeys, { view, session, room })],
  });
  const lines = useFrame([view.state, session.connection, beat], () =>
    paintStats({ view, feeds, session }, { columns, rows, theme }).map((line) => line || fit("", columns)),
  );
  return <Lines lines={lines} />;
}

/** One stream for each that is shown, for as long as it is. */
function useSamples(feeds: readonly StatsFeed[]): void {
  useEffect(() => {
    const leaving = new AbortController();
    for (const feed of feeds) void feed.run(leaving.signal);
    return () => leaving.abort();
  }, [feeds]);
}

/** What can be done to the container, where it is the only one. */
function onContainer(session: Session, { feeds }: StatsView): Bound[] {
  const [only, ...others] = feeds;
  if (!only || others.length > 0) return [];
  return actionBindings(aimAt(session, containersScreen, only.container)).filter(({ id }) => id !== "stats");
}
