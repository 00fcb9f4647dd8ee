import { fractionOf, idOf } from "./ids.ts";
import type { DemoImage, Layer } from "./types.ts";
import { day, MiB } from "./units.ts";

/** What one must say to have an image: its name (undefined is dangling), what it stands on, the sizes of its own layers. */
export type ImageRecipe = {
  ref: string | undefined;
  alias?: string;
  base?: "debian" | "alpine" | "scratch";
  /** Sizes of its own layers in MiB. */
  layers?: readonly number[];
  /** Age in days. */
  age?: number;
  command?: readonly string[];
};

const bases = { debian: 74.8, alpine: 7.4, scratch: 0 } as const;

const digestOf = (seed: number, key: string): string => `sha256:${idOf(seed, key)}`;

function layersOf(seed: number, recipe: ImageRecipe): Layer[] {
  const base = recipe.base ?? "alpine";
  const ground =
    bases[base] === 0
      ? []
      : [
          {
            digest: digestOf(seed, `layer:${base}`),
            size: Math.round(bases[base] * MiB),
            madeBy: `ADD file:${base} in /`,
          },
        ];
  const own = (recipe.layers ?? [12]).map((size, index) => ({
    digest: digestOf(seed, `layer:${recipe.ref ?? recipe.age}/${index}`),
    size: Math.round(size * MiB),
    madeBy: `RUN /bin/sh -c set -eux; step ${index + 1}`,
  }));
  return [...ground, ...own];
}

/** Makes an image; its size is the sum of its layers, and images on the same base share that layer. */
export function createImage(seed: number, bornAt: number, recipe: ImageRecipe): DemoImage {
  const { ref, alias } = recipe;
  const repository = ref?.replace(/:[^:/]*$/, "");
  const tags = [ref, alias].filter((tag) => tag !== undefined);
  const age = recipe.age ?? 10 + Math.floor(fractionOf(seed, `age:${ref}`) * 90);
  return {
    id: digestOf(seed, `image:${ref ?? `dangling/${recipe.age}`}`),
    tags,
    digests: repository === undefined ? [] : [`${repository}@${digestOf(seed, `digest:${ref}`)}`],
    created: bornAt - age * day,
    layers: layersOf(seed, recipe),
    labels: repository === undefined ? {} : { "org.opencontainers.image.title": repository },
    command: recipe.command ?? ["/docker-entrypoint.sh", "serve"],
  };
}

/** The bytes of an image: all its layers. */
export const sizeOf = (image: DemoImage): number => image.layers.reduce((sum, { size }) => sum + size, 0);

/** The bytes of the layers of `image` which another image has too. */
export function sharedSizeOf(image: DemoImage, all: Iterable<DemoImage>): number {
  const others = new Set<string>();
  for (const other of all) {
    if (other.id !== image.id) for (const { digest } of other.layers) others.add(digest);
  }
  return image.layers.reduce((sum, layer) => sum + (others.has(layer.digest) ? layer.size : 0), 0);
}

/** The bytes of all layers, each counted once. */
export function layersSize(all: Iterable<DemoImage>): number {
  const sizes = new Map<string, number>();
  for (const { layers } of all) for (const { digest, size } of layers) sizes.set(digest, size);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** The image with this id (whole or prefix, with or without "sha256:"), tag, tag without ":latest", or digest. */
export function findImage(all: ReadonlyMap<string, DemoImage>, ref: string): DemoImage | undefined {
  const name = /:[^/]*$/.test(ref) ? ref : `${ref}:latest`;
  for (const image of all.values())
    if (image.tags.includes(name) || image.digests.includes(ref)) return image;
  const hex = ref.replace(/^sha256:/, "");
  if (!/^[0-9a-f]{4,64}$/.test(hex)) return undefined;
  for (const image of all.values()) if (image.id.startsWith(`sha256:${hex}`)) return image;
  return undefined;
}
