import type { Binding } from "../../actions/binding.ts";
import type { LogPlace } from "./ask.ts";
import { copyPicked, endPicking, movePick, openLine } from "./pick.ts";
import { askSave } from "./save.ts";

/** The keys while lines of a log are selected; those of the log come back with Esc. */
export const pickKeys: readonly Binding<LogPlace>[] = [
  {
    id: "pick-copy",
    keys: ["y"],
    label: "copy",
    help: "Copy the selected lines to the terminal's clipboard (OSC 52, works over SSH)",
    footer: 1,
    run: copyPicked,
  },
  {
    id: "pick-save",
    keys: ["ctrl+s"],
    label: "save",
    help: "Save the selected lines to a file of this machine",
    footer: 2,
    run: askSave,
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
    id: "pick-end",
    keys: ["esc", "q", "v", "ctrl+c"],
    label: "select nothing",
    help: "Select nothing any more",
    footer: 9,
    run: ({ view }) => endPicking(view),
  },
];
