import { fractionOf, idOf } from "./ids.ts";
import type { ContainerRecipe, DemoContainer, DemoImage } from "./types.ts";
import { MiB, second } from "./units.ts";

type Birth = { seed: number; ordinal: number; image: DemoImage; now: number };

/** The environment that every image gives. */
export const imageEnv: readonly string[] = [
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
];

/** Times and log which follow from the status a recipe asks for. */
function pastOf(recipe: ContainerRecipe, now: number): Partial<DemoContainer> {
  const status = recipe.status ?? "running";
  if (status === "created") return { created: recipe.created ?? now };
  const lives = status === "running" || status === "paused";
  const startedAt = recipe.startedAt ?? recipe.created ?? now;
  const finishedAt = recipe.finishedAt ?? (lives ? undefined : now);
  const end = status === "running" ? undefined : (finishedAt ?? now);
  return {
    startedAt,
    finishedAt,
    created: recipe.created ?? startedAt - 1.4 * second,
    logSpans: [{ first: 0, from: startedAt, to: end }],
    ran: {
      ms: end === undefined ? 0 : Math.max(0, end - startedAt),
      since: end === undefined ? startedAt : undefined,
    },
  };
}

/** Makes a whole container of what `recipe` says; the rest is believable and depends on the seed and the name. */
export function createContainer(
  { seed, ordinal, image, now }: Birth,
  recipe: ContainerRecipe,
): DemoContainer {
  const luck = fractionOf(seed, recipe.name);
  const id = idOf(seed, `container:${recipe.name}/${ordinal}`);
  return {
    id,
    ordinal,
    image: image.tags[0] ?? image.id,
    imageId: image.id,
    command: image.command,
    created: now,
    status: "running",
    startedAt: undefined,
    finishedAt: undefined,
    exitCode: 0,
    oomKilled: false,
    error: "",
    restartCount: 0,
    health: undefined,
    labels: {},
    tty: false,
    networks: ["bridge"],
    joined: {},
    ports: [],
    mounts: [],
    restartPolicy: "no",
    memoryLimit: 0,
    nanoCpus: 0,
    stopTimeout: undefined,
    stopsAfter: 0,
    termExitCode: 0,
    crashes: false,
    shells: ["/bin/sh", "/bin/ash"],
    voice: "plain",
    logEvery: Math.round(1500 + luck * 8000),
    logDriver: "json-file",
    logSpans: [],
    ran: { ms: 0, since: undefined },
    cores: 0.002 + luck * luck * 0.2,
    memory: Math.round((8 + luck * 180) * MiB),
    sizeRw: Math.round(luck * 300_000),
    changes: [],
    ...pastOf(recipe, now),
    ...recipe,
    env: [...imageEnv, ...(recipe.env ?? [])],
  };
}
