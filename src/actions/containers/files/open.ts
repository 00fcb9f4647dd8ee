import type { FolderEntry } from "../../../docker/archive/folder-tally.ts";
import type { FileInfo } from "../../../docker/archive/stat.ts";
import type { Container } from "../../../docker/containers.ts";
import { explain, inFull } from "../../../docker/errors.ts";
import type { RowAction } from "../../action.ts";
import { ask } from "../../ask.ts";
import { closeOverlay, type Overlay, openOverlay } from "../../overlays.ts";
import { textOf } from "../../question.ts";
import { notify, type Session } from "../../session.ts";
import { docker } from "../states.ts";
import { createFolder, type Folder } from "./files.ts";
import type { FileItem } from "./items.ts";

/** Opens the files of a container. */
export const browseFiles: RowAction<Container> = {
  id: "files",
  on: "row",
  keys: ["f"],
  label: "files",
  help: "Files: browse, view and copy what is in the container, without a shell in it, stopped or not",
  footer: 7.5,
  unavailable: ({ state }) => (state === "removing" ? "it is being removed." : undefined),
  command: (names) => docker("cp", [`${names[0] ?? ""}:/`, "-"]),
  open: (container, session) => enter(session, createFolder(session, { container, path: "/" })),
};

/** Why a line of a folder cannot be opened; undefined when it can. */
export function unopenable({ entry }: FileItem): string | undefined {
  if (entry.path === undefined) return "its name is not UTF-8, so the engine cannot be asked for it.";
  if (entry.kind === "other") return "it is a device, a pipe or a socket.";
  return undefined;
}

/** Opens a folder or a file, or what a link leads to. */
export function openItem(session: Session, folder: Folder, item: FileItem): void {
  const { kind, path } = item.entry;
  if (path === undefined) return;
  if (kind === "folder")
    return enter(session, createFolder(session, { container: folder.container, path, from: folder }));
  if (kind === "file") return openOverlay(session, { kind: "file", file: item });
  void openPath(session, folder, path);
}

/** Goes to the folder around this one, with the cursor on this one. */
export function goUp(session: Session, folder: Folder): void {
  const { container, path } = folder;
  const below = session.overlays.get().at(-2);
  const parent = parentOf(path);
  if (below?.kind === "files" && below.folder.path === parent) return closeOverlay(session);
  const around = createFolder(session, { container, path: parent, from: folder });
  const next: Overlay = { kind: "files", folder: around, at: `${container.id}:${path}` };
  session.overlays.set((all) => [...all.slice(0, -1), next]);
}

/** Leaves the files of a container, however deep one is in them. */
export function leaveFiles(session: Session): void {
  session.overlays.set((all) => all.filter(({ kind }) => kind !== "files"));
}

/** Asks for a path and opens what stands there. */
export function askPath(session: Session, folder: Folder): void {
  ask(session, {
    title: `Go to which path of ${folder.container.name}?`,
    objects: [],
    fields: [
      {
        kind: "text",
        id: "path",
        label: "Path",
        value: folder.path === "/" ? "/" : `${folder.path}/`,
        hint: "/etc/nginx: a folder or a file; links are followed",
        check: faultOfPath,
      },
    ],
    verb: "go",
    danger: false,
    answer: ({ path }) => void openPath(session, folder, plainPath(textOf(path))),
  });
}

/** Why a path of a container will not do; undefined when it will. */
export function faultOfPath(typed: string): string | undefined {
  const path = typed.trim();
  if (path === "") return "A path in the container, from its root: /etc/hosts.";
  if (!path.startsWith("/")) return "It begins with /: seen from the root of the container.";
  return undefined;
}

/** A path without `.`, `..`, doubled slashes and a slash at its end. */
export function plainPath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${steps.join("/")}`;
}

/** The folder around a path; that of `/` is `/`. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** The last name of a path; none for `/`. */
export function lastName(path: string): string {
  return path.replace(/\/+$/, "").split("/").at(-1) ?? "";
}

/** A path under a folder. */
export function under(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, "")}/${name}`;
}

function enter(session: Session, folder: Folder): void {
  openOverlay(session, { kind: "files", folder });
}

/** Opens what stands at a path, links followed, unless the person has gone elsewhere meanwhile. */
async function openPath(session: Session, folder: Folder, path: string): Promise<void> {
  const { container } = folder;
  const place = session.overlays.get().at(-1);
  const goOn = folder.pause();
  const stays = () => session.overlays.get().at(-1) === place;
  try {
    const found = await lookUp(session, container, path);
    if (!stays()) return;
    if (typeof found === "string") return notify(session, "warn", found);
    if (found.info.kind === "folder")
      return path === folder.path
        ? undefined
        : enter(session, createFolder(session, { container, path, from: folder }));
    if (found.info.kind === "file")
      return openOverlay(session, { kind: "file", file: lone(container, found.path, found.info) });
    notify(session, "warn", `${path} is a device, a pipe or a socket: there is nothing to show.`);
  } catch (error) {
    if (stays()) notify(session, "bad", inFull(explain(error, session.engine.endpoint)));
  } finally {
    goOn();
  }
}

/** What stands at a path when links are followed; a sentence when nothing does. */
async function lookUp(
  { engine }: Session,
  { id }: Container,
  path: string,
): Promise<{ path: string; info: FileInfo } | string> {
  const info = await engine.fileInfo(id, path);
  if (!info) return `There is no ${path} in the container.`;
  if (info.kind !== "link" || info.target === undefined) return { path, info };
  const target = await engine.fileInfo(id, info.target);
  if (!target) return `${path} leads to ${info.target}, and there is nothing.`;
  return target.kind === "link"
    ? `The links of ${path} lead in a circle.`
    : { path: info.target, info: target };
}

/** A file that was asked for by its path. */
function lone(container: Container, path: string, info: FileInfo): FileItem {
  const { name, size, mode, modified } = info;
  const entry: FolderEntry = {
    ...{ name, path, kind: "file", size, mode, modified },
    ...{ below: 0, owner: undefined, target: undefined, complete: true },
  };
  return { id: `${container.id}:${path}`, container, entry, owner: "" };
}
