import { bind } from "../../actions/binding.ts";
import { createLogSource, type LogItem } from "../../actions/disk/logs.ts";
import { sumOfLogs } from "../../docker/disk/log-files.ts";
import { inFull } from "../../docker/errors.ts";
import { fit } from "../../format/fit.ts";
import { decimalSize } from "../../format/size.ts";
import { createList, type List } from "../../hooks/list/list.ts";
import { logFilesKeys } from "../../hooks/log-files-keys.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { useSession } from "../../hooks/use-session.ts";
import { TitledList } from "../../ui/titled-list.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import type { ViewProps } from "../views.tsx";
import { logFilesScreen } from "./log-files.ts";

/** The log files of all containers, the largest first: what docker system df leaves out. */
export function LogFiles({ overlay, ...room }: ViewProps<"log-files">) {
  const session = useSession();
  const theme = useTheme();
  const list = useKept(overlay, "list", () => createList(session, logFilesScreen(createLogSource(session))));
  return (
    <TitledList
      {...room}
      list={list}
      name="log files"
      bindings={() => bind(logFilesKeys, { list, session })}
      heading={() => [theme.bold(fit(` ${titleOf(list)}`, room.columns))]}
    />
  );
}

function titleOf(list: List<LogItem>): string {
  const { items, loadedAt, loading, problem } = list.source.get();
  const { text } = list.get().query;
  const head = `Log files${text === "" ? "" : `  / ${text}  ${list.shown().length}/${items.length}`}`;
  if (problem) return `${head}: ${inFull(problem)}`;
  if (loadedAt === undefined) return `${head}: being measured …`;
  const { size, unknown, endless } = sumOfLogs(items);
  const known = items.some((log) => log.path !== undefined && log.size !== undefined);
  const facts = [
    known || unknown === 0 ? `${decimalSize(size)} together` : "",
    endless > 0 ? `${endless} without rotation` : "all rotate",
    known && unknown > 0 ? `${unknown} not known` : "",
    loading ? "being measured …" : "",
    known ? "" : (items.find(({ why }) => why !== undefined)?.why ?? ""),
  ];
  return `${head}: ${facts.filter((fact) => fact !== "").join(" · ")}`;
}
