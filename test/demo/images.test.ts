import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { WorldPlan } from "../../src/demo/index.ts";
import { type Ask, demoEngine, filters } from "./ask.ts";

const id = (letter: string) => `sha256:${letter.repeat(64)}`;
const short = (letter: string) => letter.repeat(12);
const chain = (...digests: string[]) =>
  digests.reduce(
    (below, digest) => `sha256:${createHash("sha256").update(`${below} ${digest}`).digest("hex")}`,
  );

const ground = { digest: id("0"), size: 5000, madeBy: "ADD rootfs" };

/**
 * a (base:1) ← b ← c (leg:1) and b ← d, by the legacy builder; e (bk:1) and f (nameless) stand on a without its knowing.
 */
const family: WorldPlan = {
  images: [
    { id: id("a"), tags: ["base:1"], layers: [ground] },
    {
      ...{ id: id("b"), parent: id("a"), layers: [] },
      steps: [{ madeBy: "ENV A=1", layer: false, comment: "" }],
    },
    { id: id("c"), tags: ["leg:1"], parent: id("b"), layers: [{ digest: id("1"), size: 100 }] },
    { id: id("d"), parent: id("b"), layers: [{ digest: id("2"), size: 0 }] },
    { id: id("e"), tags: ["bk:1"], on: "base:1", layers: [{ digest: id("1"), size: 100 }] },
    { id: id("f"), on: "base:1", layers: [{ digest: id("3"), size: 40 }] },
  ],
};

const ids = async (ask: Ask, query = "") =>
  ((await ask(`GET /images/json${query}`)).body as { Id: string }[])
    .map(({ Id }) => Id[7])
    .sort()
    .join("");

test("lists leave nameless parents out, and say who was made from whom", async () => {
  const { ask } = await demoEngine({ only: family });
  expect(await ids(ask)).toBe("acdef");
  expect(await ids(ask, "?all=1")).toBe("abcdef");
  expect(await ids(ask, `?all=1&${filters({ dangling: ["true"] })}`)).toBe("df");
  const [row] = (await ask("GET /v1.41/images/json?all=1")).body as Record<string, unknown>[];
  expect(row).toMatchObject({
    RepoTags: ["base:1"],
    ParentId: "",
    SharedSize: -1,
    Size: 5000,
    VirtualSize: 5000,
  });
  const old = (await ask("GET /v1.41/images/json?all=1")).body as Record<string, unknown>[];
  expect(old[1]).toMatchObject({ Id: id("b"), ParentId: id("a"), RepoTags: ["<none>:<none>"] });
  expect((await ask(`GET /images/${id("b")}/json`)).body).toMatchObject({
    ...{ Parent: id("a"), RepoTags: [], Size: 5000 },
    RootFS: { Layers: [id("0")] },
    Metadata: { LastTagTime: "0001-01-01T00:00:00Z" },
  });
});

test("layers are shared when all below them is the same, too", async () => {
  const { ask } = await demoEngine({ only: family });
  const rows = (await ask("GET /images/json?shared-size=1")).body as { Id: string; SharedSize: number }[];
  expect(Object.fromEntries(rows.map((row) => [row.Id[7], row.SharedSize]))).toEqual({
    ...{ a: 5000, c: 5100, d: 5000, e: 5100, f: 5000 },
  });
});

test("history is newest first, with entries that take no layer", async () => {
  const { ask } = await demoEngine({ only: family });
  const history = async (ref: string) =>
    ((await ask(`GET /images/${ref}/history`)).body as Record<string, unknown>[]).map(
      ({ Id, CreatedBy, Size, Tags, Comment }) => [String(Id)[7] ?? "", CreatedBy, Size, Tags, Comment],
    );
  const buildkit = "buildkit.dockerfile.v0";
  expect(await history("leg:1")).toEqual([
    ["c", "RUN /bin/sh -c step 1", 100, ["leg:1"], ""],
    ["b", "ENV A=1", 0, null, ""],
    ["a", 'CMD ["/bin/sh"]', 0, ["base:1"], buildkit],
    ["g", "ADD rootfs", 5000, null, buildkit],
  ]);
});

test("a name goes; the image with its last one, its nameless parents with it, and layers that nobody holds", async () => {
  const { ask, world } = await demoEngine({ only: family });
  await ask("POST /images/leg:1/tag?repo=leg&tag=2");
  expect((await ask("DELETE /images/leg:1")).body).toEqual([{ Untagged: "leg:1" }]);
  expect((await ask("DELETE /images/leg:2?noprune=1")).body).toEqual([
    { Untagged: "leg:2" },
    { Deleted: id("c") },
  ]);
  expect((await ask(`DELETE /images/${id("d")}`)).body).toEqual([
    { Deleted: id("d") },
    { Deleted: chain(id("0"), id("2")) },
    { Deleted: id("b") },
  ]);
  expect((await ask("DELETE /images/bk:1")).body).toEqual([
    { Untagged: "bk:1" },
    { Deleted: id("e") },
    { Deleted: chain(id("0"), id("1")) },
  ]);
  expect([...world.images.keys()].map((key) => key[7]).join("")).toBe("af");
  const told = world.bus.recent().map(({ Action, Actor }) => `${Action} ${Actor.ID[7]}`);
  expect(told).toEqual("tag c,untag c,untag c,delete c,delete d,delete b,untag e,delete e".split(","));
});

test("an image from which others were made keeps its place, even by force", async () => {
  const { ask } = await demoEngine({ only: family });
  const dependent = `conflict: unable to delete ${short("b")} (cannot be forced) - image has dependent child images`;
  expect(await ask(`DELETE /images/${id("b")}`)).toEqual({ status: 409, body: dependent });
  expect(await ask(`DELETE /images/${id("b")}?force=1`)).toEqual({ status: 409, body: dependent });
  expect((await ask("DELETE /images/base:1")).body).toEqual([{ Untagged: "base:1" }]);
  expect(await ids(ask)).toBe("cdef");
});

test("several names stand in the way of an id, and a moved name leaves its image", async () => {
  const { ask } = await demoEngine({ only: family });
  await ask("POST /images/bk:1/tag?repo=other");
  expect(await ask(`DELETE /images/${id("e")}`)).toEqual({
    status: 409,
    body: `conflict: unable to delete ${short("e")} (must be forced) - image is referenced in multiple repositories`,
  });
  expect((await ask(`POST /images/${id("f")}/tag?repo=bk&tag=1`)).status).toBe(201);
  expect((await ask(`GET /images/${id("e")}/json`)).body).toMatchObject({ RepoTags: ["other:latest"] });
  expect((await ask("GET /images/bk:1/json")).body).toMatchObject({ Id: id("f") });
  expect((await ask(`DELETE /images/${id("e")}`)).body).toContainEqual({ Untagged: "other:latest" });
  expect(await ask("POST /images/bk:1/tag?repo=UP")).toEqual({
    status: 400,
    body: "invalid reference format: repository name must be lowercase",
  });
});

test("digests go with the last tag of their repository", async () => {
  const pulled = { id: id("a"), tags: ["r/x:1", "r/x:2"], digests: [`r/x@${id("9")}`] };
  const { ask } = await demoEngine({ only: { images: [pulled] } });
  expect((await ask("DELETE /images/r/x:2")).body).toEqual([{ Untagged: "r/x:2" }]);
  expect((await ask(`DELETE /images/${id("a")}`)).body).toEqual([
    { Untagged: "r/x:1" },
    { Untagged: `r/x@${id("9")}` },
    { Deleted: id("a") },
    { Deleted: expect.any(String) },
  ]);
});

test.each(["exited", "running"] as const)("an image of a container that is %s stays", async (status) => {
  const { ask, world } = await demoEngine({ only: family });
  const user = world.add({ name: "user", image: "bk:1", status }).id.slice(0, 12);
  expect(await ask("DELETE /images/bk:1")).toEqual({
    status: 409,
    body: `conflict: unable to remove repository reference "bk:1" (must force) - container ${user} is using its referenced image ${short("e")}`,
  });
  const [how, what] = status === "running" ? ["cannot", "running"] : ["must", "stopped"];
  expect(await ask(`DELETE /images/${id("e")}`)).toEqual({
    status: 409,
    body: `conflict: unable to delete ${short("e")} (${how} be forced) - image is being used by ${what} container ${user}`,
  });
  expect((await ask("DELETE /images/bk:1?force=1")).body).toContainEqual({ Untagged: "bk:1" });
  const [row] = (await ask("GET /containers/json?all=1")).body as { Image: string }[];
  expect(row?.Image).toBe(id("e"));
  expect(world.images.has(id("e"))).toBe(status === "running");
});

test("what is not there is said with the name it would have", async () => {
  const { ask } = await demoEngine({ only: family });
  for (const [ref, name] of [
    ["nosuch", "nosuch:latest"],
    ["docker.io/library/x:y", "x:y"],
    [id("9"), id("9")],
  ])
    expect(await ask(`DELETE /images/${ref}`)).toEqual({ status: 404, body: `No such image: ${name}` });
});

test("a commit makes a child of the container's image", async () => {
  const { ask, world } = await demoEngine({ only: family });
  world.add({ name: "user", image: "bk:1", status: "exited", sizeRw: 70 });
  const { body } = await ask("POST /commit?container=user&repo=com&tag=1");
  expect((await ask("GET /images/com:1/json")).body).toMatchObject({
    ...{ Id: (body as { Id: string }).Id, Parent: id("e"), Size: 5170 },
  });
});
