import { cacheBytes, imageBytes } from "../../docker/disk/df.ts";
import type { Figures } from "../../docker/disk/survey.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";

/**
 * Bytes that came back with those items, by kind, as two measurings tell: of containers and volumes what those held
 * that are gone now, of images and cache the difference. When no cache was removed, what it keeps of a removed image
 * is taken off the image's.
 */
export function gainOf(
  items: readonly CleanUpItem[],
  { df: before, root: { containerdStore } }: Figures,
  { df: after }: Pick<Figures, "df">,
): Readonly<Record<CleanUpKind, number>> {
  const of = (kind: CleanUpKind) => items.filter((item) => item.kind === kind).map(({ ref }) => ref);
  const gone = (refs: readonly string[], sizes: "containers" | "volumes") =>
    refs.filter((ref) => !after[sizes].has(ref)).reduce((sum, ref) => sum + (before[sizes].get(ref) ?? 0), 0);
  const cache = cacheBytes(before) - cacheBytes(after);
  const layers = imageBytes(before, containerdStore) - imageBytes(after, containerdStore);
  const [images, records] = [of("image").length > 0, of("cache").length > 0];
  return {
    container: gone(of("container"), "containers"),
    image: images ? layers + (records ? 0 : Math.min(0, cache)) : 0,
    network: 0,
    volume: gone(of("volume"), "volumes"),
    cache: records ? cache : 0,
  };
}
