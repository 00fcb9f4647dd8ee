import { list, number, record } from "./raw.ts";

/** One line of `docker system df`: a kind of object, how many there are, how many are in use, and their bytes. */
export type DiskUsage = { id: string; kind: string; count: number; active: number; size: number };

/** The four lines of `GET /system/df`; what is reclaimable is left out, since the engine's own figure is wrong. */
export function toDiskUsage(value: unknown): DiskUsage[] {
  const raw = record(value);
  const images = list(raw.Images).map(record);
  const containers = list(raw.Containers).map(record);
  const volumes = list(raw.Volumes).map(record);
  const cache = list(raw.BuildCache).map(record);
  const usage = (volume: Readonly<Record<string, unknown>>) => record(volume.UsageData);
  const used = new Set(containers.map((container) => container.ImageID));
  return [
    line(
      "Images",
      images,
      (image) => used.has(image.Id),
      () => 0,
      number(raw.LayersSize),
    ),
    line(
      "Containers",
      containers,
      (container) => container.State === "running",
      (it) => number(it.SizeRw),
    ),
    line(
      "Volumes",
      volumes,
      (volume) => number(usage(volume).RefCount) > 0,
      (volume) => Math.max(0, number(usage(volume).Size)),
    ),
    line(
      "Build cache",
      cache,
      (it) => it.InUse === true,
      (it) => (it.Shared === true ? 0 : number(it.Size)),
    ),
  ];
}

type Raw = Readonly<Record<string, unknown>>;

function line(
  kind: string,
  items: readonly Raw[],
  active: (item: Raw) => boolean,
  size: (item: Raw) => number,
  total = items.reduce((sum, item) => sum + size(item), 0),
): DiskUsage {
  return { id: kind, kind, count: items.length, active: items.filter(active).length, size: total };
}
