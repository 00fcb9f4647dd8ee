import type { Tone } from "../../actions/list-screen.ts";
import { createStore, type Store } from "../../docker/store.ts";
import { memo } from "../memo.ts";
import { findAll, type Searching, wanted } from "../search-line.ts";

/** A part of something nested: an object in JSON, a folder. All text in it is clean. */
export type TreeNode = {
  /** Unique in its tree, and how people write the way to it: ".State.Health", "/etc/nginx". */
  path: string;
  /** Plain text of the row. */
  text: string;
  /** How it looks; folders are strong otherwise. */
  tone?: Tone;
  /** What is copied of it; may be computed when it is asked for. */
  readonly value: string;
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
  /** The rows that are not folded away; the same array until something is folded or unfolded. */
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
  const all = memo(
    () => [],
    () => everyNode(roots),
  );
  const places = memo(
    () => [],
    () => new Map(all().map(({ node }, place) => [node, place])),
  );
  const rows = memo(
    () => [state.get().open],
    () => openRows(roots, state.get().open),
  );
  const index = memo(
    () => [rows(), state.get().cursor],
    () =>
      Math.max(
        0,
        rows().findIndex(({ node }) => node.path === state.get().cursor),
      ),
  );
  /** The places of the matches among all nodes, in order. */
  const found = memo(
    () => [wanted(state.get())],
    () => {
      const text = wanted(state.get());
      if (text === "") return [];
      return all().flatMap(({ node }, place) => (findAll(node.text, text).length > 0 ? [place] : []));
    },
  );
  const put = (change: Partial<TreeState>) => state.set((before) => ({ ...before, ...change }));
  const knownOf = (node: TreeNode | undefined) => (node ? all()[places().get(node) ?? -1] : undefined);
  const tree: Tree = {
    state,
    roots,
    rows,
    index,
    current: () => rows()[index()]?.node,
    matches: () => found().length,
    moveTo(to) {
      const last = rows().length - 1;
      put({ cursor: rows()[Math.max(0, Math.min(last, to))]?.node.path ?? "" });
    },
    turn(to) {
      const row = rows()[index()];
      if (!row) return;
      const open = new Set(state.get().open);
      if (to === "open") open.add(row.node.path);
      else if (row.open) open.delete(row.node.path);
      else return put({ cursor: knownOf(row.node)?.above.at(-1) ?? row.node.path });
      put({ open, cursor: row.node.path });
    },
    turnAll() {
      const inner = all()
        .filter(({ node }) => node.children.length > 0)
        .map(({ node }) => node.path);
      const isOpen = inner.every((path) => state.get().open.has(path));
      const top = tree.current();
      const root = knownOf(top)?.above[0] ?? top?.path ?? "";
      put(isOpen ? { open: new Set(), cursor: root } : { open: new Set(inner) });
    },
    jump(direction) {
      const top = tree.current();
      const at = top ? (places().get(top) ?? -1) : -1;
      const next =
        direction === 1
          ? (found().find((place) => place > at) ?? found()[0])
          : (found().findLast((place) => place < at) ?? found().at(-1));
      const to = next === undefined ? undefined : all()[next];
      if (!to) return false;
      put({ cursor: to.node.path, open: new Set([...state.get().open, ...to.above]) });
      return true;
    },
  };
  return tree;
}

type Known = { node: TreeNode; above: readonly string[] };

function everyNode(roots: readonly TreeNode[]): Known[] {
  const all: Known[] = [];
  const add = (nodes: readonly TreeNode[], above: readonly string[]) => {
    for (const node of nodes) {
      all.push({ node, above });
      if (node.children.length > 0) add(node.children, [...above, node.path]);
    }
  };
  add(roots, []);
  return all;
}

function openRows(roots: readonly TreeNode[], open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly TreeNode[], level: number) => {
    for (const node of nodes) {
      const isOpen = node.children.length > 0 && open.has(node.path);
      rows.push({ node, level, open: isOpen });
      if (isOpen) add(node.children, level + 1);
    }
  };
  add(roots, 0);
  return rows;
}
