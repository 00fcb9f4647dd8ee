import type { CacheRecord } from "../../docker/disk/df.ts";
import { type CleanUpItem, itemId } from "./item.ts";

/** What `docker builder prune` leaves alone unless it is told `--all`. */
const kept: readonly string[] = ["internal", "frontend"];

/** The build cache as rows of the plan: a record can go when all that were made from it go too. */
export function cacheItems(records: readonly CacheRecord[]): CleanUpItem[] {
  const children = new Map<string, string[]>();
  for (const { id, parents } of records)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), id]);
  return records.map((record) => cacheItem(record, children.get(record.id) ?? []));
}

function cacheItem(record: CacheRecord, children: readonly string[]): CleanUpItem {
  const { id, description, type, inUse, shared, size, created, lastUsed } = record;
  const since = lastUsed ?? created;
  return {
    ...{ id: itemId("cache", id), kind: "cache", ref: id, name: description === "" ? id : description },
    ...{ detail: type, labels: {}, tags: [], users: [], minor: false },
    reason: shared ? "an image holds it too" : "build cache, not used",
    needs: children.map((child) => itemId("cache", child)),
    offered: !shared && !kept.includes(type),
    ...(inUse ? { blocked: "A build uses it." } : {}),
    ...(shared ? { size: 0, shared: size } : { size }),
    ...(created === undefined ? {} : { created }),
    ...(since === undefined ? {} : { since }),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  };
}
