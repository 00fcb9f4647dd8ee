import { createHash } from "node:crypto";
import type { DemoImage, Layer } from "./types.ts";

/** Tells the chain id of each layer of an image: two images share a layer when all that lies below is the same, too. */
export type Chains = (image: DemoImage) => readonly string[];

/** Makes a reader of chain ids, which works out those of a stack of layers once. */
export function createChains(): Chains {
  const known = new WeakMap<readonly Layer[], readonly string[]>();
  return ({ layers }) => {
    const before = known.get(layers);
    if (before !== undefined) return before;
    const chains: string[] = [];
    for (const { digest } of layers) chains.push(chainOf(chains.at(-1), digest));
    known.set(layers, chains);
    return chains;
  };
}

const chainOf = (below: string | undefined, digest: string): string =>
  below === undefined ? digest : `sha256:${createHash("sha256").update(`${below} ${digest}`).digest("hex")}`;

/** How many images have each layer, by chain id, and its bytes. */
export type LayerUse = ReadonlyMap<string, { readonly size: number; readonly images: number }>;

/** Counts the layers of all images. */
export function layerUse(all: Iterable<DemoImage>, chains: Chains): LayerUse {
  const use = new Map<string, { size: number; images: number }>();
  for (const image of all)
    chains(image).forEach((chain, index) => {
      const layer = use.get(chain);
      if (layer === undefined) use.set(chain, { size: image.layers[index]?.size ?? 0, images: 1 });
      else layer.images += 1;
    });
  return use;
}

/** The bytes of the layers of `image` which another image has, too. */
export const sharedSizeOf = (image: DemoImage, use: LayerUse, chains: Chains): number =>
  chains(image).reduce((sum, chain) => {
    const layer = use.get(chain);
    return layer !== undefined && layer.images > 1 ? sum + layer.size : sum;
  }, 0);

/** The bytes of all layers, each counted once. */
export const layersSize = (use: LayerUse): number =>
  [...use.values()].reduce((sum, { size }) => sum + size, 0);
