import type { Binding } from "../../../actions/binding.ts";
import type { LogPlace } from "../ask.ts";
import { copyPicked } from "./copy.ts";
import { endPicking, movePick, openLine, swapEnds } from "./pick.ts";
import { pickLines, pickToEdge, pickWord } from "./pick-words.ts";
import { askSavePicked } from "./save.ts";

/** The keys while lines or words of a log are selected; those of the log come back with Esc. */
export const pickKeys: readonly Binding<LogPlace>[] = [
  {
    id: "pick-copy",
    keys: ["y"],
    label: "copy",
    help: "Copy what is selected to the terminal's clipboard (by tmux or OSC 52, works over SSH), or save it where it is too much",
    footer: 1,
    run: copyPicked,
  },
  {
    id: "pick-save",
    keys: ["ctrl+s"],
    label: "save",
    help: "Save what is selected to a file of this machine",
    footer: 2,
    run: (place) => askSavePicked(place),
  },
  {
    id: "pick-open",
    keys: ["enter"],
    label: "open",
    help: "Open the line at the selection's end: JSON as a tree, anything else whole and wrapped",
    footer: 4,
    run: openLine,
  },
  {
    id: "pick-down",
    keys: ["down", "j"],
    label: "further",
    help: "Select a line more downwards",
    footer: 3,
    run: ({ view }) => movePick(view, 1),
  },
  {
    id: "pick-up",
    keys: ["up", "k"],
    label: "back",
    help: "Select a line more upwards, or a line less",
    run: ({ view }) => movePick(view, -1),
  },
  {
    id: "pick-page-down",
    keys: ["pagedown", "ctrl+d", "ctrl+f", "space"],
    label: "a page further",
    help: "Select a page more downwards",
    run: ({ view }) => movePick(view, view.page),
  },
  {
    id: "pick-page-up",
    keys: ["pageup", "ctrl+u", "ctrl+b"],
    label: "a page back",
    help: "Select a page more upwards",
    run: ({ view }) => movePick(view, -view.page),
  },
  {
    id: "pick-first",
    keys: ["g", "home"],
    label: "to the first",
    help: "Select up to the first kept line",
    run: ({ view }) => movePick(view, -view.feed.buffer.end() + view.feed.buffer.first()),
  },
  {
    id: "pick-last",
    keys: ["G", "end"],
    label: "to the last",
    help: "Select down to the last kept line",
    run: ({ view }) => movePick(view, view.feed.buffer.end() - view.feed.buffer.first()),
  },
  {
    id: "pick-next-word",
    keys: ["right", "l"],
    label: "a word",
    help: "Select the next word alone; from whole lines the first one of the line at the selection's end",
    footer: 2.5,
    run: ({ view }) => pickWord(view, 1, "alone"),
  },
  {
    id: "pick-word-before",
    keys: ["left", "h"],
    label: "word before",
    help: "Select the word before alone; from whole lines the last one of the line at the selection's end",
    run: ({ view }) => pickWord(view, -1, "alone"),
  },
  {
    id: "pick-more-words",
    keys: ["w"],
    label: "more words",
    help: "Select up to the next word too, also over lines",
    footer: 3.5,
    run: ({ view }) => pickWord(view, 1, "more"),
  },
  {
    id: "pick-less-words",
    keys: ["b"],
    label: "words back",
    help: "Select up to the word before, or a word less",
    run: ({ view }) => pickWord(view, -1, "more"),
  },
  {
    id: "pick-to-first-word",
    keys: ["^"],
    label: "first word",
    help: "Select up to the first word of the line",
    run: ({ view }) => pickToEdge(view, "first"),
  },
  {
    id: "pick-to-last-word",
    keys: ["$"],
    label: "last word",
    help: "Select up to the last word of the line",
    run: ({ view }) => pickToEdge(view, "last"),
  },
  {
    id: "pick-lines",
    keys: ["V"],
    label: "whole lines",
    help: "Select whole lines again; they are taken as they were written, words as they are shown",
    footer: 5,
    unavailable: ({ view }) =>
      view.get().picked?.words ? undefined : "Whole lines are selected: → selects words.",
    run: ({ view }) => pickLines(view),
  },
  {
    id: "pick-other-end",
    keys: ["o"],
    label: "other end",
    help: "Go on at the other end of the selection",
    run: ({ view }) => swapEnds(view),
  },
  {
    id: "pick-end",
    keys: ["esc", "q", "v", "ctrl+c"],
    label: "select nothing",
    help: "Select nothing any more",
    footer: 9,
    run: ({ view }) => endPicking(view),
  },
];
