import type { LogFeed } from "../../docker/log-buffer.ts";
import { createStore, type Readable, type Store } from "../../docker/store.ts";
import { logText, plainText } from "../../format/ansi.ts";
import { findAll, type Searching, wanted } from "../search-line.ts";

/** How a person reads a log. */
export type LogState = Searching & {
  follow: boolean;
  wrap: boolean;
  stamps: boolean;
  streams: "both" | "out" | "err";
  /** The number of the line at the top when not following. */
  top: number;
  /** Columns scrolled to the right when lines are not wrapped. */
  left: number;
};

/** A log as it is read: the feed and where in it the person is. */
export type LogView = Readable<LogState> & {
  feed: LogFeed;
  /** Whose lines it holds, where several logs are read as one. */
  owners: readonly string[];
  update: Store<LogState>["set"];
  /** The line's text with its colours and nothing else; what else it held is visible. */
  text(number: number): string;
  /** Whether a line is shown at all (stdout, stderr or both). */
  shows(number: number): boolean;
  /** Ranges of the search in a line's plain text. */
  hits(number: number): [from: number, to: number][];
  /** Moves by so many lines; at the upper end older lines are fetched. */
  scroll(lines: number): void;
  /** Goes to the next line that matches, downwards or upwards; false when there is none among the kept lines. */
  jump(direction: 1 | -1): boolean;
  /** How many lines the last painting showed; set by the painter. */
  page: number;
  /** The number of the top line when the end of the log is on the screen; set by the painter. */
  lastTop(): number;
};

/** A view of that feed, following its end. */
export function createLogView(feed: LogFeed, owners: readonly string[] = []): LogView {
  const state = createStore<LogState>({
    follow: true,
    wrap: false,
    stamps: false,
    streams: "both",
    top: 0,
    left: 0,
    typing: undefined,
    search: "",
  });
  const { buffer } = feed;
  const shows = (number: number) => {
    const { streams } = state.get();
    return streams === "both" || buffer.get(number)?.stream === streams;
  };
  const text = (number: number) => logText(buffer.get(number)?.text ?? "");

  /** The number of the line so many shown lines away, as far as there are any. */
  function step(from: number, lines: number): number {
    const direction = Math.sign(lines);
    let at = from;
    for (let left = Math.abs(lines); left > 0; ) {
      const next = at + direction;
      if (next < buffer.first() || next >= buffer.end()) break;
      at = next;
      if (shows(at)) left -= 1;
    }
    return at;
  }

  const view: LogView = {
    get: state.get,
    subscribe: state.subscribe,
    update: state.set,
    feed,
    owners,
    page: 1,
    lastTop: () => step(buffer.end(), -1),
    text,
    shows,
    hits(number) {
      const sought = wanted(state.get());
      return sought === "" ? [] : findAll(plainText(text(number)), sought);
    },
    scroll(lines) {
      const lastTop = view.lastTop();
      const from = state.get().follow ? lastTop : Math.min(state.get().top, lastTop);
      const to = step(from, lines);
      const follow = lines > 0 && to >= lastTop;
      state.set((before) => ({ ...before, follow, top: to }));
      if (lines < 0 && to - buffer.first() < view.page) feed.loadOlder();
    },
    jump(direction) {
      const { follow, top } = state.get();
      const from = follow ? buffer.end() : top;
      for (let at = from + direction; at >= buffer.first() && at < buffer.end(); at += direction) {
        if (!shows(at) || view.hits(at).length === 0) continue;
        state.set((before) => ({ ...before, follow: false, top: at }));
        return true;
      }
      return false;
    },
  };
  return view;
}
