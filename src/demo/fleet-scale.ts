import { idOf, scatter } from "./ids.ts";
import type { ImagePlan, VolumePlan } from "./recipes.ts";
import type { Layer } from "./types.ts";
import { day, MiB } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const perFamily = 20;

/** A layer that all images have which name it. */
function layer({ seed }: DemoWorld, name: string, size: number): Layer {
  return {
    digest: `sha256:${idOf(seed, `layer:${name}`)}`,
    size: Math.round(size * MiB),
    madeBy: `RUN make ${name}`,
  };
}

/** Image number `index` of those made up to fill a large store: each family stands on two layers, each four on a third. */
function madeUpImage(world: DemoWorld, index: number): ImagePlan {
  const family = Math.floor(index / perFamily);
  const luck = scatter(index, 11);
  const repository = `registry.acme.example/app-${String(family).padStart(2, "0")}`;
  const tag = `${repository}:1.${index % perFamily}`;
  const named = index % 7 === 3 ? [] : index % 11 === 5 ? [tag, `${repository}:latest-${index}`] : [tag];
  return {
    tags: named,
    created: world.bornAt - Math.ceil(luck * 300) * day,
    layers: [
      layer(world, `family-${family}`, 20 + scatter(family, 12) * 120),
      layer(world, `family-${family}/runtime`, 5 + scatter(family, 13) * 200),
      layer(world, `group-${Math.floor(index / 4)}`, 1 + scatter(index >> 2, 14) * 60),
      layer(world, `image-${index}`, luck * 25),
    ],
  };
}

function madeUpVolume({ bornAt, seed }: DemoWorld, index: number): VolumePlan {
  const luck = scatter(index, 17);
  const project = `app-${String(Math.floor(index / 8)).padStart(3, "0")}`;
  const name = index % 3 === 0 ? idOf(seed, `volume:${index}`) : `${project}_data-${index % 8}`;
  return {
    ...{ name, size: Math.round(luck * luck * 2048 * MiB), created: bornAt - Math.ceil(luck * 200) * day },
    ...(index % 3 === 0 ? {} : { labels: { "com.docker.compose.project": project } }),
  };
}

const upTo = (count: number): number[] => Array.from({ length: Math.max(0, count) }, (_, index) => index);

/** As many made-up images. */
export const madeUpImages = (world: DemoWorld, count: number): ImagePlan[] =>
  upTo(count).map((index) => madeUpImage(world, index));

/** As many made-up volumes that nobody uses. */
export const madeUpVolumes = (world: DemoWorld, count: number): VolumePlan[] =>
  upTo(count).map((index) => madeUpVolume(world, index));
