import type { Binding } from "../../actions/binding.ts";
import { copy } from "../../actions/copy.ts";
import { closeOverlay } from "../../actions/overlays.ts";
import { notify } from "../../actions/session.ts";
import { plainText } from "../../format/ansi.ts";
import { lineOf } from "../line-editor.ts";
import { jump, scrollTo, type TextPage } from "./page.ts";

const by = (step: (page: TextPage) => number) => (page: TextPage) =>
  scrollTo(page, page.state.get().top + step(page));

/** Goes on to a match, or says that there is none. */
export function search(page: TextPage, direction: 1 | -1): void {
  if (!jump(page, direction))
    notify(page.session, "warn", `Nothing in ${page.title} matches ${page.state.get().search}.`);
}

const unsearched = ({ state }: TextPage) =>
  state.get().search === "" ? "Nothing is searched: / begins." : undefined;

/** The keys of every page of text: details, help, an entry of the journal, files. */
export const scrollKeys: readonly Binding<TextPage>[] = [
  {
    id: "text-search",
    keys: ["/"],
    label: "search",
    help: "Search this page; capitals make case matter",
    footer: 62,
    run: ({ state }) => state.set((before) => ({ ...before, typing: lineOf(""), match: undefined })),
  },
  {
    id: "text-next",
    keys: ["n"],
    label: "next",
    help: "Go to the next match",
    unavailable: unsearched,
    run: (page) => search(page, 1),
  },
  {
    id: "text-previous",
    keys: ["N"],
    label: "previous",
    help: "Go to the match before",
    unavailable: unsearched,
    run: (page) => search(page, -1),
  },
  { id: "text-up", keys: ["up", "k"], label: "up", help: "Scroll up", run: by(() => -1) },
  { id: "text-down", keys: ["down", "j"], label: "down", help: "Scroll down", run: by(() => 1) },
  {
    id: "text-page-up",
    keys: ["pageup", "ctrl+u"],
    label: "page up",
    help: "Scroll up by a page",
    run: by(({ rows }) => -rows),
  },
  {
    id: "text-page-down",
    keys: ["pagedown", "ctrl+d", "space"],
    label: "page down",
    help: "Scroll down by a page",
    footer: 60,
    run: by(({ rows }) => rows),
  },
  {
    id: "text-first",
    keys: ["g", "home"],
    label: "top",
    help: "Go to the beginning",
    run: (page) => scrollTo(page, 0),
  },
  {
    id: "text-last",
    keys: ["G", "end"],
    label: "end",
    help: "Go to the end",
    run: (page) => scrollTo(page, page.lines.length),
  },
  {
    id: "text-copy",
    keys: ["y"],
    label: "copy",
    help: "Copy the whole page to the terminal's clipboard",
    run({ session, lines, title }) {
      copy(session, lines.map(plainText).join("\n"), `${title}, ${lines.length} lines,`);
    },
  },
  {
    id: "text-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Clear the search, then go back",
    footer: 6.5,
    run({ session, state }, key) {
      if (key === "esc" && state.get().search !== "")
        state.set((before) => ({ ...before, search: "", match: undefined }));
      else closeOverlay(session);
    },
  },
];
