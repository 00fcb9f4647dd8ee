import type { LogFeed } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { createStore, type Readable, type Store } from "../../docker/store.ts";
import { logText } from "../../format/ansi.ts";
import { type FieldChoice, type FieldGrid, noColumns } from "../../format/log/field-columns.ts";
import { type Level, levelOf } from "../../format/log/level.ts";
import { plainLine } from "../../format/log/plain-line.ts";
import { readStructure, type Structured } from "../../format/log/structure.ts";
import { memo } from "../memo.ts";
import type { Searching } from "../search-line.ts";
import { createFinder } from "./finder.ts";
import { kept } from "./kept.ts";
import { createShown, type Hiding, nothingHidden, type Shown } from "./shown.ts";
import type { Picked } from "./take/picked.ts";
import { followFilters } from "./whole.ts";

/** How times of lines are told. */
export type Times = "off" | "local" | "utc" | "relative";

/** How a person reads a log. */
export type LogState = Searching &
  Hiding & {
    follow: boolean;
    wrap: boolean;
    /** JSON and logfmt lines as they were written. */
    raw: boolean;
    times: Times;
    /** Fields of JSON and logfmt lines that are columns. */
    columns: FieldChoice;
    /** The number of the line at the top when not following, and how many of its rows are scrolled past. */
    top: number;
    row: number;
    /** Columns scrolled to the right when lines are not wrapped. */
    left: number;
    /** The line that was jumped to. */
    at: number | undefined;
    /** What is being selected. */
    picked: Picked | undefined;
    /** What it keeps to, "last hour", and since when (unix ms); "" is all. */
    range: string;
    since: number | undefined;
    /** The filters go through the whole log, or range, not only through what is kept of it. */
    whole: boolean;
    /** A search beyond what is kept that is under way: how many lines it looked through, and what ends it. */
    looking: { direction: 1 | -1; lines: number; cancel(): void } | undefined;
  };

/** A log as it is read: the feed and where in it the person is. */
export type LogView = Readable<LogState> & {
  feed: LogFeed;
  /** Whose lines it holds, where several logs are read as one. */
  owners: readonly string[];
  update: Store<LogState>["set"];
  /** The line's text with its colours and nothing else; what else it held is visible. */
  text(number: number): string;
  level(number: number): Level | undefined;
  /** Which lines are shown at all. */
  shown(): Shown;
  /** The line as its fields, where it is JSON or logfmt and is not shown raw. */
  structure(number: number): Structured | undefined;
  /** Ranges of what is searched for in a plain text. */
  hits(plain: string): [from: number, to: number][];
  /** How many shown lines match, and which of them, from 1, was jumped to; undefined while nothing is searched. */
  found(): { count: number; at: number | undefined } | undefined;
  /** Why what is searched for will not do; undefined when it will. */
  fault(): string | undefined;
  /** Moves by so many rows; at the ends more lines are fetched. */
  scroll(rows: number): void;
  /** Whether a line that is not kept is what is looked for. */
  wants(line: LogLine, what: "match" | "error"): boolean;
  /** Goes to the next shown line that matches, downwards or upwards; false when there is none among the kept ones. */
  jump(direction: 1 | -1, to?: "match" | "error"): boolean;
  /** How many lines the last painting showed; set by the painter. */
  page: number;
  /** The columns in which lines with fields are painted, if they are; set by the painter. */
  grid: FieldGrid | undefined;
  /** Where the view stands when the end of the log is on the screen; set by the painter. */
  rest(): Spot;
  /** The spot so many rows further down or up; set by the painter, which knows how lines wrap. */
  move(from: Spot, rows: number): Spot;
  /** In which row of its line a part of it begins, and how far to the right it is to be seen; set by the painter. */
  sight(number: number, part: readonly [from: number, to: number]): { row: number; left: number };
};

/** A row of a log: the number of its line, and the how manieth of its rows. */
export type Spot = { top: number; row: number };

/** So many pages before an end more lines are fetched: a held key moves a page each 33 ms. */
const pagesAhead = 10;

/** A view of that feed, following its end. */
export function createLogView(feed: LogFeed, owners: readonly string[] = []): LogView {
  const state = createStore<LogState>({
    ...nothingHidden,
    ...{
      follow: true,
      wrap: false,
      raw: false,
      times: "off",
      top: 0,
      row: 0,
      left: 0,
      at: undefined,
      picked: undefined,
      range: "",
      since: undefined,
      whole: false,
      looking: undefined,
    },
    ...{ columns: noColumns, typing: undefined, search: "" },
  });
  const { buffer } = feed;
  const plain = (line: LogLine) => plainLine(line.text);
  state.subscribe(() => feed.places?.hold(!state.get().follow));
  followFilters(feed, state, plain);
  const level = kept(buffer, (line) => levelOf(plain(line)));
  const structures = kept(buffer, (line) => readStructure(plain(line)));
  const shown = memo(
    () => {
      const { streams, filters, context, muted } = state.get();
      return [streams, filters, context, muted];
    },
    () => createShown(buffer, state.get(), plain),
  );

  const view: LogView = {
    get: state.get,
    subscribe: state.subscribe,
    update: state.set,
    ...{ feed, owners, level, shown, page: 1, grid: undefined },
    rest: () => ({ top: shown().step(buffer.end(), -1), row: 0 }),
    move: ({ top }, rows) => ({ top: shown().step(top, rows), row: 0 }),
    sight: () => ({ row: 0, left: state.get().left }),
    text: (number) => logText(buffer.get(number)?.text ?? ""),
    structure: (number) => (state.get().raw ? undefined : structures(number)),
    ...createFinder({ buffer, state, shown, plain, level }),
    scroll(rows) {
      const rest = view.rest();
      const from = state.get().follow ? rest : earlier(state.get(), rest);
      const to = view.move(from, rows);
      const follow = rows > 0 && !isBefore(to, rest) && feed.get().newer === "live";
      state.set((before) => ({ ...before, follow, ...earlier(to, rest) }));
      if (rows < 0 && to.top - buffer.first() < pagesAhead * view.page) feed.loadOlder();
      if (rows > 0 && buffer.end() - to.top < pagesAhead * view.page) feed.loadNewer();
    },
  };
  return view;
}

/** Whether one row comes before another. */
export function isBefore(one: Spot, other: Spot): boolean {
  return one.top < other.top || (one.top === other.top && one.row < other.row);
}

function earlier(one: Spot, other: Spot): Spot {
  const { top, row } = isBefore(one, other) ? one : other;
  return { top, row };
}
