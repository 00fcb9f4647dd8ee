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
    tagged: bornAt - age * day,
  };
}

/** The bytes of an image: all its layers. */
export const sizeOf = (image: DemoImage): number => image.layers.reduce((sum, { size }) => sum + size, 0);

/** The name as docker writes it: without the host and folder of Docker Hub, ":latest" when it has neither tag nor digest. */
export function familiar(ref: string): string {
  const short = ref.replace(/^(index\.)?docker\.io\//, "").replace(/^library\//, "");
  return /@|:[^/]*$/.test(short) ? short : `${short}:latest`;
}

/** The repository of a tag or digest. */
export const repositoryOf = (ref: string): string => ref.replace(/@.*$/, "").replace(/:[^/]*$/, "");

/** Whether `ref` begins the id, with or without "sha256:"; such a reference names the image by its id. */
export const isIdPrefix = (id: string, ref: string): boolean =>
  id.startsWith(ref) || id.startsWith(`sha256:${ref}`);

/** The image with this id (whole or prefix, with or without "sha256:"), tag, tag without ":latest", or digest. */
export function findImage(all: ReadonlyMap<string, DemoImage>, ref: string): DemoImage | undefined {
  const exact = all.get(ref);
  if (exact !== undefined) return exact;
  const name = familiar(ref);
  for (const image of all.values())
    if (image.tags.includes(name) || image.digests.includes(name)) return image;
  const hex = ref.replace(/^sha256:/, "");
  if (!/^[0-9a-f]{4,64}$/.test(hex)) return undefined;
  for (const image of all.values()) if (image.id.startsWith(`sha256:${hex}`)) return image;
  return undefined;
}
