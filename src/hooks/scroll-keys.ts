import type { Binding } from "../actions/binding.ts";
import { closeOverlay, type Session } from "../actions/session.ts";
import type { Store } from "../docker/store.ts";

/** A page of text on the screen: its first line shown, its lines, and how many of them fit. */
export type ScrollPlace = { top: Store<number>; count: number; page: number; session: Session };

const to =
  (place: (where: ScrollPlace, top: number) => number) =>
  (where: ScrollPlace): void =>
    where.top.set((top) => Math.max(0, Math.min(where.count - where.page, place(where, top))));

/** The keys of every page of text: help, the journal, inspect. */
export const scrollKeys: readonly Binding<ScrollPlace>[] = [
  { id: "text-up", keys: ["up", "k"], label: "up", help: "Scroll up", run: to((_, top) => top - 1) },
  { id: "text-down", keys: ["down", "j"], label: "down", help: "Scroll down", run: to((_, top) => top + 1) },
  {
    id: "text-page-up",
    keys: ["pageup", "ctrl+u"],
    label: "page up",
    help: "Scroll up by a page",
    run: to(({ page }, top) => top - page),
  },
  {
    id: "text-page-down",
    keys: ["pagedown", "ctrl+d", "space"],
    label: "page down",
    help: "Scroll down by a page",
    footer: 3,
    run: to(({ page }, top) => top + page),
  },
  { id: "text-first", keys: ["g", "home"], label: "top", help: "Go to the beginning", run: to(() => 0) },
  { id: "text-last", keys: ["G", "end"], label: "end", help: "Go to the end", run: to(({ count }) => count) },
  {
    id: "text-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Go back",
    footer: 9,
    run: ({ session }) => closeOverlay(session),
  },
];
