import { expect, test } from "vitest";
import { demoEngine } from "./ask.ts";

type Row = { RepoTags: string[]; ParentId: string; Id: string; Size: number; SharedSize: number };

test("the fleet shows a full disk: everything that can go, and why something cannot", async () => {
  const { ask, world } = await demoEngine();
  const images = (await ask("GET /images/json?all=1&shared-size=1")).body as Row[];
  const shown = (await ask("GET /images/json")).body as Row[];
  expect(images.length - shown.length).toBe(4); // the nameless parents of two legacy builds
  expect(shown.filter(({ RepoTags, ParentId }) => RepoTags.length === 0 && ParentId !== "")).toHaveLength(1);
  const rebuilt = images.filter(
    ({ RepoTags, ParentId, SharedSize }) => RepoTags.length + ParentId.length === 0 && SharedSize > 150e6,
  );
  expect(rebuilt).toHaveLength(2);
  const containers = [...world.containers.values()];
  for (const status of ["running", "paused", "exited", "created", "dead"])
    expect(containers.map((container) => container.status)).toContain(status);
  expect(containers.find(({ name }) => name === "smoke-test")).toMatchObject({ sizeRw: 900_000_000 });
  const users = (name: string) => containers.filter(({ networks }) => networks.includes(name));
  expect(users("forgotten_default")).toEqual([]);
  expect(users("legacy_edge")).toMatchObject([{ status: "exited" }]);
  const df = (await ask("GET /v1.45/system/df")).body as {
    BuildCache: { Shared: boolean; Parents?: string[] }[];
  };
  expect(df.BuildCache.filter(({ Shared }) => Shared)).toHaveLength(5);
  expect(df.BuildCache.filter(({ Parents }) => Parents)).toHaveLength(8);
});

test("a thousand images in families and a thousand volumes are listed and measured", async () => {
  const { ask, world } = await demoEngine({ images: 1000, volumes: 1000, containers: 1000 });
  expect([world.images.size, world.volumes.size]).toEqual([1000, 1000]);
  expect((await ask("GET /containers/json?all=1&size=1")).body).toHaveLength(1000);
  const usage = (await ask("GET /system/df")).body as { Images: Row[]; LayersSize: number };
  const sum = usage.Images.reduce((total, { Size }) => total + Size, 0);
  expect(usage.LayersSize).toBeLessThan(sum / 2);
});

test("large fleets are the same each time", async () => {
  const [one, other] = await Promise.all([
    demoEngine({ images: 100, volumes: 100, now: () => 1e12 }),
    demoEngine({ images: 100, volumes: 100, now: () => 1e12 }),
  ]);
  expect([...one.world.images.values()]).toEqual([...other.world.images.values()]);
  expect([...one.world.volumes.values()]).toEqual([...other.world.volumes.values()]);
});
