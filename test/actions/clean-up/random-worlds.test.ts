import fc from "fast-check";
import { expect, test } from "vitest";
import { carryOut, type Outcome } from "../../../src/actions/clean-up/carry-out.ts";
import { gainOf } from "../../../src/actions/clean-up/gain.ts";
import { hiddenParents } from "../../../src/actions/clean-up/hidden-parents.ts";
import { type CleanUpItem, possible } from "../../../src/actions/clean-up/item.ts";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import { totalOf } from "../../../src/actions/clean-up/total.ts";
import { type DemoEngine, type DemoWorld, startDemoEngine } from "../../../src/demo/index.ts";
import { putImage, putVolume } from "../../../src/demo/recipes.ts";
import type { DemoImage } from "../../../src/demo/types.ts";
import { unix } from "../../../src/docker/endpoint.ts";
import { createEngine } from "../../../src/docker/engine.ts";
import { measureWorld } from "../../../src/headless/world.ts";
import { type Change, mountOf, pick, type Round, rounds } from "./random-worlds.ts";

/** Everything in a world, by the ids of the plan's items. */
function everything(world: DemoWorld): Set<string> {
  const ids = (kind: string, all: Iterable<string>) => [...all].map((id) => `${kind}:${id}`);
  return new Set([
    ...ids("container", world.containers.keys()),
    ...ids("image", world.images.keys()),
    ...ids("network", world.networks.keys()),
    ...ids("volume", world.volumes.keys()),
    ...ids("cache", world.buildCache.keys()),
  ]);
}

const liveStates = ["running", "paused", "restarting"];

function apply(world: DemoWorld, change: Change): void {
  const container =
    "container" in change ? pick([...world.containers.values()], change.container) : undefined;
  const image = "image" in change ? pick([...world.images.values()], change.image) : undefined;
  const volume = "volume" in change ? pick([...world.volumes.values()], change.volume) : undefined;
  switch (change.kind) {
    case "start":
      if (container) world.change(container.id, { status: "running" });
      break;
    case "remove":
      if (container) world.remove(container.id);
      break;
    case "run": // and stopped again
      if (container && !liveStates.includes(container.status)) {
        const startedAt = (container.finishedAt ?? container.created) + 60_000;
        world.change(container.id, { status: "exited", startedAt, finishedAt: startedAt + 1_000 });
      }
      break;
    case "replace": // by another one of that name, on the same networks
      if (container) {
        const { name, image, imageId, networks } = container;
        world.remove(container.id);
        world.add({ name, status: "created", image, imageId, networks });
      }
      break;
    case "use": {
      const network = pick([...world.networks.values()], change.network);
      world.add({
        ...{ name: `newcomer-${world.containers.size}-${change.image}`, status: "created" },
        ...(image ? { image: image.id, imageId: image.id } : {}),
        ...(volume ? { mounts: [mountOf(volume.name)] } : {}),
        ...(network ? { networks: [network.name] } : {}),
      });
      break;
    }
    case "tag":
      if (image)
        world.images.set(image.id, { ...image, tags: [...image.tags, `new-${image.tags.length}:1`] });
      break;
    case "build-on":
      if (image) putImage(world, { parent: image.id, tags: [`built-${world.images.size}:1`] });
      break;
    case "remake":
      if (volume) putVolume(world, { name: volume.name, created: volume.created + 5_000, size: 1 });
      break;
  }
}

/** The objects of a world at one moment. */
type Objects = Pick<DemoWorld, "containers" | "images" | "networks" | "volumes" | "buildCache">;

function objectsOf({ containers, images, networks, volumes, buildCache }: DemoWorld): Objects {
  return {
    containers: new Map(containers),
    images: new Map(images),
    networks: new Map(networks),
    volumes: new Map(volumes),
    buildCache: new Map(buildCache),
  };
}

/** Those objects without the ones of those ids. */
function without(objects: Objects, refs: ReadonlySet<string>): Objects {
  const rest = <Value>(all: ReadonlyMap<string, Value>) =>
    new Map([...all].filter(([ref]) => !refs.has(ref)));
  return {
    containers: rest(objects.containers),
    images: rest(objects.images),
    networks: rest(objects.networks),
    volumes: rest(objects.volumes),
    buildCache: rest(objects.buildCache),
  };
}

/** Whether nothing has come of an item that would keep it from going, by a look at the world itself. */
function isStillUnused(
  world: Objects,
  { kind, ref, tags, created, users }: CleanUpItem,
  shown: Objects,
): boolean {
  const all = [...world.containers.values()];
  switch (kind) {
    case "container": {
      const found = world.containers.get(ref);
      const was = shown.containers.get(ref);
      const ranSince = found?.startedAt !== was?.startedAt || found?.finishedAt !== was?.finishedAt;
      return found !== undefined && !liveStates.includes(found.status) && !ranSince;
    }
    case "image": {
      const found = world.images.get(ref);
      const names = [...(found?.tags ?? []), ...(found?.digests ?? [])];
      const isSame = names.length === tags.length && names.every((name) => tags.includes(name));
      const isParent = [...world.images.values()].some(({ parent }) => parent === ref);
      // A nameless image that something is built on is not to be had; one with names loses them.
      return (
        found !== undefined &&
        isSame &&
        !all.some(({ imageId }) => imageId === ref) &&
        !(isParent && tags.length === 0)
      );
    }
    case "network": {
      const found = world.networks.get(ref);
      const on = all.filter(({ networks }) => networks.includes(found?.name ?? ""));
      return (
        found !== undefined &&
        on.every(({ id, status }) => users.some((user) => user.id === id) && !liveStates.includes(status))
      );
    }
    case "volume": {
      const found = world.volumes.get(ref);
      const isOld = found !== undefined && Math.floor(found.created / 1000) * 1000 === created;
      return isOld && !all.some(({ mounts }) => mounts.some(({ name }) => name === ref));
    }
    case "cache": {
      const found = world.buildCache.get(ref);
      const isParent = [...world.buildCache.values()].some(({ parents }) => parents.includes(ref));
      return found !== undefined && !found.inUse && !isParent;
    }
  }
}

/** Whether something is built on an image that does not go, or was named or used meanwhile: then only its names go. */
function hasStayingChild(world: DemoWorld, id: string, going: ReadonlySet<string>): boolean {
  const isUsed = ({ id: ref }: DemoImage) =>
    [...world.containers.values()].some(({ imageId }) => imageId === ref);
  const stays = (image: DemoImage) =>
    !going.has(image.id) || image.tags.length > 0 || isUsed(image) || hasStayingChild(world, image.id, going);
  return [...world.images.values()].some((image) => image.parent === id && stays(image));
}

async function checkRound(demo: DemoEngine, { dice, changes }: Round): Promise<void> {
  const engine = createEngine(unix(demo.socketPath), { readOnly: false, now: demo.world.now });
  try {
    await engine.connect(AbortSignal.timeout(10_000));
    const world = await measureWorld(engine);
    const items = planOf(world);
    const able = possible(items, new Set(items.filter((_, at) => dice[at]).map(({ id }) => id)));
    const ticked = items.filter(({ id }) => able.has(id));
    const shown = objectsOf(demo.world);
    for (const change of changes) apply(demo.world, change);
    const before = everything(demo.world);
    const were = objectsOf(demo.world);
    const measured = await measureWorld(engine);
    const outcomes = new Map<CleanUpItem, Outcome>();
    await carryOut(ticked, {
      ...{ engine, world, signal: new AbortController().signal },
      tell: (item, outcome) => outcomes.set(item, outcome),
      whenBack: () => Promise.reject(new Error("It is not lost.")),
    });
    const after = everything(demo.world);
    const of = (kind: Outcome["kind"]) => ticked.filter((item) => outcomes.get(item)?.kind === kind);

    expect(of("failed")).toEqual([]);
    const removed = of("removed");
    const announced = hiddenParents(removed, world).map((id) => `image:${id}`);
    const gone = [...before].filter((id) => !after.has(id));
    expect(gone.filter((id) => !able.has(id) && !announced.includes(id))).toEqual([]);
    const going = new Set([...removed.map(({ ref }) => ref), ...hiddenParents(ticked, world)]);
    for (const item of removed)
      if (after.has(item.id)) expect(hasStayingChild(demo.world, item.ref, going), item.name).toBe(true);
    const others = (ref: string) => new Set([...going].filter((other) => other !== ref));
    const used = removed.filter((item) => !isStillUnused(without(were, others(item.ref)), item, shown));
    expect(used).toEqual([]);
    expect(of("skipped").filter((item) => isStillUnused(demo.world, item, shown))).toEqual([]);
    expect(removed.length + of("skipped").length).toBe(ticked.length);

    // When nothing changed meanwhile, all of it goes and brings back exactly what was promised.
    if (changes.length > 0) return;
    expect(of("skipped")).toEqual([]);
    const promised = totalOf(removed, world);
    const { figures } = await measureWorld(engine);
    expect(promised.atMost).toBeUndefined();
    expect(gainOf(removed, measured.figures, figures)).toEqual(promised.byKind);
  } finally {
    engine.close();
  }
}

test("in any world, whatever is ticked and whatever happens meanwhile: exactly the ticked and still unused goes", async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (round) => {
      const demo = await startDemoEngine({ quiet: true, only: round.plan });
      try {
        await checkRound(demo, round);
      } finally {
        await demo.close();
      }
    }),
    { numRuns: 500 },
  );
});
