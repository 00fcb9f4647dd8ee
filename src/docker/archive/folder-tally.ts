import { posix } from "node:path";
import type { Header } from "tar-stream";
import { text } from "../raw.ts";
import { isMangled, kindOfEntry, stepsOf } from "./entries.ts";
import type { FileInfo, FileKind } from "./stat.ts";

/** One line of a folder. */
export type FolderEntry = {
  /** Clean, for showing. */
  name: string;
  /** For calls, as the container has it; undefined when its name is not UTF-8 and no call can name it. */
  path: string | undefined;
  kind: FileKind;
  /** In bytes; of a folder all that lies below it, as far as it was read. */
  size: number;
  /** How many files and folders lie below it, as far as it was read. */
  below: number;
  /** As in chmod: 0o755. */
  mode: number;
  /** Numbers only: the names in the tar are those of the engine's machine. Undefined before the stream came by. */
  owner: { uid: number; gid: number } | undefined;
  /** In ms. */
  modified: number | undefined;
  /** Where a link leads, as it is written in it; clean. */
  target: string | undefined;
  /** Nothing is missing in `size` and `below`. */
  complete: boolean;
};

/** What is known of a folder. */
export type FolderReading = {
  /** As it was asked for. */
  path: string;
  entries: readonly FolderEntry[];
  /** All that lies below it, as far as it was read. */
  size: number;
  below: number;
  /** "partial": the reading ended at its budget; ask again with a larger one. */
  state: "reading" | "partial" | "whole";
  /** What this reading already knows of one of its folders; undefined when that is not all. Names as in `path`. */
  within(path: string): FolderReading | undefined;
};

type Node = {
  entry: FolderEntry;
  children?: Map<string, Node>;
  /** Children were passed over because too many entries are kept already. */
  cropped: boolean;
};

/** Adds up the entries of a tar that the engine wrote of a folder. Keeps the direct ones, and `keep` deeper ones. */
export function createFolderTally(path: string, keep: number) {
  const root = node(path, path);
  const probed = new Map<string, FolderEntry>();
  let state: FolderReading["state"] = "reading";
  let kept = 0;
  /** The names on the way to the last entry: the engine walks depth first, so all others are complete. */
  let at: readonly string[] = [];

  const place = (parent: Node, step: string, depth: number): Node | undefined => {
    const known = parent.children?.get(step);
    if (known) return known;
    if (parent.cropped || (depth > 0 && kept >= keep)) {
      parent.cropped = true;
      return undefined;
    }
    if (depth > 0) kept += 1;
    const made = node(posix.join(parent.entry.path ?? path, step), step);
    parent.children ??= new Map();
    parent.children.set(step, made);
    return made;
  };

  return {
    /** A name that is known without the stream. */
    probe(step: string, info: FileInfo) {
      const entry = node(posix.join(path, step), step).entry;
      const { kind, mode, modified } = info;
      const size = kind === "folder" ? 0 : info.size;
      probed.set(step, { ...entry, kind, mode, modified, size, target: info.target && text(info.target) });
    },
    add(header: Header) {
      const steps = stepsOf(header.name) ?? [];
      const size = kindOfEntry(header) === "file" && header.type !== "link" ? (header.size ?? 0) : 0;
      let here: Node | undefined = root;
      for (const [depth, step] of steps.entries()) {
        here.entry.size += size;
        here.entry.below += 1;
        here = place(here, step, depth);
        if (!here) break;
      }
      at = steps;
      if (here && steps.length > 0) describe(here.entry, header);
    },
    end(how: "partial" | "whole") {
      state = how;
    },
    reading(): FolderReading {
      const isComplete = (way: readonly string[]) =>
        state === "whole" || way.some((step, depth) => at[depth] !== step);
      const view = (folder: Node, way: readonly string[]): FolderReading => {
        const children = [...(folder.children ?? [])].map(([step, child]) => ({
          ...child.entry,
          complete: child.entry.kind !== "folder" || isComplete([...way, step]),
        }));
        return {
          path: folder.entry.path ?? path,
          entries: folder === root ? [...children, ...unread()] : children,
          size: folder.entry.size,
          below: folder.entry.below,
          state: folder === root ? state : "whole",
          within: (wanted) => {
            const [step, child] =
              [...(folder.children ?? [])].find(([, one]) => one.entry.path === wanted) ?? [];
            if (!child || step === undefined || child.entry.kind !== "folder") return undefined;
            const deeper = [...way, step];
            return child.cropped || !isComplete(deeper) ? undefined : view(child, deeper);
          },
        };
      };
      return view(root, []);
    },
  };

  function unread(): FolderEntry[] {
    if (state === "whole") return [];
    return [...probed].filter(([step]) => !root.children?.has(step)).map(([, entry]) => entry);
  }
}

function node(path: string, step: string): Node {
  const entry: FolderEntry = {
    name: text(step),
    path: isMangled(step) || isMangled(path) ? undefined : path,
    kind: "folder",
    size: 0,
    below: 0,
    mode: 0,
    owner: undefined,
    modified: undefined,
    target: undefined,
    complete: false,
  };
  return { entry, cropped: false };
}

function describe(entry: FolderEntry, header: Header) {
  entry.kind = kindOfEntry(header);
  if (entry.kind !== "folder") entry.size = header.size ?? 0;
  entry.mode = (header.mode ?? 0) & 0o7777;
  entry.modified = header.mtime?.getTime();
  entry.owner = { uid: header.uid ?? 0, gid: header.gid ?? 0 };
  if (entry.kind === "link") entry.target = text(header.linkname);
}
