import { Box } from "ink";
import { Table } from "ink-table";
import { bind } from "../../actions/binding.ts";
import { cleanUpKinds, kindTitles } from "../../actions/clean-up/item.ts";
import {
  type CleanUpRun,
  countOf,
  gainedBytes,
  type RunItem,
  type RunState,
} from "../../actions/clean-up/run.ts";
import { bytesText } from "../../actions/clean-up/words.ts";
import type { Session } from "../../actions/session.ts";
import { createSource, type Source } from "../../docker/source.ts";
import { fit } from "../../format/fit.ts";
import { decimalSize } from "../../format/size.ts";
import { runKeys } from "../../hooks/clean-up/run-keys.ts";
import { createList } from "../../hooks/list/list.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { useSession } from "../../hooks/use-session.ts";
import { useStore } from "../../hooks/use-store.ts";
import { TitledList } from "../../ui/titled-list.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import type { ViewProps } from "../views.tsx";
import { runScreen } from "./run-screen.ts";

/** The title and some rows of the list stand beside the summary, or it is left out. */
const leastRows = 4;

/** A clean-up at work: how far it is, a summary by kind, and what became of each object. */
export function CleanUpRunView({ overlay, ...room }: ViewProps<"clean-up-run">) {
  const { run } = overlay;
  const session = useSession();
  const theme = useTheme();
  const list = useKept(overlay, "list", () => createList(session, runScreen(sourceOf(session, run))));
  const state = useStore(run);
  const summary = summaryOf(state);
  // A rule above, one under each row, the heading being one.
  const height = 2 * summary.length + 3;
  const fits = room.rows - height >= leastRows;
  return (
    <TitledList
      {...room}
      list={list}
      name="clean-up-run"
      bindings={() => bind(runKeys, { list, session, run })}
      beats={[run]}
      heading={() => [theme.bold(fit(` ${titleOf(run.get())}`, room.columns))]}
      {...(fits
        ? {
            between: {
              rows: height,
              node: (
                <Box height={height} width={room.columns} flexShrink={0} overflow="hidden">
                  <Table data={summary} />
                </Box>
              ),
            },
          }
        : {})}
    />
  );
}

function sourceOf({ clock }: Session, run: CleanUpRun): Source<RunItem> {
  return createSource<RunItem>({
    load: async () => run.get().items,
    follow(refresh) {
      refresh(undefined);
      return run.subscribe(() => refresh(undefined));
    },
    clock,
  });
}

/** A row for each kind, and one for all. */
function summaryOf(state: RunState): Record<string, string>[] {
  const kinds = cleanUpKinds.filter((kind) => state.items.some(({ item }) => item.kind === kind));
  const rows = kinds.map((kind) => {
    const items = state.items.filter(({ item }) => item.kind === kind);
    return rowOf(kindTitles[kind], { items }, state.promised.byKind[kind], state.gained?.[kind]);
  });
  if (kinds.length === 1) return rows;
  return [...rows, rowOf("All", state, state.promised.bytes, gainedBytes(state))];
}

function rowOf(
  title: string,
  items: Pick<RunState, "items">,
  promised: number,
  gained: number | undefined,
): Record<string, string> {
  const count = (kind: Parameters<typeof countOf>[1]) => String(countOf(items, kind));
  return {
    Kind: title,
    Ticked: String(items.items.length),
    Removed: count("removed"),
    Skipped: count("skipped"),
    Failed: count("failed"),
    Promised: decimalSize(promised),
    "Came back": gained === undefined ? "…" : `${gained < 0 ? "-" : ""}${decimalSize(Math.abs(gained))}`,
  };
}

function titleOf(state: RunState): string {
  const { phase, items, waits, stopped, unmeasured, promised } = state;
  const ended = items.filter(({ outcome }) => !["waiting", "removing"].includes(outcome.kind)).length;
  const far = `${ended} of ${items.length}`;
  if (waits) return `Clean-up: ${far}. The engine does not answer; it goes on when that is back … x stops`;
  if (phase === "removing")
    return `Clean-up: ${far}${stopped ? ", stopping …" : " … x stops between two objects"}`;
  const done = `Clean-up${stopped ? " stopped" : " done"}: ${countOf(state, "removed")} of ${items.length} removed`;
  if (phase === "measuring") return `${done}; measuring what came back …`;
  const gained = gainedBytes(state);
  if (gained === undefined)
    return unmeasured === undefined ? done : `${done}. What came back is not known: ${unmeasured}`;
  return `${done}, ${decimalSize(Math.max(0, gained))} came back (promised: ${bytesText(promised)})`;
}
