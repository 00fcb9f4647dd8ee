import { request } from "node:http";
import { expect, test } from "vitest";
import type { WorldPlan } from "../../src/demo/index.ts";
import { type Ask, demoEngine, filters } from "./ask.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** A build of two steps on a base, whose layers the image bk:1 has; a stage that no image has; one in use. */
const built: WorldPlan = {
  images: [
    { id: digest("a"), tags: ["base:1"], layers: [{ digest: digest("0"), size: 5000 }] },
    {
      ...{ id: digest("b"), tags: ["bk:1"], on: "base:1" },
      layers: [
        { digest: digest("1"), size: 100 },
        { digest: digest("2"), size: 200 },
      ],
    },
  ],
  cache: [
    { id: "source", type: "source.local", size: 11 },
    { id: "ground", layer: digest("0") },
    { id: "one", parents: ["ground"], layer: digest("1"), size: 100 },
    { id: "two", parents: ["one"], layer: digest("2"), size: 200 },
    { id: "stage", parents: ["one"], size: 40 },
    { id: "busy", parents: ["source"], size: 60, inUse: true },
  ],
};

type Df = {
  LayersSize: number;
  Images: { RepoTags: string[]; SharedSize: number; Containers: number }[];
  Containers: { SizeRw?: number; SizeRootFs: number }[];
  Volumes: { Name: string; UsageData: { Size: number; RefCount: number } }[];
  BuildCache: { ID: string; Shared: boolean; InUse: boolean; Parent?: string; Parents?: string[] }[];
  BuilderSize?: number;
};

const df = async (ask: Ask, version = "") => (await ask(`GET ${version}/system/df`)).body as Df;
const idsWhere = (rows: Df["BuildCache"], holds: "Shared" | "InUse") =>
  rows.filter((row) => row[holds]).map(({ ID }) => ID);
const prune = async (ask: Ask, query: string) => (await ask(`POST /build/prune?${query}`)).body;
const nothing = { CachesDeleted: null, SpaceReclaimed: 0 };

test("each layer counts once, hidden parents do not, and everybody's users are counted", async () => {
  const { ask, world } = await demoEngine({
    only: {
      ...built,
      images: [...(built.images ?? []), { parent: "base:1", layers: [{ size: 30 }] }],
      volumes: [{ name: "data", size: 900 }],
      containers: [{ name: "c1", image: "bk:1", status: "exited", sizeRw: 7 }],
    },
  });
  const hidden = [...world.images.values()].at(-1);
  await ask(`POST /images/${hidden?.id}/tag?repo=kept`);
  world.add({
    ...{ name: "c2", image: "bk:1", sizeRw: 0 },
    mounts: [{ type: "volume", name: "data", source: "", destination: "/data", writable: true }],
  });
  const usage = await df(ask);
  expect(usage.LayersSize).toBe(5330);
  expect(
    usage.Images.map(({ RepoTags, SharedSize, Containers }) => [RepoTags[0], SharedSize, Containers]),
  ).toEqual([
    ["base:1", 5000, 0],
    ["bk:1", 5000, 2],
    ["kept:latest", 5000, 0],
  ]);
  expect(usage.Containers.map(({ SizeRw, SizeRootFs }) => [SizeRw, SizeRootFs])).toEqual([
    [7, 5307],
    [undefined, 5300],
  ]);
  expect(usage.Volumes).toMatchObject([{ Name: "data", UsageData: { Size: 900, RefCount: 1 } }]);
});

test("the version of the path decides how the build cache is told", async () => {
  const { ask } = await demoEngine({ only: built });
  const [old, young] = [await df(ask, "/v1.41"), await df(ask, "/v1.44")];
  expect(old.BuilderSize).toBe(411);
  expect(young).not.toHaveProperty("BuilderSize");
  expect(old.BuildCache[2]).toMatchObject({ ID: "one", Parent: "ground" });
  expect(young.BuildCache[2]).toMatchObject({ ID: "one", Parents: ["ground"] });
  expect(young.BuildCache[2]).not.toHaveProperty("Parent");
  expect(idsWhere(old.BuildCache, "InUse")).toEqual(["source", "busy"]);
  expect(Object.keys((await ask("GET /system/df?type=volume")).body as Df)).toContain("Volumes");
  expect((await ask("GET /system/df?type=volume")).body).toMatchObject({ Images: null, BuildCache: null });
});

test("a record is shared as long as an image has its layer", async () => {
  const { ask } = await demoEngine({ only: built });
  const shared = async () => idsWhere((await df(ask)).BuildCache, "Shared");
  expect(await shared()).toEqual(["ground", "one", "two"]);
  await ask("DELETE /images/bk:1");
  expect(await shared()).toEqual(["ground"]);
});

test("one id at a time is pruned, unless something stands on it, uses it or shares it", async () => {
  const { ask } = await demoEngine({ only: built });
  const only = (...id: string[]) => filters({ id });
  expect(await ask(`POST /build/prune?all=1&${only("one", "two")}`)).toEqual({
    status: 400,
    body: "failed to prune build cache: filters expect only one value",
  });
  expect(await ask(`POST /build/prune?${filters({ bad: ["x"] })}`)).toEqual({
    status: 400,
    body: "failed to prune build cache: invalid filter 'bad'",
  });
  expect(await prune(ask, `all=1&${only("^one$")}`)).toEqual(nothing);
  expect(await prune(ask, `all=1&${only("busy")}`)).toEqual(nothing);
  expect(await prune(ask, `all=1&${only("source")}`)).toEqual(nothing);
  expect(await prune(ask, only("two"))).toEqual(nothing);
  expect(await prune(ask, only("sta"))).toEqual({ CachesDeleted: ["stage"], SpaceReclaimed: 40 });
  expect(await prune(ask, `all=1&${only("two")}`)).toEqual({ CachesDeleted: ["two"], SpaceReclaimed: 200 });
  expect(await prune(ask, `all=1&${only("one")}`)).toEqual({ CachesDeleted: ["one"], SpaceReclaimed: 100 });
});

test("a prune without an id takes what nobody has, leaf by leaf, and with all everything unused", async () => {
  const { ask, world } = await demoEngine({ only: built });
  expect(await prune(ask, "")).toEqual({ CachesDeleted: ["stage"], SpaceReclaimed: 40 });
  expect(await prune(ask, `all=1&${filters({ until: ["24h"] })}`)).toEqual(nothing);
  expect(await prune(ask, "all=1")).toEqual({ CachesDeleted: ["two", "one", "ground"], SpaceReclaimed: 300 });
  expect([...world.buildCache.keys()]).toEqual(["source", "busy"]);
});

test("measuring takes as long as it is told, and ends when nobody waits for it", async () => {
  const { world, socketPath, ask } = await demoEngine({
    only: built,
    diskUsageMs: 3_600_000,
    oneDiskUsage: true,
  });
  const asking = request({ socketPath, path: "/v1.41/system/df" }).on("error", () => {});
  asking.end();
  await expect.poll(() => world.measuring.size).toBe(1);
  expect(await ask("GET /system/df")).toEqual({
    status: 500,
    body: "a disk usage operation is already running",
  });
  asking.destroy();
  await expect.poll(() => world.measuring.size).toBe(0);
});

test("measuring tells when it is over", async () => {
  const { ask, world } = await demoEngine({ only: built, diskUsageMs: 5 });
  expect((await df(ask)).LayersSize).toBe(5300);
  expect(world.measuring.size).toBe(0);
});
