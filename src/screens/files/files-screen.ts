import type { Action } from "../../actions/action.ts";
import { copyInto } from "../../actions/containers/files/copies.ts";
import { copyFileOut } from "../../actions/containers/files/copy-files.ts";
import type { Folder } from "../../actions/containers/files/files.ts";
import { type FileItem, nameOf } from "../../actions/containers/files/items.ts";
import { askPath, goUp, openItem, unopenable } from "../../actions/containers/files/open.ts";
import type { ListScreen, Tone } from "../../actions/list-screen.ts";
import { begin } from "../../actions/perform.ts";
import { containerNow, notify, type Session } from "../../actions/session.ts";
import type { Source } from "../../docker/source.ts";
import { localTime } from "../../format/local-time.ts";
import { decimalSize } from "../../format/size.ts";
import { containersScreen } from "../containers.ts";
import { modeText } from "./words.ts";

/** Files of a container as a list; `actions` are what can be done with them there. */
export function filesScreen(
  source: Source<FileItem>,
  actions: readonly Action<FileItem>[],
): ListScreen<FileItem> {
  return {
    id: "files",
    title: "Files",
    noun: ["file", "files"],
    fills: true,
    source: () => source,
    columns: [
      {
        ...{ id: "name", title: "NAME", min: 12, max: 80, rank: 0, cut: "middle" },
        text: ({ entry }) => shownName(entry),
        tone: ({ entry }) => nameTones[entry.kind],
        // Folders stand before files.
        sort: ({ entry }) => `${entry.kind === "folder" ? 0 : 1} ${entry.name}`,
      },
      {
        ...{ id: "size", title: "SIZE", min: 6, max: 9, rank: 1, align: "right" },
        text: ({ entry }) => sizeText(entry),
        tone: ({ entry }) => (entry.complete ? "plain" : "dim"),
        sort: ({ entry }) => entry.size,
        descending: true,
      },
      {
        ...{ id: "mode", title: "MODE", min: 9, max: 9, rank: 3 },
        text: ({ entry }) => (entry.mode === 0 && !entry.modified ? "" : modeText(entry.mode)),
        tone: ({ entry }) => (entry.mode & 0o6000 ? "warn" : "dim"),
        sort: ({ entry }) => entry.mode,
      },
      {
        ...{ id: "owner", title: "OWNER", min: 5, max: 20, rank: 4 },
        text: ({ owner }) => owner,
        sort: ({ owner }) => owner,
      },
      {
        ...{ id: "changed", title: "CHANGED", min: 16, max: 16, rank: 2 },
        text: ({ entry }) => (entry.modified === undefined ? "" : localTime(entry.modified, "minute")),
        tone: () => "dim",
        sort: ({ entry }) => entry.modified,
        descending: true,
      },
      {
        ...{ id: "doing", title: "", min: 10, max: 30, rank: 1, optional: true },
        text({ id }, { busy }) {
          const doing = busy.get(id);
          return doing ? `… ${[doing.label, doing.amount].filter(Boolean).join(" ")}` : "";
        },
        tone: () => "accent",
      },
    ],
    sortedBy: "name",
    name: nameOf,
    search: ({ entry }) => ({
      fields: { name: shownName(entry) },
      labels: {},
      exact: { name: [shownName(entry)] },
    }),
    gone: "It is not in the folder any more.",
    empty: "The folder is empty.",
    actions,
  };
}

/** A folder of a container. */
export function folderScreen(folder: Folder): ListScreen<FileItem> {
  return filesScreen(folder.source, folderActions(folder));
}

/** What can be done in a folder. */
export function folderActions(folder: Folder): readonly Action<FileItem>[] {
  return [
    {
      id: "open-file",
      on: "row",
      keys: ["enter", "right"],
      label: "open",
      help: "Open the folder, view the file, or follow the link",
      footer: 0.5,
      unavailable: unopenable,
      command: (names) => `docker cp ${folder.container.name}:${names[0] ?? ""} -`,
      open: (item, session) => openItem(session, folder, item),
    },
    {
      id: "up-folder",
      on: "screen",
      keys: ["left", "backspace"],
      label: "up",
      help: "Go to the folder around this one",
      footer: 1,
      unavailable: () => (folder.path === "/" ? "This is the uppermost folder." : undefined),
      open: (session) => goUp(session, folder),
    },
    copyFileOut(folder.container),
    {
      id: "copy-file-in",
      on: "screen",
      keys: ["I"],
      label: "copy in",
      help: "Copy a file or folder of this machine into this folder",
      footer: 2.5,
      changes: true,
      open: (session) => copyIn(session, folder),
    },
    {
      id: "go-to-path",
      on: "screen",
      keys: ["@"],
      label: "go to",
      help: "Go to a path",
      footer: 4,
      open: (session) => askPath(session, folder),
    },
    {
      id: "read-on",
      on: "screen",
      keys: ["m"],
      label: "read on",
      help: "Read more of a folder that was too large to be read to its end",
      footer: 0,
      unavailable: () =>
        folder.reading()?.state === "partial" ? undefined : "There is nothing left out to read.",
      open: () => folder.readOn(),
    },
  ];
}

function copyIn(session: Session, folder: Folder): void {
  const { id, name } = folder.container;
  const container = containerNow(session, id);
  if (!container) return notify(session, "warn", `${name} is gone.`);
  const action = copyInto(folder.path, () => folder.source.refresh(undefined));
  begin(session, containersScreen, action, { items: [container] });
}

const nameTones: Readonly<Record<FileItem["entry"]["kind"], Tone>> = {
  folder: "accent",
  file: "plain",
  link: "plain",
  other: "dim",
};

function shownName({ kind, name, target }: FileItem["entry"]): string {
  if (kind === "folder") return `${name}/`;
  return kind === "link" ? `${name} → ${target ?? ""}` : name;
}

/** Of a folder all that lies below; what is not known to its end yet says so. */
function sizeText({ kind, size, complete }: FileItem["entry"]): string {
  if (kind === "link" || kind === "other") return "";
  if (complete) return decimalSize(size);
  return size === 0 ? "…" : `${decimalSize(size)}…`;
}
