import type { Detail } from "../docker/detail.ts";
import type { Source } from "../docker/source.ts";
import type { Load } from "../docker/usage.ts";
import type { Searchable } from "../format/find.ts";
import type { Action } from "./action.ts";
import type { Busy, Session } from "./session.ts";

/** What a cell means; the theme decides how it looks, and no tone is the only carrier of its meaning. */
export type Tone = "plain" | "dim" | "good" | "warn" | "bad" | "accent" | "strong";

/** What a row is painted from beside its object. */
export type Look = {
  /** Unix time in ms. */
  now: number;
  details: ReadonlyMap<string, Detail>;
  loads: ReadonlyMap<string, Load>;
  /** Bytes in writable layers, where that column was chosen. */
  sizes: ReadonlyMap<string, number>;
  busy: ReadonlyMap<string, Busy>;
};

/** One column of a list. */
export type Column<Item> = {
  /** Names the searchable field whose hits are highlighted in it, where there is one. */
  id: string;
  title: string;
  /** In display columns. */
  min: number;
  max: number;
  /** The lowest gets room first and goes last. */
  rank: number;
  /** Shown only once one of its cells on the screen says something. */
  optional?: boolean;
  /** Shown only when the person chose it, since finding its values costs the engine something. */
  costly?: boolean;
  /** Takes what the other columns leave, beyond its `max`: a command line. */
  grows?: boolean;
  align?: "right";
  cut?: "middle";
  text(item: Item, look: Look): string;
  tone?(item: Item, look: Look): Tone;
  /** What it sorts by, ascending unless `descending`; undefined comes last. Absent: not sortable. */
  sort?(item: Item, look: Look): string | number | undefined;
  descending?: boolean;
  /** What a heading shows in it, of the objects under it. */
  group?(items: readonly Item[], look: Look): string;
  /** Its values come from samples, so that sorting by it needs one of every running container. */
  sampled?: boolean;
};

/** One kind of Docker object as a screen: what to load, how a row looks, how it is found, what can be done. */
export type ListScreen<Item extends { id: string }> = {
  id: string;
  title: string;
  /** Singular and plural, for counts. */
  noun: readonly [string, string];
  source(session: Session): Source<Item>;
  columns: readonly Column<Item>[];
  /** The column it is sorted by at first. */
  sortedBy: string;
  search(item: Item): Searchable;
  /** What people call it. */
  name(item: Item): string;
  /** Left out by the `a` key; absent where there is nothing to leave out. */
  quiet?: { label: string; is(item: Item): boolean };
  /** The names of the groups an object belongs to, outermost first; none when it stands by itself. */
  groups?(item: Item): readonly string[];
  /** It begins with those headings. */
  grouped?: true;
  /** Outermost groups stand in this order, whatever the list is sorted by. */
  groupOrder?: readonly string[];
  /** Which of those marks can be: what is marked here may need something else to be marked too. Absent: all. */
  marks?: {
    possible(items: readonly Item[], marks: ReadonlySet<string>): ReadonlySet<string>;
    /** Why one cannot be marked; undefined when it can. */
    whyNot(item: Item, items: readonly Item[]): string | undefined;
  };
  /** Its rows need a closer look (inspect, samples) while they are on the screen; `columns` are those shown. */
  watch?(session: Session, items: readonly Item[], columns: readonly Column<Item>[]): void;
  /** Why something is not on the list any more, where that may be for another reason than that it is gone. */
  gone?: string;
  /** Why it cannot be loaded again, where no engine is asked for it. */
  unloadable?: string;
  /** Its rows come in bit by bit: until the person moves the cursor it rests on the first one. */
  fills?: true;
  /** Said where there is nothing. */
  empty: string;
  actions: readonly Action<Item>[];
};
