import { type Filters, readFilters } from "./filters.ts";
import { ApiError, type Call, fail, flag, isBefore, json, type Reply, type Route } from "./http.ts";
import type { DemoCacheRecord } from "./types.ts";
import { hour, minute, second, stamp } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const failed = "failed to prune build cache";
const known = [
  ...["description", "id", "inuse", "label", "label!", "parent", "private", "shared", "type"],
  ...["until", "unused-for"],
];

/** Tells whether a record is shared: its layer is one of an image, or it says so itself where it has none. */
function sharedTest(world: DemoWorld): (record: DemoCacheRecord) => boolean {
  const held = new Set<string>();
  for (const { layers } of world.images.values()) for (const { digest } of layers) held.add(digest);
  return ({ layer, shared }) => (layer === undefined ? shared : held.has(layer));
}

/** The ids of the records in use: by a build, or as what such a one stands on. */
function inUse(world: DemoWorld): ReadonlySet<string> {
  const used = new Set<string>();
  const mark = (id: string) => {
    const record = world.buildCache.get(id);
    if (record === undefined || used.has(id)) return;
    used.add(id);
    record.parents.forEach(mark);
  };
  for (const record of world.buildCache.values()) if (record.inUse) mark(record.id);
  return used;
}

/** The build cache as /system/df shows it to a client of that API version. */
export function cacheRows(world: DemoWorld, version: string | undefined) {
  const [isShared, used] = [sharedTest(world), inUse(world)];
  return [...world.buildCache.values()].map((record) => ({
    ID: record.id,
    ...parentsOf(record, version),
    Type: record.type,
    Description: record.description,
    InUse: used.has(record.id),
    Shared: isShared(record),
    Size: record.size,
    CreatedAt: stamp(record.created),
    LastUsedAt: stamp(record.lastUsed),
    UsageCount: record.usageCount,
  }));
}

function parentsOf({ parents }: DemoCacheRecord, version: string | undefined) {
  if (isBefore(version, "1.42")) return { Parent: parents[0] ?? "" };
  return parents.length === 0 ? {} : { Parents: parents };
}

/** Throws ApiError 400 for filters of other names, or with more than one value. */
function readPruneFilters(query: URLSearchParams): Filters {
  const filters = said(() => readFilters(query, known));
  for (const values of filters.values())
    if (values.length > 1) fail(400, `${failed}: filters expect only one value`);
  return filters;
}

function said<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) fail(error.status, `${failed}: ${error.message}`);
    throw error;
  }
}

/** The engine takes an id as a pattern that may be anywhere in one. */
function matchesId(pattern: string, id: string): boolean {
  try {
    return new RegExp(pattern).test(id);
  } catch {
    return false;
  }
}

const units: Readonly<Record<string, number>> = { h: hour, m: minute, s: second };

/** A length of time such as "24h" or "1h30m" in ms. */
function duration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  if (parts.map(([part]) => part).join("") !== text) fail(400, `${failed}: invalid duration "${text}"`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0);
}

type Wanted = (record: DemoCacheRecord) => boolean;

/** Whether a record is one of those a prune is for; without `all` neither shared ones nor those of the builder itself. */
function wantedBy(call: Call): Wanted {
  const { world, query } = call;
  const filters = readPruneFilters(query);
  const [isShared, all] = [sharedTest(world), flag(query, "all")];
  const only = (name: string) => filters.get(name)?.[0];
  const [id, type, until] = [only("id"), only("type"), only("until") ?? only("unused-for")];
  const latest = until === undefined ? Number.POSITIVE_INFINITY : world.now() - duration(until);
  return (record) =>
    (all || !(["internal", "frontend"].includes(record.type) || isShared(record))) &&
    (id === undefined || matchesId(id, record.id)) &&
    (type === undefined || record.type === type) &&
    (!filters.has("shared") || isShared(record)) &&
    (!filters.has("private") || !isShared(record)) &&
    record.lastUsed <= latest;
}

/** Deletes unused records on which no other stands, again and again, until none is left that is wanted. */
function prune(call: Call): Reply {
  const { world } = call;
  const wanted = wantedBy(call);
  const used = inUse(world);
  const gone: DemoCacheRecord[] = [];
  for (let before = -1; before < gone.length; ) {
    before = gone.length;
    const needed = new Set([...world.buildCache.values()].flatMap(({ parents }) => parents));
    for (const record of [...world.buildCache.values()]) {
      if (used.has(record.id) || needed.has(record.id) || !wanted(record)) continue;
      world.buildCache.delete(record.id);
      gone.push(record);
    }
  }
  const reclaimed = gone.reduce((sum, { size }) => sum + size, 0);
  world.bus.emit({ type: "builder", action: "prune", id: "", attributes: { reclaimed: String(reclaimed) } });
  return json({
    CachesDeleted: gone.length === 0 ? null : gone.map(({ id }) => id),
    SpaceReclaimed: reclaimed,
  });
}

/** The route of the build cache. */
export const buildCacheRoutes: readonly Route[] = [
  { method: "POST", pattern: /^\/build\/prune$/, answer: prune },
];
