import { keptMs } from "../../actions/history.ts";
import { containerNow, type Session } from "../../actions/session.ts";
import { duration } from "../../format/age.ts";
import { fit } from "../../format/fit.ts";
import type { StatsFeed } from "../../hooks/stats/feed.ts";
import type { StatsView } from "../../hooks/stats/view.ts";
import type { Theme } from "../../ui/theme.ts";
import { gapMs, graphWidth, type PanelContent, paintPanel } from "./panel.ts";

/** Panels side by side: at most so many, none narrower than this, so many columns apart. */
const mostPanels = 4;
const narrowest = 38;
const apart = 2;

/** The spans of a column, in ms, that a graph may have: it moves on by whole columns. */
const steps = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 60].map((seconds) => seconds * 1000);

/** How many containers fit side by side. */
export function panelRoom(columns: number): number {
  return Math.max(1, Math.min(mostPanels, Math.floor((columns + apart) / (narrowest + apart))));
}

type Place = { view: StatsView; feeds: readonly StatsFeed[]; session: Session };
type Size = { columns: number; rows: number; theme: Theme };

/** The whole view: a title, and a panel for each of `feeds`. */
export function paintStats(place: Place, { columns, rows, theme }: Size): string[] {
  const { view, feeds, session } = place;
  const { own, span, held } = view.state.get();
  const now = held?.at ?? session.clock.ticks();
  const panels = feeds.map((feed) => contentOf(feed, place, now));
  const width = Math.floor((columns + apart) / Math.max(1, feeds.length)) - apart;
  const stepMs = stepFor(span ?? longest(panels, now), graphWidth(width));
  const painted = panels.map((content) => {
    const last = content.moments.at(-1)?.at ?? now;
    const look = { columns: width, rows: rows - 1, theme, stepMs, own };
    return paintPanel(content, { ...look, end: now - last <= gapMs ? last : now, stale: !content.live });
  });
  const title = theme.bold(fit(titleOf(place, stepMs), columns));
  const gap = " ".repeat(apart);
  return [
    title,
    ...Array.from({ length: Math.max(0, rows - 1) }, (_, row) =>
      painted.map((panel) => panel[row]).join(gap),
    ),
  ];
}

function contentOf(feed: StatsFeed, { view, session }: Place, now: number): PanelContent {
  const { held } = view.state.get();
  const { limits = {}, ...state } = feed.get();
  const lost = session.connection.get().kind === "lost";
  const moments = held?.moments.get(feed.container.id) ?? feed.history.get();
  return {
    moments: moments.filter(({ at }) => at > now - keptMs),
    bounds: limits,
    live: !lost && (held !== undefined || state.status === "following"),
    words: lost ? "the connection is lost" : wordsOf(state),
    ...(view.feeds.length > 1 ? { name: nameOf(feed, session) } : {}),
  };
}

function wordsOf({ status, reason }: { status: string; reason?: string }): string {
  const words: Readonly<Record<string, string>> = {
    opening: "waiting for the first sample …",
    stopped: "stopped, goes on when started",
    gone: "it was removed",
    failed: `no samples: ${reason ?? ""} Trying again.`,
  };
  return words[status] ?? "";
}

/** Its name now: it may have been given another one. */
function nameOf({ container }: StatsFeed, session: Session): string {
  return containerNow(session, container.id)?.name ?? container.name;
}

function longest(panels: readonly PanelContent[], now: number): number {
  return Math.max(0, ...panels.map(({ moments }) => now - (moments[0]?.at ?? now)));
}

/** The smallest step with which that span fits. */
function stepFor(span: number, columns: number): number {
  const fitting = steps.find((step) => step * columns >= span);
  return fitting ?? Math.ceil(span / Math.max(1, columns) / 1000) * 1000;
}

function titleOf({ view, feeds, session }: Place, stepMs: number): string {
  const { held, own } = view.state.get();
  const [only] = view.feeds;
  const single = view.feeds.length === 1 && only;
  const words = single ? contentOf(only, { view, feeds, session }, session.clock.ticks()).words : "";
  const absent = view.feeds.filter((feed) => !feeds.includes(feed)).map((feed) => nameOf(feed, session));
  const facts = [
    words,
    held ? "held still: space follows" : "",
    stepMs > 1000 ? `${duration(stepMs)} a column` : "",
    own ? "up to the peak" : "",
    absent.length > 0 ? `not shown: ${absent.join(", ")}` : "",
  ].filter((fact) => fact !== "");
  const what = single ? nameOf(only, session) : `${feeds.length} of ${view.feeds.length} containers`;
  const whole = single || absent.length > 0 ? what : `${feeds.length} containers`;
  return ` Statistics of ${whole}${facts.map((fact) => ` · ${fact}`).join("")}`;
}
