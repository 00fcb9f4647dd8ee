import type { Binding } from "../../actions/binding.ts";
import { askColumns } from "./column-choice.ts";
import {
  busyTargets,
  clear,
  copyNames,
  fold,
  groupAround,
  sortNext,
  startFinding,
  toggleAll,
  toggleGroups,
  toggleMark,
} from "./edits.ts";
import type { AnyList } from "./list.ts";

/** A list and how many rows of it are on the screen. */
export type ListPlace = { list: AnyList; page(): number };

/** The keys that are the same in every list. */
export const listKeys: readonly Binding<ListPlace>[] = [
  {
    id: "find",
    keys: ["/"],
    label: "find",
    help: "Find: fuzzy words over name, id, image, state and labels; name: label: health: … are exact, ! negates",
    footer: 3,
    run: ({ list }) => startFinding(list),
  },
  {
    id: "up",
    keys: ["up", "k"],
    label: "up",
    help: "Move up",
    run: ({ list }) => list.move(-1),
  },
  {
    id: "down",
    keys: ["down", "j"],
    label: "down",
    help: "Move down",
    run: ({ list }) => list.move(1),
  },
  {
    id: "first",
    keys: ["g", "home"],
    label: "first",
    help: "Go to the first row",
    run: ({ list }) => list.moveTo(0),
  },
  {
    id: "last",
    keys: ["G", "end"],
    label: "last",
    help: "Go to the last row",
    run: ({ list }) => list.moveTo(Number.MAX_SAFE_INTEGER),
  },
  {
    id: "page-up",
    keys: ["pageup", "ctrl+u"],
    label: "page up",
    help: "Move up by a page",
    run: ({ list, page }) => list.move(-page()),
  },
  {
    id: "page-down",
    keys: ["pagedown", "ctrl+d"],
    label: "page down",
    help: "Move down by a page",
    run: ({ list, page }) => list.move(page()),
  },
  {
    id: "mark",
    keys: ["space"],
    label: "mark",
    help: "Mark the row, and go on to the next: actions then apply to the marked rows",
    footer: 60,
    unavailable: ({ list }) => (list.screen.marks ? "Space ticks here." : undefined),
    run: ({ list }) => toggleMark(list),
  },
  {
    id: "tick",
    keys: ["space"],
    label: "tick",
    help: "In the clean-up plan: tick what shall go, or untick it with what needs it; on a heading all that can go",
    footer: 1.5,
    unavailable: ({ list }) => (list.screen.marks ? undefined : "Space marks here."),
    run: ({ list }) => toggleMark(list),
  },
  {
    id: "mark-all",
    keys: ["*"],
    label: "mark all",
    help: "Mark all rows that are shown, or unmark them when all are marked",
    run: ({ list }) => toggleAll(list),
  },
  {
    id: "sort",
    keys: ["o"],
    label: "sort",
    help: "Sort by the next column",
    run: ({ list }) => sortNext(list),
  },
  {
    id: "reverse",
    keys: ["O"],
    label: "reverse",
    help: "Reverse the order",
    run: ({ list }) =>
      list.update((state) => ({ ...state, sort: { ...state.sort, reversed: !state.sort.reversed } })),
  },
  {
    id: "group",
    keys: ["b"],
    label: "group",
    help: "Put containers under their compose projects and services, the clean-up plan under its kinds; on a heading, keys act on all of it",
    unavailable: ({ list }) => (list.screen.groups ? undefined : "There are no groups here."),
    run: ({ list }) => toggleGroups(list),
  },
  {
    id: "fold",
    keys: ["enter"],
    label: "fold",
    help: "On a heading: fold or unfold it",
    footer: 0,
    unavailable({ list }) {
      if (list.screen.marks) return "← and → fold here.";
      return list.currentGroup() ? undefined : "It is no heading.";
    },
    run: ({ list }) => fold(list, "toggle"),
  },
  {
    id: "fold-left",
    keys: ["left"],
    label: "fold",
    help: "Fold the group the cursor is in",
    unavailable: ({ list }) =>
      list.currentGroup() || groupAround(list) ? undefined : "There is nothing to fold.",
    run: ({ list }) => fold(list, "fold"),
  },
  {
    id: "unfold-right",
    keys: ["right"],
    label: "unfold",
    help: "Unfold the heading under the cursor",
    unavailable: ({ list }) => (list.currentGroup() ? undefined : "There is nothing to unfold."),
    run: ({ list }) => fold(list, "unfold"),
  },
  {
    id: "columns",
    keys: ["C"],
    label: "columns",
    help: "Choose the columns",
    run: ({ list }) => askColumns(list),
  },
  {
    id: "running-only",
    keys: ["a"],
    label: "all/running",
    help: "Show all, or only running containers, tagged images, named volumes",
    unavailable: ({ list }) => (list.screen.quiet ? undefined : "There is nothing to leave out here."),
    run: ({ list }) => list.update((state) => ({ ...state, hidesQuiet: !state.hidesQuiet })),
  },
  {
    id: "copy",
    keys: ["y"],
    label: "copy",
    help: "Copy the name, or those of the marked rows, to the terminal's clipboard (by tmux or OSC 52, works over SSH)",
    unavailable: ({ list }) => (list.current() ? undefined : "There is nothing to copy."),
    run: ({ list }) => copyNames(list),
  },
  {
    id: "reload",
    keys: ["ctrl+r"],
    label: "reload",
    help: "Load the list again (it follows the engine by itself)",
    unavailable: ({ list }) => list.screen.unloadable,
    run: ({ list }) => list.source.refresh(undefined),
  },
  {
    id: "cancel",
    keys: ["x"],
    label: "stop waiting",
    help: "Stop waiting for what is being done to the row or the marked; the engine may still carry it out",
    footer: 0,
    unavailable: ({ list }) => (busyTargets(list).length > 0 ? undefined : "Nothing is being done to it."),
    run: ({ list }) => {
      for (const { cancel } of busyTargets(list)) cancel();
    },
  },
  {
    id: "clear",
    keys: ["esc"],
    label: "clear",
    help: "Clear the query, then the marks",
    unavailable: ({ list }) =>
      list.get().query.text === "" && list.get().marks.size === 0 ? "There is nothing to clear." : undefined,
    run: ({ list }) => clear(list),
  },
];
