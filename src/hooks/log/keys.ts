import type { Binding } from "../../actions/binding.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import { localTime } from "../../format/local-time.ts";
import { noColumns } from "../../format/log/field-columns.ts";
import { askMuted, type LogPlace } from "./ask.ts";
import { change } from "./change.ts";
import { askFields } from "./columns.ts";
import { findKeys } from "./find-keys.ts";
import { moveKeys, toEnd } from "./move-keys.ts";
import { askPager } from "./take/page.ts";
import { beginPicking, openLine } from "./take/pick.ts";
import { askSave } from "./take/save.ts";
import { savingOf } from "./take/save-whole.ts";
import type { Times } from "./view.ts";

export type { LogPlace } from "./ask.ts";

const after = { both: "out", out: "err", err: "both" } as const;
const timesAfter: Readonly<Record<Times, Times>> = {
  off: "local",
  local: "utc",
  utc: "relative",
  relative: "off",
};

/** The keys of the log view, as pagers and k9s have them. */
export const logKeys: readonly Binding<LogPlace>[] = [
  ...findKeys,
  {
    id: "log-follow",
    keys: ["f"],
    label: "follow",
    help: "Follow new lines, or stop following; scrolling up stops it too",
    footer: 3,
    run: (place) => {
      if (place.view.get().follow) place.view.scroll(0);
      else toEnd(place);
    },
  },
  {
    id: "log-wrap",
    keys: ["w"],
    label: "wrap",
    help: "Wrap long lines, or cut them",
    footer: 4,
    run: change(({ wrap }) => ({ wrap: !wrap, left: 0 })),
  },
  {
    id: "log-raw",
    keys: ["r"],
    label: "raw",
    help: "Show JSON and logfmt lines as they were written, or as time, level, message and fields",
    run: change(({ raw }) => ({ raw: !raw })),
  },
  {
    id: "log-columns",
    keys: ["C"],
    label: "columns",
    help: "Choose which fields of JSON and logfmt lines are shown as columns, and in which order",
    unavailable: (place) =>
      place.view.get().raw ? "Lines are shown as they were written: r shows their fields." : isEmpty(place),
    run: askFields,
  },
  {
    id: "log-stamps",
    keys: ["T"],
    label: "times",
    help: "Show the time of each line: local, UTC, how long ago, or not at all",
    footer: 5,
    run: change(({ times }) => ({ times: timesAfter[times] })),
  },
  {
    id: "log-streams",
    keys: ["S"],
    label: "streams",
    help: "Show stdout, stderr or both; stderr lines carry a ! in front",
    footer: 6,
    run: change(({ streams }) => ({ streams: after[streams] })),
  },
  ...moveKeys,
  {
    id: "log-select",
    keys: ["v"],
    label: "select",
    help: "Select lines with the keyboard, to copy or save them",
    footer: 7,
    unavailable: isEmpty,
    run: ({ view }) => beginPicking(view),
  },
  {
    id: "log-open",
    keys: ["enter"],
    label: "open line",
    help: "Open the line that was jumped to, or the last or first one on the screen: JSON as a tree, else whole",
    unavailable: isEmpty,
    run: openLine,
  },
  {
    id: "log-save",
    keys: ["ctrl+s"],
    label: "save",
    help: "Save the kept lines, those that are shown or all, or the whole log to a file of this machine",
    unavailable: unsavable,
    run: askSave,
  },
  {
    id: "log-cancel",
    keys: ["x"],
    label: "cancel",
    help: "Cancel saving the whole log; nothing of it is left behind",
    footer: 0,
    unavailable: (place) => (savingOf(place) ? undefined : "The log is not being saved."),
    run: (place) => savingOf(place)?.cancel(),
  },
  {
    id: "log-pager",
    keys: ["|"],
    label: "pager",
    help: "Open the kept lines or the whole log in $PAGER, else in less -R, read on as you page",
    unavailable: ({ containers, ...place }) => (containers ? undefined : isEmpty(place)),
    run: askPager,
  },
  {
    id: "log-mark",
    keys: ["m"],
    label: "mark",
    help: "Put a mark with the time below the last line",
    unavailable: ({ view }) =>
      view.feed.get().newer === "live" ? undefined : "The end is not here: G goes there.",
    run({ view, session }) {
      const stamp = new Date(session.clock.now()).toISOString();
      const text = `──── ${localTime(session.clock.now(), "second")} ────`;
      view.feed.buffer.append([{ stamp, stream: "out", text, remark: true }]);
      view.update((state) => ({ ...state }));
    },
  },
  {
    id: "log-mute",
    keys: ["M"],
    label: "mute",
    help: "Choose whose lines are shown, where several logs are read as one",
    unavailable: ({ view }) => (view.owners.length > 1 ? undefined : "There is one log only."),
    run: askMuted,
  },
  {
    id: "log-clear",
    keys: ["c"],
    label: "clear",
    help: "Clear what is shown; new lines go on below",
    run({ view }) {
      const { places, buffer } = view.feed;
      if (places) places.clear();
      else buffer.clear();
      view.update((state) => ({ ...state, follow: true }));
    },
  },
  {
    id: "log-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "End a search that is under way, then clear the search, the filters, the columns, then go back to the list",
    footer: 9,
    run({ view, session }, key) {
      const { search, filters, looking, columns } = view.get();
      if (looking) looking.cancel();
      else if (key === "esc" && search !== "")
        view.update((state) => ({ ...state, search: "", at: undefined }));
      else if (key === "esc" && filters.length > 0)
        view.update((state) => ({ ...state, filters: [], whole: false }));
      else if (key === "esc" && columns.fields.length > 0)
        view.update((state) => ({ ...state, columns: noColumns }));
      else closeOverlay(session);
    },
  },
];

/** Of a log the engine may have lines though none are kept. */
function unsavable(place: LogPlace): string | undefined {
  if (savingOf(place)) return "It is being saved already: x cancels.";
  return place.containers ? undefined : isEmpty(place);
}

function isEmpty({ view }: LogPlace): string | undefined {
  return view.feed.buffer.end() > view.feed.buffer.first() ? undefined : "There is no line yet.";
}
