import type { Layers } from "../../docker/disk/layers.ts";
import type { Figures } from "../../docker/disk/survey.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";
import { holders, type World } from "./world.ts";

/** What comes back when those items go; in bytes. */
export type Total = {
  bytes: number;
  byKind: Readonly<Record<CleanUpKind, number>>;
  /** Bytes of the log files that go with containers; the engine does not count them, nor does `bytes`. */
  logs: number;
  /** The bytes are an upper bound. */
  atMost?: true;
  /** They are only about that many. */
  about?: true;
  /** How many hold bytes that are not known. */
  unknown: number;
};

/** The sum over those items, which all can go; layers that images share are counted once, and only when none keeps them. */
export function totalOf(items: readonly CleanUpItem[], world: World): Total {
  const byKind = { container: 0, image: 0, network: 0, volume: 0, cache: 0 };
  for (const { kind, size } of items) if (kind !== "image") byKind[kind] += size ?? 0;
  const going = new Set(items.filter(({ kind }) => kind === "image").map(({ ref }) => ref));
  if (world.figures) byKind.image = freedLayers(going, world, world.figures);
  return {
    bytes: Object.values(byKind).reduce((sum, bytes) => sum + bytes, 0),
    byKind,
    logs: items.reduce((sum, { log = 0 }) => sum + log, 0),
    unknown: items.filter(({ size }) => size === undefined).length,
    ...(items.some(({ atMost }) => atMost) ? { atMost: true } : {}),
    ...(items.some(({ about }) => about) ? { about: true } : {}),
  };
}

function freedLayers(going: ReadonlySet<string>, world: World, { layers }: Figures): number {
  if (going.size === 0) return 0;
  const chain = (id: string): Layers["chain"] => layers.get(id)?.chain ?? [];
  const staying = holders({ ...world, containers: staysOf(world, going) });
  const kept = new Set(
    [...staying].filter((id) => !going.has(id)).flatMap((id) => chain(id).map(({ key }) => key)),
  );
  const freed = new Map<string, number>();
  for (const id of going) for (const { key, size } of chain(id)) if (!kept.has(key)) freed.set(key, size);
  return [...freed.values()].reduce((sum, size) => sum + size, 0);
}

/** The containers that keep an image on the disk; those of an image that goes have gone before it. */
function staysOf({ containers }: World, going: ReadonlySet<string>): World["containers"] {
  return containers.filter(({ imageId }) => !going.has(imageId));
}
