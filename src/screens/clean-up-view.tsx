import { useEffect } from "react";
import { bind } from "../actions/binding.ts";
import type { CleanUpItem, CleanUpRules } from "../actions/clean-up.ts";
import type { Overlay } from "../actions/overlays.ts";
import { fit } from "../format/fit.ts";
import { decimalSize } from "../format/size.ts";
import { cleanUpKeys } from "../hooks/clean-up-keys.ts";
import { createList, type List } from "../hooks/list/list.ts";
import { useFrame } from "../hooks/use-frame.ts";
import { useKept } from "../hooks/use-kept.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "../ui/input.tsx";
import { Lines } from "../ui/lines.tsx";
import { ListView } from "../ui/list-view.tsx";
import { useTheme } from "../ui/use-theme.ts";
import { cleanUpScreen } from "./clean-up.ts";

type Props = { overlay: Extract<Overlay, { kind: "clean-up" }>; columns: number; rows: number; y: number };
type Kept = { list: List<CleanUpItem>; ticked: boolean };

/** The clean-up plan: everything that can go is ticked at first, and what is ticked when Enter is pressed goes. */
export function CleanUp({ overlay, columns, rows, y }: Props) {
  const { plan, rules } = overlay;
  const session = useSession();
  const theme = useTheme();
  const kept = useKept<Kept>(overlay, "plan", () => ({
    list: createList(session, cleanUpScreen(plan, rules)),
    ticked: false,
  }));
  const { list } = kept;
  useEffect(() => tickAllOnce(kept), [kept]);
  useScope({
    name: "clean-up",
    depth: depths.view,
    modal: false,
    bindings: () => bind(cleanUpKeys, { list, session }),
  });
  const { finding, query } = useStore(list);
  const lines = useFrame([list, plan], () => [theme.bold(fit(` ${titleOf(list, rules)}`, columns))]);
  return (
    <>
      <Lines lines={lines} />
      <ListView list={list} columns={columns} rows={rows - (finding ? 2 : 1)} depth={depths.view} />
      {finding && <TypedLine line={query} columns={columns} y={y + rows - 1} />}
    </>
  );
}

/** Ticks what the plan holds when it is first known; what comes later was not shown and stays unticked. */
function tickAllOnce(kept: Kept): () => void {
  const { source, update } = kept.list;
  let stop = () => {};
  const tick = () => {
    const { loadedAt, items } = source.get();
    if (loadedAt === undefined || kept.ticked) return;
    kept.ticked = true;
    stop();
    update((state) => ({ ...state, marks: new Set(items.map(({ id }) => id)) }));
  };
  stop = source.subscribe(tick);
  tick();
  return () => stop();
}

function titleOf(list: List<CleanUpItem>, { until, label }: CleanUpRules): string {
  const { loadedAt, problem } = list.source.get();
  const ticked = list.targets(true).items;
  const rules = [until && `created before ${until}`, label && `label ${label}`].filter(Boolean).join(", ");
  const { text } = list.get().query;
  const head = `Clean up${rules === "" ? "" : ` (${rules})`}${text === "" ? "" : `  / ${text}`}`;
  if (problem) return `${head}: ${problem.message}`;
  if (loadedAt === undefined) return `${head}: the engine is measuring sizes …`;
  const bytes = decimalSize(ticked.reduce((sum, { size }) => sum + size, 0));
  return `${head}: ${ticked.length} of ${list.shown().length} ticked, ${bytes} come back`;
}
