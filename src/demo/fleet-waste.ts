import { idOf } from "./ids.ts";
import { findImage } from "./images.ts";
import type { CachePlan, ImagePlan, VolumePlan, WorldPlan } from "./recipes.ts";
import type { Layer } from "./types.ts";
import { day, hour, MiB } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const api = "ghcr.io/acme/shop-api:2.14.0";

/** The lowest layers of an image, as many as `count`. */
const ground = (world: DemoWorld, ref: string, count: number): readonly Layer[] =>
  findImage(world.images, ref)?.layers.slice(0, count) ?? [];

/** Earlier builds of the shop, which stand on layers of the running ones. */
function rebuilds(world: DemoWorld): ImagePlan[] {
  const own = (size: number, madeBy: string) => ({ size: Math.round(size * MiB), madeBy });
  return [
    {
      created: world.bornAt - 5 * day,
      layers: [...ground(world, api, 3), own(4.3, "COPY /build/api /app/api # buildkit")],
    },
    {
      created: world.bornAt - 9 * day,
      layers: [
        ...ground(world, api, 2),
        own(31.4, "RUN /bin/sh -c npm ci --omit=dev # buildkit"),
        own(4.3, "COPY /build/api /app/api # buildkit"),
      ],
    },
    {
      tags: ["ghcr.io/acme/shop-web:2.13.0"],
      created: world.bornAt - 33 * day,
      layers: [...ground(world, "ghcr.io/acme/shop-web:2.14.0", 2), own(57.9, "COPY dist /srv # buildkit")],
    },
  ];
}

/** One step of the legacy builder: an image of its own, with a layer when it has a size (in MiB). */
function legacyStep(
  world: DemoWorld,
  parent: string,
  { madeBy, size, tags = [], age }: { madeBy: string; size?: number; tags?: string[]; age: number },
): ImagePlan & { id: string } {
  const id = `sha256:${idOf(world.seed, `legacy:${parent}/${madeBy}/${age}`)}`;
  return {
    ...{ id, tags, parent, created: world.bornAt - age * day },
    layers: size === undefined ? [] : [{ size: Math.round(size * MiB), madeBy }],
    steps: [{ madeBy, layer: size !== undefined, comment: "" }],
  };
}

/** Two builds of one Dockerfile by the legacy builder: the newer has the tag, the older lost it. */
function legacyBuilds(world: DemoWorld): ImagePlan[] {
  const shell = (text: string) => `/bin/sh -c ${text}`;
  const env = legacyStep(world, "alpine:3.20", { madeBy: shell("#(nop)  ENV LANG=C.UTF-8"), age: 16 });
  const tools = legacyStep(world, env.id, {
    madeBy: shell("apk add --no-cache chromium"),
    size: 246,
    age: 16,
  });
  const copy = (age: number, size: number) =>
    legacyStep(world, tools.id, { madeBy: shell("#(nop) COPY dir:report in /report"), size, age });
  const command = shell('#(nop)  CMD ["/report/run"]');
  const [older, newer] = [copy(16, 11.8), copy(2, 12.1)];
  return [
    ...[env, tools, older, newer],
    legacyStep(world, older.id, { madeBy: command, age: 16 }),
    legacyStep(world, newer.id, { madeBy: command, age: 2, tags: ["acme/report:7"] }),
  ];
}

function volumes({ bornAt, seed }: DemoWorld): VolumePlan[] {
  const orphan = (name: string) => idOf(seed, name).slice(0, 64);
  return [
    { name: "backups", size: 2300 * MiB, created: bornAt - 8 * hour },
    {
      name: "c0ffee6c1e9d0a4b7f83c1d2e4f5a697881234567890abcdefcafebabe012345",
      ...{ size: 64 * MiB, created: bornAt - 5 * day },
    },
    { name: "old_pgdata_15", size: 840 * MiB, created: bornAt - 200 * day },
    { name: orphan("orphan"), size: 840 * MiB, created: bornAt - 200 * day },
    { name: orphan("orphan 2"), size: 120 * MiB, created: bornAt - 12 * day },
    { name: orphan("orphan 3"), created: bornAt - 3 * day },
    { name: "shop_uploads_old", size: 1900 * MiB, created: bornAt - 120 * day },
  ];
}

type Cached = Partial<CachePlan> & { of?: number; size: number };

/** The build cache: what the running images are made of, a branch to a dangling one, and stages that no image has. */
function cache(world: DemoWorld, dangling: string): CachePlan[] {
  const [base, packages, modules, program] = ground(world, api, 4);
  const older = world.images.get(dangling)?.layers.at(-1);
  const layer = (made: Layer | undefined) => ({ ...(made && { layer: made.digest }), size: made?.size ?? 0 });
  const exec = (command: string) => `mount / from exec /bin/sh -c ${command}`;
  const records: Cached[] = [
    { type: "source.local", description: "local source for context", size: 14 * MiB },
    { description: "pulled from docker.io/library/debian:bookworm-slim", ...layer(base) },
    { of: 1, description: exec("apt-get install -y libvips42"), ...layer(packages) },
    { of: 2, description: exec("npm ci --omit=dev"), ...layer(modules) },
    { of: 3, description: "[final 4/4] COPY /build/api /app/api", ...layer(program) },
    { of: 3, description: "[final 4/4] COPY /build/api /app/api", ...layer(older) },
    { of: 1, description: exec("apt-get install -y build-essential"), size: 412 * MiB },
    { of: 6, description: "[build 3/4] COPY . .", size: 14 * MiB },
    { of: 7, description: exec("make release"), size: 236 * MiB },
    {
      type: "exec.cachemount",
      description: "cached mount /root/.npm from exec /bin/sh -c npm ci",
      size: 690 * MiB,
    },
    { of: 0, description: exec("npm test"), size: 180 * MiB, inUse: true },
  ];
  const idAt = (index: number) => idOf(world.seed, `cache:${index}`).slice(0, 25);
  return records.map(({ of, ...record }, index) => ({
    ...record,
    id: idAt(index),
    parents: of === undefined ? [] : [idAt(of)],
    created: world.bornAt - (records.length - index + 3) * day,
    lastUsed: world.bornAt - (records.length - index) * 5 * hour,
    usageCount: records.length - index,
  }));
}

/** The volumes which the fleet finds there, with their bytes. */
export const keptVolumes = (world: DemoWorld): WorldPlan => ({ volumes: volumes(world) });

/** The images and networks that nobody uses. */
export const unused = (world: DemoWorld): WorldPlan => ({
  images: [...rebuilds(world), ...legacyBuilds(world)],
  networks: [
    {
      name: "forgotten_default",
      created: world.bornAt - 90 * day,
      labels: { "com.docker.compose.project": "forgotten" },
    },
  ],
});

/** The build cache, once its images are there. */
export const buildCache = (world: DemoWorld): WorldPlan => {
  const dangling = [...world.images.values()].find(
    ({ created, tags }) => tags.length === 0 && created === world.bornAt - 5 * day,
  );
  return { cache: cache(world, dangling?.id ?? "") };
};
