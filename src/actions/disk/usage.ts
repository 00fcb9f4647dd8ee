import { cacheBytes, imageBytes } from "../../docker/disk/df.ts";
import { sumOfLogs } from "../../docker/disk/log-files.ts";
import type { Figures } from "../../docker/disk/survey.ts";
import { type CleanUpItem, type CleanUpKind, kindTitles, possible } from "../clean-up/item.ts";
import { planOf } from "../clean-up/plan.ts";
import { totalOf } from "../clean-up/total.ts";
import type { World } from "../clean-up/world.ts";

/** What fills the disk, by kind: a line of `docker system df`, and one for what that leaves out. Sizes in bytes. */
export type DiskUsage = {
  id: Exclude<CleanUpKind, "network"> | "log";
  title: string;
  count: number;
  /** How many something needs now, running or not. */
  active: number;
  /** Absent while it is not measured, or cannot be. */
  size?: number;
  /** Its part of the bytes of all kinds, 0 to 1. */
  share: number;
  /** What comes back when all goes that nothing needs; shared layers counted once. */
  reclaimable?: number;
  /** The reclaimable bytes are an upper bound. */
  atMost?: true;
  /** They are only about that many. */
  about?: true;
  /** What else there is to say: why a size is not known, how many logs grow without end. */
  note?: string;
};

/** The lines of the disk screen, from the lists and the last figures. */
export function diskUsageOf(world: World): DiskUsage[] {
  const items = planOf(world);
  const { figures } = world;
  const sizes = figures ? sizesOf(figures) : {};
  const line = (kind: keyof Sizes): DiskUsage => {
    const mine = items.filter((item) => item.kind === kind);
    const free = freeOf(mine);
    const size = sizes[kind];
    const { bytes, atMost, about } = totalOf(free, world);
    return {
      ...{
        id: kind,
        title: kindTitles[kind],
        count: mine.length,
        active: mine.length - free.length,
        share: 0,
      },
      ...(size === undefined ? {} : { size, reclaimable: bytes }),
      ...(atMost ? { atMost } : {}),
      ...(about ? { about } : {}),
    };
  };
  const lines = [line("image"), line("container"), line("volume"), line("cache"), logLine(world)];
  const all = lines.reduce((sum, { size = 0 }) => sum + size, 0);
  return lines.map((each) => ({ ...each, share: all === 0 ? 0 : (each.size ?? 0) / all }));
}

type Sizes = Partial<Record<"image" | "container" | "volume" | "cache", number>>;

function sizesOf({ df, root }: Figures): Sizes {
  const sum = (sizes: Iterable<number | undefined>) =>
    [...sizes].reduce<number>((all, size) => all + (size ?? 0), 0);
  return {
    image: imageBytes(df, root.containerdStore),
    container: sum(df.containers.values()),
    volume: sum(df.volumes.values()),
    cache: cacheBytes(df),
  };
}

/** Those that can go though nothing else of another kind goes before. */
function freeOf(items: readonly CleanUpItem[]): readonly CleanUpItem[] {
  const able = possible(items, new Set(items.map(({ id }) => id)));
  return items.filter(({ id }) => able.has(id));
}

function logLine({ containers, figures }: World): DiskUsage {
  const line = {
    id: "log",
    title: "Log files",
    count: containers.length,
    active: containers.length,
    share: 0,
  } as const;
  if (!figures) return line;
  const logs = [...figures.logs.values()];
  const { size, unknown, endless } = sumOfLogs(logs);
  const why = logs.find((log) => log.path && log.size === undefined)?.why;
  const isKnown =
    logs.every(({ path }) => path === undefined) || logs.some((log) => log.path && log.size !== undefined);
  const note = [
    isKnown && endless > 0 ? `${endless} without rotation` : "",
    unknown > 0 ? (isKnown ? `${unknown} not known` : (why ?? "")) : "",
  ]
    .filter(Boolean)
    .join(", ");
  return { ...line, ...(isKnown ? { size } : {}), ...(note === "" ? {} : { note }) };
}
