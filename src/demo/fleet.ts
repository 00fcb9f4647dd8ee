import { oddities } from "./fleet-oddities.ts";
import { projects } from "./fleet-projects.ts";
import { composed, type FleetMember, tcp } from "./fleet-words.ts";
import { fractionOf, idOf, scatter } from "./ids.ts";
import { imageCatalog } from "./image-catalog.ts";
import type { ContainerRecipe, DemoCacheRecord } from "./types.ts";
import { day, hour, MiB, minute, second } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const services = ["api", "worker", "web", "queue", "cache", "search", "mail", "auth"] as const;
const images = [
  "nginx:1.27-alpine",
  "redis:7-alpine",
  "ghcr.io/acme/shop-api:2.14.0",
  "alpine:3.20",
] as const;
const perProject = 24;

/** Turns ages into moments before `bornAt` (ms since 1970). */
function recipeOf(member: FleetMember, bornAt: number): ContainerRecipe {
  const { age, up, ended, ...rest } = member;
  const lived = age ?? up;
  const health = rest.health && {
    ...rest.health,
    log: rest.health.log.map((check, index, all) => ({
      ...check,
      at: bornAt - (all.length - index) * 10 * second,
    })),
  };
  return {
    ...rest,
    ...(lived === undefined ? {} : { created: bornAt - lived - 1.4 * second }),
    ...(lived === undefined || rest.status === "created" ? {} : { startedAt: bornAt - lived }),
    ...(ended === undefined ? {} : { finishedAt: bornAt - ended }),
    ...(health === undefined ? {} : { health }),
  };
}

/** Service number `index` of those made up to fill a large fleet: nine in ten run. */
function madeUp(index: number): FleetMember {
  const project = `app-${String(Math.floor(index / perProject)).padStart(3, "0")}`;
  const service = services[index % services.length] ?? services[0];
  const luck = scatter(index, 5);
  const number = 1 + Math.floor((index % perProject) / services.length);
  const extra = { team: `team-${index % 17}`, env: luck < 0.3 ? "staging" : "production" };
  const member = {
    ...composed(project, service, number, extra),
    image: images[index % images.length] ?? images[0],
    ports: service === "web" ? [tcp(80, 10_000 + index)] : [tcp(8000 + (index % 100))],
  };
  const age = minute + luck * 60 * day;
  if (luck < 0.9) return { ...member, up: age };
  return { ...member, status: "exited", age, ended: age / 2, exitCode: luck < 0.95 ? 0 : 1 };
}

function cacheRecord(world: DemoWorld, index: number): DemoCacheRecord {
  const luck = fractionOf(world.seed, `cache/${index}`);
  return {
    id: idOf(world.seed, `cache:${index}`).slice(0, 25),
    type: index === 0 ? "source.local" : "regular",
    description: index === 0 ? "local source for context" : `[build ${index}/9] RUN step ${index}`,
    inUse: index === 3,
    shared: index % 4 === 1,
    size: Math.round(luck * 220 * MiB),
    created: world.bornAt - (1 + luck * 20) * day,
    lastUsed: world.bornAt - (1 + luck * 40) * hour,
    usageCount: 1 + Math.floor(luck * 12),
  };
}

function addUnused(world: DemoWorld): void {
  const unused = ["old_pgdata_15", idOf(world.seed, "orphan").slice(0, 64)];
  for (const name of unused) {
    const labels: Record<string, string> = name.length === 64 ? { "com.docker.volume.anonymous": "" } : {};
    world.volumes.set(name, { name, labels, created: world.bornAt - 200 * day, size: 840 * MiB });
  }
  world.addNetwork("forgotten_default", world.bornAt - 90 * day, {
    "com.docker.compose.project": "forgotten",
  });
  for (let index = 0; index < 9; index += 1) {
    const record = cacheRecord(world, index);
    world.buildCache.set(record.id, record);
  }
}

/** Fills a world with `count` containers (default: the whole cast), their images, networks and volumes; emits nothing. */
export function populate(world: DemoWorld, count?: number): void {
  const cast = [...projects, ...oddities];
  const total = count ?? cast.length;
  for (const recipe of imageCatalog) world.addImage(recipe);
  for (const member of cast.slice(0, total)) world.put(recipeOf(member, world.bornAt), world.bornAt);
  for (let index = 0; index < total - cast.length; index += 1)
    world.put(recipeOf(madeUp(index), world.bornAt), world.bornAt);
  addUnused(world);
}
