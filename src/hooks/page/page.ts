import type { Session } from "../../actions/session.ts";
import { createStore, type Store } from "../../docker/store.ts";
import { plainText } from "../../format/ansi.ts";
import { findAll, type Searching, wanted } from "../search-line.ts";

/** Where a person is in a page of text: the first line shown, and the line of the match gone to last. */
export type PageState = Searching & { top: number; match: number | undefined };

/** A page of text that scrolls and is searched. */
export type TextPage = {
  state: Store<PageState>;
  /** Its lines now; clean, colours allowed. */
  lines: readonly string[];
  /** How many of them fit on the screen. */
  rows: number;
  session: Session;
  /** What it is, for what is said of it: "Inspect web". */
  title: string;
};

/** The beginning of a page. */
export function createPage(): Store<PageState> {
  return createStore<PageState>({ top: 0, match: undefined, typing: undefined, search: "" });
}

/** Scrolls so that a line is the first one, as far as the page goes. */
export function scrollTo({ state, lines, rows }: TextPage, top: number): void {
  const last = Math.max(0, lines.length - rows);
  state.set((before) => ({ ...before, top: Math.max(0, Math.min(last, top)) }));
}

/** The ranges of the search in a line. */
export function hitsIn(line: string, state: PageState): [from: number, to: number][] {
  const text = wanted(state);
  return text === "" ? [] : findAll(plainText(line), text);
}

/** The numbers of the lines that match. */
export function matches({ lines, state }: Pick<TextPage, "lines" | "state">): number[] {
  const now = state.get();
  if (wanted(now) === "") return [];
  return lines.flatMap((line, number) => (hitsIn(line, now).length > 0 ? [number] : []));
}

/** Goes to the next match below (1) or above (-1), around the end; false when nothing matches. */
export function jump(page: TextPage, direction: 1 | -1): boolean {
  const found = matches(page);
  const { top, match } = page.state.get();
  const from = match ?? (direction === 1 ? top - 1 : top);
  const next =
    direction === 1
      ? (found.find((line) => line > from) ?? found[0])
      : (found.findLast((line) => line < from) ?? found.at(-1));
  if (next === undefined) return false;
  page.state.set((before) => ({ ...before, match: next }));
  const seen = next >= top && next < top + page.rows;
  if (!seen) scrollTo(page, next - Math.floor(page.rows / 3));
  return true;
}
