import { useEffect } from "react";
import { bind } from "../../actions/binding.ts";
import type { Folder } from "../../actions/containers/files/files.ts";
import type { FileItem } from "../../actions/containers/files/items.ts";
import { containerNow, type Session } from "../../actions/session.ts";
import { inFull } from "../../docker/errors.ts";
import { fit } from "../../format/fit.ts";
import { binarySize, decimalSize } from "../../format/size.ts";
import { filesKeys } from "../../hooks/files/keys.ts";
import { createList, type List } from "../../hooks/list/list.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { useSession } from "../../hooks/use-session.ts";
import { TitledList } from "../../ui/titled-list.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import type { ViewProps } from "../views.tsx";
import { folderScreen } from "./files-screen.ts";

/** A folder of a container: what it holds, read for as long as it is looked at. */
export function Files({ overlay, ...room }: ViewProps<"files">) {
  const { folder, at } = overlay;
  const session = useSession();
  const theme = useTheme();
  const list = useKept(overlay, "list", () => createList(session, folderScreen(folder)));
  useEffect(() => folder.watch(), [folder]);
  useEffect(() => (at === undefined ? undefined : putOn(list, at)), [list, at]);
  return (
    <TitledList
      {...room}
      list={list}
      name="files"
      bindings={() => bind(filesKeys, { list, folder, session })}
      beats={[session.sources.containers, session.busy]}
      heading={() => {
        const { problem } = folder.source.get();
        const wide = (text: string) => fit(` ${text}`, room.columns);
        return [
          theme.bold(wide(titleOf(session, list, folder))),
          problem
            ? theme.paint("bad", wide(`✗ ${inFull(problem)}`))
            : theme.paint("dim", wide(stateOf(folder))),
        ];
      }}
    />
  );
}

/** Puts the cursor on a line as soon as it is there, unless the person has moved it before. */
function putOn(list: List<FileItem>, id: string): () => void {
  if (list.get().moves > 0) return () => {};
  let stop = () => {};
  const look = () => {
    const index = list.rows().findIndex((row) => row.id === id);
    if (list.get().moves === 0 && index < 0) return;
    stop();
    if (list.get().moves === 0) list.moveTo(index);
  };
  stop = list.source.subscribe(look);
  look();
  return () => stop();
}

function titleOf(session: Session, list: List<FileItem>, { container, path }: Folder): string {
  const { text } = list.get().query;
  const now = containerNow(session, container.id);
  const state = now === undefined ? " (removed)" : now.state === "running" ? "" : ` (${now.state})`;
  const doing = session.busy.get().get(container.id);
  const copy = doing ? `  … ${[doing.label, doing.amount].filter(Boolean).join(" ")}` : "";
  const found = text === "" ? "" : `  / ${text}  ${list.shown().length}/${list.source.get().items.length}`;
  return `${now?.name ?? container.name}${state}  ${path}${found}${copy}`;
}

/** How much it holds, and how far it was read. */
function stateOf(folder: Folder): string {
  const reading = folder.reading();
  if (!reading) return "Asking the engine …";
  const { items, loading } = folder.source.get();
  const here = `${items.length} ${items.length === 1 ? "entry" : "entries"}`;
  const size = decimalSize(items.reduce((sum, { entry }) => sum + entry.size, 0));
  if (reading.state === "reading") return `${here}, ${size}${loading ? " · reading …" : " so far"}`;
  const all = reading.below > items.length ? `, ${reading.below} with all below` : "";
  if (reading.state === "whole") return `${here}${all}, ${size}`;
  return `partial: the first ${binarySize(folder.budget())} of it; m reads on · ${here}${all}, ${size}`;
}
