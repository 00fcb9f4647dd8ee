import type { CarryOutOptions } from "./carry-out.ts";
import type { CleanUpItem } from "./item.ts";
import { holders, type World } from "./world.ts";

/**
 * The nameless images between a base and what is built on it (a build without BuildKit leaves them) that nothing
 * holds any more once those items are gone: docker removes them with the last image built on them. Uppermost first.
 */
export function hiddenParents(items: readonly CleanUpItem[], world: World): readonly string[] {
  const { figures } = world;
  if (!figures) return [];
  const going = new Set(items.filter(({ kind }) => kind === "image").map(({ ref }) => ref));
  const parents = new Map(figures.images.map(({ id, parent }) => [id, parent]));
  const above = (id: string): readonly string[] => {
    const parent = parents.get(id);
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  const keeping = holders(world);
  const kept = new Set([...keeping].filter((id) => !going.has(id)).flatMap(above));
  const hidden = [...going].flatMap(above).filter((id) => !keeping.has(id) && !kept.has(id));
  return [...new Set(hidden)].sort((a, b) => above(b).length - above(a).length);
}

/**
 * Removes one of them, unless it was named meanwhile or something is still built on it: an image that was to go and was
 * left alone, or a new one. Not every store refuses that by itself. Never rejects.
 */
export async function removeHiddenParent(
  id: string,
  { engine, signal }: Pick<CarryOutOptions, "engine" | "signal">,
): Promise<void> {
  if (signal.aborted) return;
  try {
    const images = await engine.allImages();
    const named = images.some((image) => image.id === id && image.tags.length + image.digests.length > 0);
    if (named || images.some(({ parent }) => parent === id)) return;
    await engine.removeImage(id);
  } catch {
    // In use or gone: left alone. What else went wrong shows in what came back.
  }
}
