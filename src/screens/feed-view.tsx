import { useEffect } from "react";
import { type Bound, bind } from "../actions/binding.ts";
import type { ViewOverlay } from "../actions/overlays.ts";
import type { Container } from "../docker/containers.ts";
import type { FeedState, LogFeed } from "../docker/log-buffer.ts";
import { fit } from "../format/fit.ts";
import { createLogColumns } from "../hooks/log/columns.ts";
import { logSearch } from "../hooks/log/find-keys.ts";
import { type LogPlace, logKeys } from "../hooks/log/keys.ts";
import { hidingFacts } from "../hooks/log/shown.ts";
import { pickKeys } from "../hooks/log/take/pick-keys.ts";
import { savingOf } from "../hooks/log/take/save-whole.ts";
import { createLogView, type LogState, type LogView } from "../hooks/log/view.ts";
import { searchPasted } from "../hooks/search-line.ts";
import { slowBeat } from "../hooks/slow-beat.ts";
import { useFrame } from "../hooks/use-frame.ts";
import { useKept } from "../hooks/use-kept.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "../ui/input.tsx";
import { Lines } from "../ui/lines.tsx";
import { paintHeading } from "../ui/log-line.ts";
import { paintLog } from "../ui/paint-log.ts";
import { paintReason } from "../ui/paint-reason.ts";
import type { Theme } from "../ui/theme.ts";
import { useTheme } from "../ui/use-theme.ts";

/** At most so often, in ms, new lines reach the screen: a flood drops frames, never lines. */
const frameMs = 60;

type Props = {
  overlay: ViewOverlay;
  title: string;
  /** Called once, when it is first shown. */
  open(): LogFeed;
  /** Whose log it is; none where it is what a program writes. */
  containers?: readonly Container[];
  columns: number;
  rows: number;
  y: number;
  /** What else can be done here; these keys come before those of the log. */
  bindings?(): readonly Bound[];
};

/** Lines as they come: the last ones first, followed, searched and scrolled. */
export function FeedView({ overlay, title, open, containers, columns, rows, y, bindings }: Props) {
  const session = useSession();
  const theme = useTheme();
  const { view, feedBeat, fields } = useKept(overlay, "view", () => {
    const owners = containers && containers.length > 1 ? containers.map(({ name }) => name) : [];
    const view = createLogView(open(), owners);
    const feedBeat = slowBeat([view.feed], session.clock, frameMs);
    return { view, feedBeat, fields: createLogColumns(view) };
  });
  const place: LogPlace = { view, session, ...(containers ? { containers } : {}) };
  useEffect(() => {
    const leaving = new AbortController();
    void view.feed.run(leaving.signal);
    return () => leaving.abort();
  }, [view]);
  useScope({
    name: title,
    depth: depths.view,
    modal: false,
    bindings: () =>
      view.get().picked ? bind(pickKeys, place) : [...(bindings?.() ?? []), ...bind(logKeys, place)],
    text: () => logSearch(place),
    paste: () => searchPasted({ set: view.update }),
  });
  const { typing } = useStore(view);
  const body = rows - (typing ? 2 : 1);
  const lines = useFrame([view, feedBeat, session.busy], () => {
    view.grid = fields.grid({ columns, rows: body });
    const heading = paintHeading(view, { columns, theme });
    const rows = body - heading.length;
    return [
      paintTitle(title, place, { theme, columns }),
      ...heading,
      ...(paintReason(view, { columns, rows, theme }) ??
        paintLog(view, { columns, rows, theme, now: session.clock.now() })),
    ];
  });
  return (
    <>
      <Lines lines={lines} />
      {typing && <TypedLine line={typing} columns={columns} y={y + rows - 1} />}
    </>
  );
}

function paintTitle(
  title: string,
  place: LogPlace,
  { theme, columns }: { theme: Theme; columns: number },
): string {
  const { view } = place;
  const { follow, wrap, search, typing, range, muted, looking } = view.get();
  const feed = view.feed.get();
  const { buffer } = view.feed;
  const lines = buffer.end() - buffer.first();
  const rate = view.feed.rate();
  const saving = savingOf(place);
  const facts = [
    saving ? `… ${saving.label} ${saving.amount}` : "",
    follow || isOver(feed) ? feedWord(feed) : "not following",
    rate >= 1 ? `${Math.round(rate)}/s` : "",
    feed.looked === undefined ? linesWord(lines, view.shown().passing()) : wholeWord(view, feed.looked),
    range === "" ? olderWord(feed, buffer.dropped()) : range,
    feed.newer === "live" ? "" : feed.newer === "loading" ? "fetching newer lines …" : "more below",
    ...hidingFacts(view.get(), `${muted.size} muted`),
    wrap ? "wrapped" : "",
    // What is still being typed is not counted: each letter would look through all lines.
    search === "" || typing ? "" : `/${search} ${foundWord(view.found())}`,
    looking ? lookingWord(looking) : "",
  ];
  const text = ` ${title}  ${facts.filter((fact) => fact !== "").join(" · ")}`;
  return feed.status === "failed" ? theme.paint("bad", fit(text, columns)) : theme.bold(fit(text, columns));
}

function linesWord(kept: number, passing: number | undefined): string {
  const all = kept === 1 ? "1 line" : `${kept} lines`;
  return passing === undefined ? all : `${passing} of ${all}`;
}

/** Of what the filters go through, only what they leave is kept. */
function wholeWord(view: LogView, looked: number): string {
  const { buffer } = view.feed;
  const passing = view.shown().passing() ?? buffer.end() - buffer.first();
  return `${passing} of ${looked} lines`;
}

function lookingWord({ direction, lines }: NonNullable<LogState["looking"]>): string {
  const way = direction < 0 ? "further back" : "further on";
  return lines === 0 ? `searching ${way} …` : `searching ${way}, ${lines} lines …`;
}

function foundWord(found: ReturnType<LogView["found"]>): string {
  if (!found) return "";
  return found.at === undefined ? `(${found.count})` : `(${found.at}/${found.count})`;
}

/** What has ended says how, wherever one reads in it. */
function isOver({ status }: FeedState): boolean {
  return status === "ended" || status === "failed";
}

function feedWord({ status, reason }: FeedState): string {
  if (status === "following") return "following";
  return status === "opening" ? "opening …" : `ended: ${reason?.replace(/\.$/, "") ?? ""}`;
}

function olderWord({ older }: FeedState, dropped: number): string {
  if (older === "loading") return "fetching older lines …";
  if (older === "none") return "from the beginning";
  return dropped > 0 ? "the oldest are not kept" : "";
}
