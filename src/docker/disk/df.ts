import { list, moment, number, record, text } from "../raw.ts";

/** A record of the build cache; times in ms, `size` in bytes. */
export type CacheRecord = {
  id: string;
  /** Records this one was made from: they cannot go before it. */
  parents: readonly string[];
  /** "regular", "source.local", "exec.cachemount", "frontend", "internal" … */
  type: string;
  description: string;
  inUse: boolean;
  /** An image holds its bytes too, so that nothing comes back when it goes. */
  shared: boolean;
  size: number;
  created?: number;
  lastUsed?: number;
};

/** What `docker system df -v` measures, in bytes; what is reclaimable is left out, the engine's own figure is wrong. */
export type Df = {
  /** All layers of all images, each counted once. */
  layersSize: number;
  /** What each container has written, by id. */
  containers: ReadonlyMap<string, number>;
  /** What each volume holds, by name; undefined where its driver cannot tell. */
  volumes: ReadonlyMap<string, number | undefined>;
  cache: readonly CacheRecord[];
};

/** The answer of `GET /system/df`. */
export function toDf(value: unknown): Df {
  const raw = record(value);
  const containers = list(raw.Containers).map(record);
  const volumes = list(raw.Volumes).map(record);
  return {
    layersSize: number(raw.LayersSize),
    containers: new Map(containers.map(({ Id, SizeRw }) => [text(Id), number(SizeRw)])),
    volumes: new Map(volumes.map(({ Name, UsageData }) => [text(Name), sizeOf(record(UsageData).Size)])),
    cache: list(raw.BuildCache).map(toCacheRecord),
  };
}

/** Bytes of all layers of images; containerd's store counts what containers have written and the cache among them. */
export function imageBytes(df: Df, containerdStore: boolean): number {
  if (!containerdStore) return df.layersSize;
  const written = [...df.containers.values()].reduce((sum, size) => sum + size, 0);
  return Math.max(0, df.layersSize - written - cacheBytes(df));
}

/** Bytes of the build cache that no image holds too: what the engine's own table shows as its size. */
export function cacheBytes({ cache }: Pick<Df, "cache">): number {
  return cache.reduce((sum, { shared, size }) => sum + (shared ? 0 : size), 0);
}

/** -1 stands for "unknown". */
function sizeOf(value: unknown): number | undefined {
  const size = typeof value === "number" ? value : -1;
  return size < 0 ? undefined : size;
}

function toCacheRecord(value: unknown): CacheRecord {
  const raw = record(value);
  const created = moment(raw.CreatedAt);
  const lastUsed = moment(raw.LastUsedAt);
  return {
    id: text(raw.ID),
    // API 1.42 made a list of the one parent.
    parents: [raw.Parent, ...list(raw.Parents)].map(text).filter((parent) => parent !== ""),
    type: text(raw.Type),
    description: text(raw.Description),
    inUse: raw.InUse === true,
    shared: raw.Shared === true,
    size: number(raw.Size),
    ...(created === undefined ? {} : { created }),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  };
}
