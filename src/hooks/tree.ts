import { createStore, type Store } from "../docker/store.ts";
import { findAll, type Searching, wanted } from "./search-line.ts";

/** A part of something nested: an object in JSON, a folder. All text in it is clean. */
export type TreeNode = {
  /** Unique in its tree, and how people write the way to it: ".State.Health", "/etc/nginx". */
  path: string;
  /** Plain text of the row. */
  text: string;
  /** What is copied of it. */
  value: string;
  children: readonly TreeNode[];
};

/** A node on the screen. */
export type TreeRow = { node: TreeNode; level: number; open: boolean };

/** Where a person is in a tree; the cursor is held by path. */
export type TreeState = Searching & { cursor: string; open: ReadonlySet<string> };

/** Something nested as it is looked at. */
export type Tree = {
  state: Store<TreeState>;
  roots: readonly TreeNode[];
  /** The rows that are not folded away. */
  rows(): readonly TreeRow[];
  /** The place of the cursor among the rows. */
  index(): number;
  current(): TreeNode | undefined;
  moveTo(index: number): void;
  /** Opens or closes the node under the cursor; closing what is closed goes up to what holds it. */
  turn(to: "open" | "closed"): void;
  /** Opens everything, or closes it when everything is open. */
  turnAll(): void;
  /** Goes to the next match, opening what it is in; false when there is none. */
  jump(direction: 1 | -1): boolean;
  /** How many nodes match. */
  matches(): number;
};

/** What a tree remembers while its content is loaded anew. */
export function createTreeState(open: readonly string[] = []): Store<TreeState> {
  return createStore<TreeState>({ cursor: "", open: new Set(open), typing: undefined, search: "" });
}

/** A tree over those nodes. */
export function createTree(roots: readonly TreeNode[], state: Store<TreeState>): Tree {
  const all = everyNode(roots);
  const rows = () => openRows(roots, state.get().open, 0);
  const index = () =>
    Math.max(
      0,
      rows().findIndex(({ node }) => node.path === state.get().cursor),
    );
  const put = (change: Partial<TreeState>) => state.set((before) => ({ ...before, ...change }));
  const found = () => {
    const text = wanted(state.get());
    return text === "" ? [] : all.filter(({ node }) => findAll(node.text, text).length > 0);
  };
  const tree: Tree = {
    state,
    roots,
    rows,
    index,
    current: () => rows()[index()]?.node,
    matches: () => found().length,
    moveTo(to) {
      const all = rows();
      put({ cursor: all[Math.max(0, Math.min(all.length - 1, to))]?.node.path ?? "" });
    },
    turn(to) {
      const row = rows()[index()];
      if (!row) return;
      const open = new Set(state.get().open);
      if (to === "open") open.add(row.node.path);
      else if (row.open) open.delete(row.node.path);
      else return put({ cursor: all.find(({ node }) => node === row.node)?.above.at(-1) ?? row.node.path });
      put({ open, cursor: row.node.path });
    },
    turnAll() {
      const inner = all.filter(({ node }) => node.children.length > 0).map(({ node }) => node.path);
      const isOpen = inner.every((path) => state.get().open.has(path));
      const top = tree.current();
      const root = all.find(({ node }) => node === top)?.above[0] ?? top?.path ?? "";
      put(isOpen ? { open: new Set(), cursor: root } : { open: new Set(inner) });
    },
    jump(direction) {
      const at = all.findIndex(({ node }) => node === tree.current());
      const places = found().map((each) => all.indexOf(each));
      const next =
        direction === 1
          ? (places.find((place) => place > at) ?? places[0])
          : (places.findLast((place) => place < at) ?? places.at(-1));
      const to = next === undefined ? undefined : all[next];
      if (!to) return false;
      put({ cursor: to.node.path, open: new Set([...state.get().open, ...to.above]) });
      return true;
    },
  };
  return tree;
}

type Known = { node: TreeNode; above: readonly string[] };

function everyNode(nodes: readonly TreeNode[], above: readonly string[] = []): Known[] {
  return nodes.flatMap((node) => [{ node, above }, ...everyNode(node.children, [...above, node.path])]);
}

function openRows(nodes: readonly TreeNode[], open: ReadonlySet<string>, level: number): TreeRow[] {
  return nodes.flatMap((node) => {
    const isOpen = node.children.length > 0 && open.has(node.path);
    return [{ node, level, open: isOpen }, ...(isOpen ? openRows(node.children, open, level + 1) : [])];
  });
}
