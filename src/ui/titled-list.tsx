import type { ReactNode } from "react";
import type { Bound } from "../actions/binding.ts";
import type { List } from "../hooks/list/list.ts";
import { type Beat, useFrame } from "../hooks/use-frame.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "./input.tsx";
import { Lines } from "./lines.tsx";
import { ListView } from "./list-view.tsx";

type Props<Item extends { id: string }> = {
  list: List<Item>;
  columns: number;
  rows: number;
  y: number;
  /** What the view's own keys are called together, and those keys. */
  name: string;
  bindings(): readonly Bound[];
  /** The lines above the list, painted anew on each beat; each as wide as the screen. */
  heading(): readonly string[];
  beats?: readonly Beat[];
  /** What stands between the heading and the list, so many rows high. */
  between?: { rows: number; node: ReactNode };
};

/** A list in a view: under a title, and what is looked for typed in the last row. */
export function TitledList<Item extends { id: string }>(props: Props<Item>) {
  const { list, columns, rows, y, name, bindings, heading, beats = [], between } = props;
  useScope({ name, depth: depths.view, modal: false, bindings });
  const { finding, query } = useStore(list);
  const lines = useFrame([list, list.source, ...beats], heading);
  const height = rows - lines.length - (between?.rows ?? 0) - (finding ? 1 : 0);
  return (
    <>
      <Lines lines={lines} />
      {between?.node}
      <ListView list={list} columns={columns} rows={height} depth={depths.view} />
      {finding && <TypedLine line={query} columns={columns} y={y + rows - 1} />}
    </>
  );
}
