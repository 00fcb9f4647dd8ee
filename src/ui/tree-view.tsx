import { useState } from "react";
import { type Bound, bind } from "../actions/binding.ts";
import { highlight } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { findAll, searchPasted, searchTarget, wanted } from "../hooks/search-line.ts";
import { searchTree, type TreePlace, treeKeys } from "../hooks/tree/keys.ts";
import type { Tree, TreeRow } from "../hooks/tree/tree.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "./input.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

type Props = {
  tree: Tree;
  title: string;
  /** Said where there are no nodes: why, or what is waited for. */
  empty: string;
  columns: number;
  rows: number;
  y: number;
  /** What else can be done here; these keys come before those of the tree. */
  bindings?(): readonly Bound[];
};

/** Something nested, to be folded, searched and copied from. */
export function TreeView({ tree, title, empty, columns, rows, y, bindings }: Props) {
  const session = useSession();
  const theme = useTheme();
  const state = useStore(tree.state);
  const [window] = useState({ top: 0 });
  const height = rows - (state.typing ? 2 : 1);
  const place: TreePlace = { tree, session, title, page: Math.max(1, height - 1) };
  useScope({
    name: title,
    depth: depths.view,
    modal: false,
    bindings: () => [...(bindings?.() ?? []), ...bind(treeKeys, place)],
    text: () => searchTarget(tree.state, { verb: "search", find: () => searchTree(place, 1) }),
    paste: () => searchPasted(tree.state),
  });
  const all = tree.rows();
  const cursor = tree.index();
  window.top = Math.max(0, Math.min(window.top, cursor, all.length - height), cursor - height + 1);
  const shown = all.slice(window.top, window.top + height).map((row, at) => {
    const line = paintRow(row, theme, { columns, sought: wanted(state) });
    return window.top + at === cursor ? theme.cursor(fit(plain(row), columns)) : line;
  });
  const body = all.length === 0 ? [theme.paint("dim", fit(` ${empty}`, columns))] : shown;
  const blank = Array.from({ length: Math.max(0, height - body.length) }, () => "");
  const found = state.search === "" ? "" : `  /${state.search} ${tree.matches()}`;
  const path = tree.current()?.path ?? "";
  const heading = fit(` ${title}${found}  ${path}`, columns);
  return (
    <>
      <Lines lines={[theme.bold(heading), ...body, ...blank]} />
      {state.typing && <TypedLine line={state.typing} columns={columns} y={y + rows - 1} />}
    </>
  );
}

function plain({ node, level, open }: TreeRow): string {
  const mark = node.children.length === 0 ? " " : open ? "▾" : "▸";
  return ` ${"  ".repeat(level)}${mark} ${node.text}`;
}

function paintRow(
  row: TreeRow,
  theme: Theme,
  { columns, sought }: { columns: number; sought: string },
): string {
  const text = fit(plain(row), columns).trimEnd();
  const hits = sought === "" ? [] : findAll(text, sought);
  if (hits.length > 0) return highlight(text, hits, theme.hit.open, theme.hit.close);
  return theme.paint(row.node.tone ?? (row.node.children.length > 0 ? "strong" : "plain"), text);
}
