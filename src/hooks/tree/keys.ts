import type { Binding } from "../../actions/binding.ts";
import { copy } from "../../actions/copy.ts";
import { closeOverlay, openOverlay } from "../../actions/overlays.ts";
import { notify, type Session } from "../../actions/session.ts";
import { lineOf } from "../line-editor.ts";
import type { Tree } from "./tree.ts";

/** A tree on the screen; `title` is what it is of. */
export type TreePlace = { tree: Tree; session: Session; title: string; page: number };

const by = (step: (place: TreePlace) => number) => (place: TreePlace) =>
  place.tree.moveTo(place.tree.index() + step(place));

/** Goes on to a match, or says that there is none. */
export function searchTree({ tree, session, title }: TreePlace, direction: 1 | -1): void {
  if (!tree.jump(direction))
    notify(session, "warn", `Nothing in ${title} matches ${tree.state.get().search}.`);
}

const unsearched = ({ tree }: TreePlace) =>
  tree.state.get().search === "" ? "Nothing is searched: / begins." : undefined;
const isLeaf = ({ tree }: TreePlace) =>
  (tree.current()?.children.length ?? 0) > 0 ? undefined : "There is nothing in it.";

function copyOf({ session }: TreePlace, text: string | undefined): void {
  if (text !== undefined) copy(session, text);
}

/** A value of so many characters is seen on its row. */
const shortValue = 40;

/** The keys of everything nested: inspect, changed files. */
export const treeKeys: readonly Binding<TreePlace>[] = [
  {
    id: "tree-search",
    keys: ["/"],
    label: "search",
    help: "Search, also in what is folded; capitals make case matter",
    footer: 1,
    run: ({ tree }) => tree.state.set((before) => ({ ...before, typing: lineOf("") })),
  },
  {
    id: "tree-next",
    keys: ["n"],
    label: "next",
    help: "Go to the next match",
    unavailable: unsearched,
    run: (place) => searchTree(place, 1),
  },
  {
    id: "tree-previous",
    keys: ["N"],
    label: "previous",
    help: "Go to the match before",
    unavailable: unsearched,
    run: (place) => searchTree(place, -1),
  },
  {
    id: "tree-turn",
    keys: ["enter", "space"],
    label: "fold/unfold",
    help: "Unfold what is under the cursor, or fold it",
    footer: 2,
    unavailable: isLeaf,
    run({ tree }) {
      const row = tree.rows()[tree.index()];
      tree.turn(row?.open ? "closed" : "open");
    },
  },
  {
    id: "tree-read",
    keys: ["enter"],
    label: "read",
    help: "Read the whole value under the cursor, wrapped",
    unavailable(place) {
      if (isLeaf(place) === undefined) return "It unfolds.";
      const { value = "" } = place.tree.current() ?? {};
      return value.length > shortValue ? undefined : "All of it stands there.";
    },
    run({ tree, session }) {
      const node = tree.current();
      if (node) openOverlay(session, { kind: "text", title: node.path, text: node.value });
    },
  },
  {
    id: "tree-open",
    keys: ["right", "l"],
    label: "unfold",
    help: "Unfold what is under the cursor",
    unavailable: isLeaf,
    run: ({ tree }) => tree.turn("open"),
  },
  {
    id: "tree-close",
    keys: ["left", "h"],
    label: "fold",
    help: "Fold it, or go to what holds it",
    run: ({ tree }) => tree.turn("closed"),
  },
  {
    id: "tree-all",
    keys: ["z"],
    label: "all",
    help: "Unfold everything, or fold everything",
    footer: 3,
    run: ({ tree }) => tree.turnAll(),
  },
  {
    id: "tree-copy",
    keys: ["y"],
    label: "copy",
    help: "Copy the value under the cursor, with all that is in it",
    footer: 4,
    run: (place) => copyOf(place, place.tree.current()?.value),
  },
  {
    id: "tree-copy-path",
    keys: ["Y"],
    label: "copy path",
    help: "Copy the path to it",
    footer: 5,
    run: (place) => copyOf(place, place.tree.current()?.path),
  },
  { id: "tree-up", keys: ["up", "k"], label: "up", help: "Move up", run: by(() => -1) },
  { id: "tree-down", keys: ["down", "j"], label: "down", help: "Move down", run: by(() => 1) },
  {
    id: "tree-page-up",
    keys: ["pageup", "ctrl+u"],
    label: "page up",
    help: "Move up by a page",
    run: by(({ page }) => -page),
  },
  {
    id: "tree-page-down",
    keys: ["pagedown", "ctrl+d"],
    label: "page down",
    help: "Move down by a page",
    run: by(({ page }) => page),
  },
  {
    id: "tree-first",
    keys: ["g", "home"],
    label: "first",
    help: "Go to the first row",
    run: ({ tree }) => tree.moveTo(0),
  },
  {
    id: "tree-last",
    keys: ["G", "end"],
    label: "last",
    help: "Go to the last row",
    run: ({ tree }) => tree.moveTo(Number.MAX_SAFE_INTEGER),
  },
  {
    id: "tree-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Clear the search, then go back",
    footer: 6.5,
    run({ session, tree }, key) {
      if (key === "esc" && tree.state.get().search !== "")
        tree.state.set((before) => ({ ...before, search: "" }));
      else closeOverlay(session);
    },
  },
];
