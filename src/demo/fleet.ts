import { oddities } from "./fleet-oddities.ts";
import { projects } from "./fleet-projects.ts";
import { madeUpImages, madeUpVolumes } from "./fleet-scale.ts";
import { buildCache, keptVolumes, unused } from "./fleet-waste.ts";
import { composed, type FleetMember, tcp } from "./fleet-words.ts";
import { scatter } from "./ids.ts";
import { imageCatalog } from "./image-catalog.ts";
import { fill } from "./recipes.ts";
import type { ContainerRecipe } from "./types.ts";
import { day, minute, second } from "./units.ts";
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

/** How large a fleet is: containers (unsaid: the whole cast), and at least as many images and volumes as said. */
export type FleetSize = { containers?: number; images?: number; volumes?: number };

/** Fills a world with the fleet, its images, networks and volumes, and what nobody needs any more; emits nothing. */
export function populate(world: DemoWorld, size: FleetSize = {}): void {
  const cast = [...projects, ...oddities];
  const total = size.containers ?? cast.length;
  for (const recipe of imageCatalog) world.addImage(recipe);
  fill(world, keptVolumes(world));
  for (const member of cast.slice(0, total)) world.put(recipeOf(member, world.bornAt), world.bornAt);
  for (let index = 0; index < total - cast.length; index += 1)
    world.put(recipeOf(madeUp(index), world.bornAt), world.bornAt);
  fill(world, unused(world));
  fill(world, buildCache(world));
  fill(world, {
    images: madeUpImages(world, (size.images ?? 0) - world.images.size),
    volumes: madeUpVolumes(world, (size.volumes ?? 0) - world.volumes.size),
  });
}
