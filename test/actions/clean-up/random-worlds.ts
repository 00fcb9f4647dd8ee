import fc from "fast-check";
import type { WorldPlan } from "../../../src/demo/recipes.ts";
import type { ContainerRecipe } from "../../../src/demo/types.ts";

/** What happens between the showing of a plan and its yes; numbers choose among what there is. */
export type Change =
  | { kind: "start" | "remove" | "run" | "replace"; container: number }
  | { kind: "use"; image: number; volume: number; network: number }
  | { kind: "tag" | "build-on"; image: number }
  | { kind: "remake"; volume: number };

/** A world, what is ticked in its plan (a dice for each row, in order), and what changes before it is carried out. */
export type Round = { plan: WorldPlan; dice: readonly boolean[]; changes: readonly Change[] };

const index = fc.nat({ max: 30 });
const states = ["created", "running", "paused", "exited", "exited", "dead"] as const;

const images = fc
  .array(
    fc.record({
      below: fc.option(index, { nil: undefined }),
      known: fc.boolean(),
      names: fc.nat({ max: 2 }),
      sizes: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all.map(({ below, known, names, sizes }, at) => {
      const base = below === undefined || at === 0 ? undefined : idOf(below % at);
      return {
        id: idOf(at),
        tags: Array.from({ length: names }, (_, name) => `image-${at}:${name}`),
        layers: sizes.map((size) => ({ size })),
        ...(base === undefined ? {} : known ? { parent: base } : { on: base }),
      };
    }),
  );

const volumes = fc
  .array(fc.record({ anonymous: fc.boolean(), size: fc.nat({ max: 99 }) }), { maxLength: 5 })
  .map((all) =>
    all.map(({ anonymous, size }, at) => ({
      name: anonymous ? `${at}`.repeat(64) : `volume-${at}`,
      created: (at + 1) * 1_000,
      size,
    })),
  );

const networks = fc
  .nat({ max: 3 })
  .map((count) => Array.from({ length: count }, (_, at) => ({ name: `net-${at}` })));

const cache = fc
  .array(
    fc.record({
      parent: fc.option(index, { nil: undefined }),
      inUse: fc.boolean(),
      size: fc.nat({ max: 9 }),
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all.map(({ parent, inUse, size }, at) => ({
      id: `record${at}`,
      parents: parent === undefined || at === 0 ? [] : [`record${parent % at}`],
      inUse: inUse && at % 2 === 1,
      size,
    })),
  );

const containers = fc.array(
  fc.record({
    image: index,
    state: fc.constantFrom(...states),
    volume: fc.option(index, { nil: undefined }),
    network: fc.option(index, { nil: undefined }),
    sizeRw: fc.nat({ max: 99 }),
  }),
  { maxLength: 6 },
);

const changes = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom("start" as const, "remove" as const, "run" as const, "replace" as const),
      container: index,
    }),
    fc.record({ kind: fc.constant("use" as const), image: index, volume: index, network: index }),
    fc.record({ kind: fc.constantFrom("tag" as const, "build-on" as const), image: index }),
    fc.record({ kind: fc.constant("remake" as const), volume: index }),
  ),
  { maxLength: 4 },
);

/** Random worlds with random ticks. */
export const rounds: fc.Arbitrary<Round> = fc
  .record({
    images,
    volumes,
    networks,
    cache,
    containers,
    changes,
    dice: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ containers, dice, changes, ...world }) => ({
    plan: {
      ...world,
      containers: containers.map((one, at): ContainerRecipe => {
        const image = pick(world.images, one.image);
        const volume = one.volume === undefined ? undefined : pick(world.volumes, one.volume);
        const network = one.network === undefined ? undefined : pick(world.networks, one.network);
        return {
          ...{ name: `container-${at}`, status: one.state, sizeRw: one.sizeRw },
          ...(image ? { image: image.tags[0] ?? image.id, imageId: image.id } : {}),
          ...(network ? { networks: [network.name] } : {}),
          ...(volume ? { mounts: [mountOf(volume.name)] } : {}),
        };
      }),
    },
    dice,
    changes,
  }));

/** A mount of that volume. */
export function mountOf(name: string) {
  return { type: "volume" as const, name, source: `/var/lib/${name}`, destination: "/data", writable: true };
}

/** The one that a number chooses; undefined when there is none. */
export function pick<One>(all: readonly One[], at: number): One | undefined {
  return all[at % Math.max(1, all.length)];
}

function idOf(at: number): string {
  return `sha256:${at.toString(16).padStart(2, "0").repeat(32)}`;
}
