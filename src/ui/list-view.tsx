import { Text, useApp } from "ink";
import { useEffect, useMemo, useState } from "react";
import { bind } from "../actions/binding.ts";
import { fit } from "../format/fit.ts";
import { actionBindings } from "../hooks/action-bindings.ts";
import { columnsOf } from "../hooks/list/column-choice.ts";
import { type ListPlace, listKeys } from "../hooks/list/keys.ts";
import type { List } from "../hooks/list/list.ts";
import { findPasted, queryTarget } from "../hooks/list/query.ts";
import { ageBeat } from "../hooks/shown-now.ts";
import { useFrame } from "../hooks/use-frame.ts";
import { useScope } from "../hooks/use-scope.ts";
import { useDesk } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { Lines } from "./lines.tsx";
import { listWindow, paintList, visibleItems } from "./paint-list.ts";
import { useTheme } from "./use-theme.ts";

type Props<Item extends { id: string }> = {
  list: List<Item>;
  columns: number;
  rows: number;
  /** How high its keys lie; a list in a view lies as high as the view. */
  depth: number;
};

/** Any kind of object as a list: paints its description, hears its keys, has its rows watched. */
export function ListView<Item extends { id: string }>({ list, columns, rows, depth }: Props<Item>) {
  const theme = useTheme();
  const { session, source, screen } = list;
  const [window] = useState(listWindow);
  const ages = useMemo(() => ageBeat(session), [session]);
  const stale = useStore(session.connection, ({ kind }) => kind === "lost");
  const place: ListPlace = { list, page: () => Math.max(1, rows - 2) };
  useScope({
    name: screen.id,
    depth,
    modal: false,
    bindings: () => [...actionBindings(list), ...bind(listKeys, place)],
    text: () => queryTarget(list),
    paste: () => (text) => findPasted(list, text),
  });
  const lines = useFrame([list, source, session.watcher, session.busy, ages], () => {
    const painted = paintList(list, window, { columns, rows, theme, stale });
    if (list.shown().length === 0) painted[1] = theme.paint("dim", fit(`   ${emptyText(list)}`, columns));
    return painted;
  });
  const { keyboard } = useDesk();
  const { waitUntilRenderFlush } = useApp();
  useEffect(() => {
    if (lines.length === 0) return;
    const rest = list.rest();
    void waitUntilRenderFlush().then(() => {
      rest();
      keyboard.touch();
    });
  }, [lines, list, keyboard, waitUntilRenderFlush]);
  useEffect(() => {
    if (lines.length > 0) screen.watch?.(session, visibleItems(list, window, rows), columnsOf(list));
  }, [lines, list, rows, screen, session, window]);
  useEffect(() => () => screen.watch?.(session, [], []), [screen, session]);
  return rows > 1 ? <Lines lines={lines} /> : <Text> </Text>;
}

/** Why there is no row: nothing matches, nothing is there, or nothing is known yet. */
function emptyText<Item extends { id: string }>({ source, screen, get, session }: List<Item>): string {
  const { items, loadedAt, problem } = source.get();
  if (items.length > 0)
    return get().query.text === ""
      ? `All ${screen.noun[1]} are ${screen.quiet?.label ?? "hidden"}: a shows them.`
      : `Nothing matches ${get().query.text}: Esc clears the query.`;
  if (loadedAt !== undefined) return screen.empty;
  if (problem) return problem.message;
  const state = session.connection.get();
  return state.kind === "lost" ? "Nothing is known yet." : "Asking the engine …";
}
