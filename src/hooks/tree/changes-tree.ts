import type { ChangedFile } from "../../docker/inside/changed-files.ts";
import type { TreeNode } from "./tree.ts";

/** Docker's own letters, and how they look. */
const signs = {
  added: { letter: "A", tone: "good" },
  changed: { letter: "C", tone: "warn" },
  removed: { letter: "D", tone: "bad" },
} as const;

type Folder = { name: string; path: string; kind?: ChangedFile["kind"]; inner: Map<string, Folder> };

/** Changed files as the folders they lie in, by name; each folder tells how many files in it changed. */
export function changesTree(files: readonly ChangedFile[]): readonly TreeNode[] {
  const root: Folder = { name: "", path: "", inner: new Map() };
  for (const { path, kind } of files) {
    let at = root;
    for (const name of path.split("/").filter((part) => part !== "")) {
      const next = at.inner.get(name) ?? { name, path: `${at.path}/${name}`, inner: new Map() };
      at.inner.set(name, next);
      at = next;
    }
    at.kind = kind;
  }
  return nodesOf(root);
}

function nodesOf({ inner }: Folder): TreeNode[] {
  return [...inner.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(toNode);
}

function toNode(folder: Folder): TreeNode {
  const children = nodesOf(folder);
  const { path, name, kind } = folder;
  const sign = kind && signs[kind];
  const count = children.length === 0 ? "" : `/  ${leaves(folder)}`;
  return {
    path,
    text: `${sign?.letter ?? " "} ${name}${count}`,
    ...(sign ? { tone: sign.tone } : {}),
    children,
    /** As `docker diff` prints it and all that is in it. */
    get value() {
      return diffLines(folder).join("\n");
    },
  };
}

function leaves({ inner }: Folder): number {
  let count = 0;
  for (const one of inner.values()) count += one.inner.size === 0 ? 1 : leaves(one);
  return count;
}

function diffLines({ path, kind, inner }: Folder): string[] {
  const own = kind ? [`${signs[kind].letter} ${path}`] : [];
  return own.concat(...[...inner.values()].map(diffLines));
}

/** "12 added (A) · 3 changed (C)": how many of each kind there are. */
export function changeCounts(files: readonly ChangedFile[]): string {
  return (["added", "changed", "removed"] as const)
    .map((kind) => ({ kind, count: files.filter((file) => file.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind} (${signs[kind].letter})`)
    .join(" · ");
}
