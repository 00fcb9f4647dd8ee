import type { DemoImage, HistoryStep, Layer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

const buildkit = "buildkit.dockerfile.v0";

/** The layers of an image which its parent does not have. */
export function ownLayers({ images }: DemoWorld, image: DemoImage): readonly Layer[] {
  const parent = image.parent === undefined ? undefined : images.get(image.parent);
  return image.layers.slice(parent?.layers.length ?? 0);
}

/** The steps of an image beyond those of its parent, oldest first: with a parent one, else all that BuildKit did. */
function ownSteps(world: DemoWorld, image: DemoImage): readonly HistoryStep[] {
  if (image.steps !== undefined) return image.steps;
  const comment = image.parent === undefined ? buildkit : "";
  const taking = ownLayers(world, image).map(({ madeBy }) => ({ madeBy, layer: true, comment }));
  const settings = { madeBy: `CMD ${JSON.stringify(image.command)}`, layer: false, comment };
  return image.parent !== undefined && taking.length > 0 ? taking : [...taking, settings];
}

/** An image and those it was made from, the youngest first, as far as they are there. */
function* lineOf({ images }: DemoWorld, image: DemoImage): Generator<DemoImage> {
  for (let here: DemoImage | undefined = image; here !== undefined; here = images.get(here.parent ?? ""))
    yield here;
}

/** The history of an image as the engine tells it: newest first, with entries that take no layer and no bytes. */
export function historyOf(world: DemoWorld, image: DemoImage) {
  const line = [...lineOf(world, image)];
  const entries = line.flatMap((each) => {
    const layers = ownLayers(world, each).slice();
    const sized = ownSteps(world, each).map((step) => ({
      Created: Math.floor(each.created / 1000),
      CreatedBy: step.madeBy,
      Size: step.layer ? (layers.shift()?.size ?? 0) : 0,
      Comment: step.comment,
    }));
    return sized.reverse();
  });
  return entries.map((entry, index) => {
    const named = line[index];
    return { Id: named?.id ?? "<missing>", ...entry, Tags: named?.tags.length ? named.tags : null };
  });
}
