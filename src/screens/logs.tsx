import { useEffect } from "react";
import { bind } from "../actions/binding.ts";
import type { Overlay } from "../actions/session.ts";
import type { Container } from "../docker/containers.ts";
import { fit } from "../format/fit.ts";
import { createLogFeed, type FeedState } from "../hooks/log-feed.ts";
import { type LogPlace, logKeys, logSearch } from "../hooks/log-keys.ts";
import { createLogView, type LogView } from "../hooks/log-view.ts";
import { type Beat, useFrame } from "../hooks/use-frame.ts";
import { useKept } from "../hooks/use-kept.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "../ui/input.tsx";
import { Lines } from "../ui/lines.tsx";
import { paintLog } from "../ui/paint-log.ts";
import type { Theme } from "../ui/theme.ts";
import { useTheme } from "../ui/use-theme.ts";

/** At most so often, in ms, new lines reach the screen: a flood drops frames, never lines. */
const frameMs = 60;

type Props = { overlay: Extract<Overlay, { kind: "logs" }>; columns: number; rows: number; y: number };

/** The log of one container: the last lines first, then as they come. */
export function Logs({ overlay, columns, rows, y }: Props) {
  const { container } = overlay;
  const session = useSession();
  const theme = useTheme();
  const { view, feedBeat } = useKept(overlay, "view", () => {
    const view = createLogView(createLogFeed(session, container));
    return { view, feedBeat: slowed(view.feed, session.clock) };
  });
  const place: LogPlace = { view, session };
  useEffect(() => {
    const leaving = new AbortController();
    void view.feed.run(leaving.signal);
    return () => leaving.abort();
  }, [view]);
  useScope({
    name: "logs",
    depth: depths.view,
    modal: false,
    bindings: () => bind(logKeys, place),
    text: () => logSearch(place),
  });
  const { typing } = useStore(view);
  const body = rows - (typing ? 2 : 1);
  const lines = useFrame([view, feedBeat], () => [
    paintTitle(container, view, { theme, columns }),
    ...paintLog(view, { columns, rows: body, theme }),
  ]);
  return (
    <>
      <Lines lines={lines} />
      {typing && <TypedLine line={typing} columns={columns} y={y + rows - 1} />}
    </>
  );
}

function slowed(feed: LogView["feed"], clock: { after(ms: number, run: () => void): () => void }): Beat {
  return {
    subscribe(listener) {
      let cancel: (() => void) | undefined;
      const stop = feed.subscribe(() => {
        cancel ??= clock.after(frameMs, () => {
          cancel = undefined;
          listener();
        });
      });
      return () => {
        stop();
        cancel?.();
      };
    },
  };
}

function paintTitle(
  { name }: Container,
  view: LogView,
  { theme, columns }: { theme: Theme; columns: number },
): string {
  const { follow, streams, wrap, search } = view.get();
  const feed = view.feed.get();
  const { buffer } = view.feed;
  const facts = [
    follow ? feedWord(feed) : "not following",
    `${buffer.end() - buffer.first()} lines`,
    olderWord(feed, buffer.dropped()),
    streams === "both" ? "" : streams === "out" ? "stdout only" : "stderr only",
    wrap ? "wrapped" : "",
    search === "" ? "" : `/${search}`,
  ];
  const text = ` Logs ${name}  ${facts.filter((fact) => fact !== "").join(" · ")}`;
  return feed.status === "failed" ? theme.paint("bad", fit(text, columns)) : theme.bold(fit(text, columns));
}

function feedWord({ status, reason }: FeedState): string {
  if (status === "following") return "following";
  return status === "opening" ? "opening …" : `ended: ${reason ?? ""}`;
}

function olderWord({ older }: FeedState, dropped: number): string {
  if (older === "loading") return "fetching older lines …";
  if (older === "full" || dropped > 0) return "the oldest are not kept";
  return older === "none" ? "from the beginning" : "";
}
