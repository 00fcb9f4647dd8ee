import { useMemo } from "react";
import { jsonTree } from "../hooks/tree/json-tree.ts";
import { createTree, createTreeState } from "../hooks/tree/tree.ts";
import { useKept } from "../hooks/use-kept.ts";
import { TreeView } from "../ui/tree-view.tsx";
import type { ViewProps } from "./views.tsx";

/** A value as JSON that folds: a line of a log. */
export function JsonView({ overlay, ...room }: ViewProps<"json">) {
  const { title, value } = overlay;
  const state = useKept(overlay, "tree", createTreeState);
  const tree = useMemo(() => createTree(jsonTree(value), state), [value, state]);
  return <TreeView {...{ title, tree, empty: "It holds nothing.", ...room }} />;
}
