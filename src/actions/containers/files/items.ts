import type { FolderEntry } from "../../../docker/archive/folder-tally.ts";
import type { Container } from "../../../docker/containers.ts";
import { same } from "../../../docker/same.ts";

/** One line of a folder of a container. */
export type FileItem = {
  id: string;
  container: Container;
  entry: FolderEntry;
  /** As the container's own accounts call it: "root", "www-data:adm", "1000"; empty before it is known. */
  owner: string;
};

/** What the numbers of a container's owners are called in it. */
export type Names = { users: ReadonlyMap<number, string>; groups: ReadonlyMap<number, string> };

/** While a folder is read again, what is not reached yet stands there as it was. */
export function combined(
  before: readonly FolderEntry[],
  now: readonly FolderEntry[],
): readonly FolderEntry[] {
  if (before.length === 0) return now;
  const left = new Map(before.map((entry) => [entry.path ?? entry.name, entry]));
  const fresh = now.map((entry) => {
    const key = entry.path ?? entry.name;
    const old = left.get(key);
    left.delete(key);
    if (!old || entry.complete) return entry;
    return entry.owner ? { ...entry, size: Math.max(old.size, entry.size) } : { ...old, complete: false };
  });
  return [...fresh, ...left.values()];
}

/** Entries as rows; one that did not change stays the same object. */
export function toItems(
  entries: readonly FolderEntry[],
  {
    items,
    container,
    path,
    names,
  }: { items: readonly FileItem[]; container: Container; path: string; names: Names | undefined },
): FileItem[] {
  const before = new Map(items.map((item) => [item.id, item]));
  const unnamed = new Map<string, number>();
  return entries.map((entry) => {
    const count = (unnamed.get(entry.name) ?? 0) + 1;
    if (entry.path === undefined) unnamed.set(entry.name, count);
    const id = `${container.id}:${entry.path ?? `${path}/${entry.name}/${count}`}`;
    const owner = ownerText(entry.owner, names);
    const old = before.get(id);
    return old && old.owner === owner && same(old.entry, entry) ? old : { id, container, entry, owner };
  });
}

function ownerText(owner: FolderEntry["owner"], names: Names | undefined): string {
  if (!owner) return "";
  const user = names?.users.get(owner.uid) ?? `${owner.uid}`;
  const group = names?.groups.get(owner.gid) ?? `${owner.gid}`;
  return user === group || (owner.uid === owner.gid && !names?.groups.has(owner.gid))
    ? user
    : `${user}:${group}`;
}

/** What a line of a folder is called: its path, where it has one. */
export function nameOf({ entry }: FileItem): string {
  return entry.path ?? entry.name;
}
