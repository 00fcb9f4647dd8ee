import { bind } from "../actions/binding.ts";
import { containerNow, type Session } from "../actions/session.ts";
import type { Container } from "../docker/containers.ts";
import { fit } from "../format/fit.ts";
import { createList, type List } from "../hooks/list/list.ts";
import { processKeys } from "../hooks/processes/keys.ts";
import { createProcessSource, type ProcessItem } from "../hooks/processes/source.ts";
import { useKept } from "../hooks/use-kept.ts";
import { useSession } from "../hooks/use-session.ts";
import { TitledList } from "../ui/titled-list.tsx";
import { useTheme } from "../ui/use-theme.ts";
import { processesScreen } from "./processes.ts";
import type { ViewProps } from "./views.tsx";

/** What runs in a container, kept fresh while it is looked at. */
export function Processes({ overlay, ...room }: ViewProps<"processes">) {
  const { container } = overlay;
  const session = useSession();
  const theme = useTheme();
  const list = useKept<List<ProcessItem>>(overlay, "processes", () =>
    createList(session, processesScreen(container, createProcessSource(session, container))),
  );
  return (
    <TitledList
      {...room}
      list={list}
      name="processes"
      bindings={() => bind(processKeys, { list, session })}
      beats={[session.sources.containers]}
      heading={() => [theme.bold(fit(` ${titleOf(list, container, session)}`, room.columns))]}
    />
  );
}

function titleOf(list: List<ProcessItem>, container: Container, session: Session): string {
  const { loadedAt, problem, items } = list.source.get();
  const row = containerNow(session, container.id);
  const head = `Processes of ${row?.name ?? container.name}`;
  const { text } = list.get().query;
  if (!row) return `${head}: it was removed`;
  if (problem) return `${head}: ${problem.message}`;
  if (loadedAt === undefined) return head;
  if (items.length === 0) return `${head}: it is ${row.state}`;
  const count = text === "" ? `${items.length}` : `${list.shown().length} of ${items.length}  / ${text}`;
  return `${head}: ${count} · CPU is averaged over each life, PID is the host's`;
}
