import { expect, test } from "vitest";
import { possible } from "../../../src/actions/clean-up/item.ts";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import { firstRules, ticksOf } from "../../../src/actions/clean-up/rules.ts";
import { itemOf, worldOf } from "./world.ts";

const volume = (name: string) => ({ kind: "volume", name, target: "/v", readOnly: false });

test.each(["running", "paused", "restarting"] as const)("a container that is %s cannot go", (state) => {
  const item = itemOf(worldOf({ containers: [{ name: "web", state }] }), "web");
  expect(item).toMatchObject({ blocked: `It is ${state}.`, offered: false });
});

test.each([
  ["exited", "stopped"],
  ["dead", "dead"],
  ["created", "never started"],
] as const)("a container that is %s can go: %s", (state, reason) => {
  const world = worldOf({ containers: [{ name: "web", state, sizeRw: 7 }] });
  expect(itemOf(world, "web")).toMatchObject({ reason, offered: true, size: 7, needs: [] });
  expect(itemOf(world, "web").blocked).toBeUndefined();
});

test("one that is being removed may be stuck: it can be ticked, and is not to begin with", () => {
  const item = itemOf(worldOf({ containers: [{ name: "web", state: "removing" }] }), "web");
  expect(item).toMatchObject({ reason: "being removed", offered: false });
  expect(item.blocked).toBeUndefined();
});

test("sizes are left open until the disk was measured", () => {
  const world = worldOf({
    containers: [{ name: "web", state: "exited" }],
    images: [{ id: "i", tags: ["a:1"] }],
    volumes: [{ name: "v" }],
    measured: false,
  });
  expect(planOf(world).map(({ size }) => size)).toEqual([undefined, undefined, undefined]);
});

test("an image that a running container uses cannot go, one that a stopped uses needs that to go first", () => {
  const world = worldOf({
    containers: [
      { name: "up", imageId: "used" },
      { name: "down", state: "exited", imageId: "needed" },
    ],
    images: [
      { id: "used", tags: ["used:1"] },
      { id: "needed", tags: ["needed:1"] },
      { id: "free", tags: ["free:1"] },
      { id: "dangling0000" },
    ],
  });
  expect(itemOf(world, "used:1")).toMatchObject({ blocked: "up uses it and is running.", offered: false });
  expect(itemOf(world, "needed:1")).toMatchObject({ reason: "needed by down", offered: false });
  expect(itemOf(world, "needed:1").needs).toEqual([itemOf(world, "down").id]);
  expect(itemOf(world, "free:1")).toMatchObject({
    reason: "no container uses it",
    offered: false,
    needs: [],
  });
  expect(itemOf(world, "<none> dangling0000")).toMatchObject({ reason: "dangling", offered: true });
});

test("a dangling image that a stopped container was made of is not offered", () => {
  const world = worldOf({
    containers: [{ name: "down", state: "exited", imageId: "dangling0000" }],
    images: [{ id: "dangling0000" }],
  });
  expect(itemOf(world, "<none> dangling0000")).toMatchObject({ offered: false, reason: "needed by down" });
});

test("networks: predefined and in use cannot go; what a stopped container needs goes with a word about it", () => {
  const world = worldOf({
    containers: [
      { name: "up", networks: ["front"] },
      { name: "down", state: "exited", networks: ["back"] },
    ],
    networks: [
      ...["bridge", "front", "back", "lonely"].map((name) => ({ name })),
      { name: "swarmed", scope: "swarm" },
    ],
  });
  expect(itemOf(world, "bridge").blocked).toBe("Docker needs it.");
  expect(itemOf(world, "swarmed").blocked).toBe("The swarm needs it.");
  expect(itemOf(world, "front").blocked).toBe("up uses it and is running.");
  expect(itemOf(world, "back")).toMatchObject({
    offered: false,
    caution: "down could not be started again.",
  });
  expect(itemOf(world, "back").blocked).toBeUndefined();
  expect(itemOf(world, "lonely")).toMatchObject({ offered: true });
});

test("volumes: named ones are never offered, nor those of another driver, nor what a container mounts", () => {
  const world = worldOf({
    containers: [
      { name: "up", mounts: [volume("live")] },
      { name: "down", state: "created", mounts: [volume("kept"), { ...volume("bound"), kind: "bind" }] },
    ],
    volumes: [
      ...["live", "kept"].map((name) => ({ name, anonymous: true })),
      { name: "named" },
      { name: "bound", anonymous: true },
      { name: "remote", anonymous: true, driver: "nfs" },
      { name: "free", anonymous: true, bytes: 5 },
    ],
  });
  expect(itemOf(world, "live").blocked).toBe("up uses it and is running.");
  expect(itemOf(world, "kept").needs).toEqual([itemOf(world, "down").id]);
  const offered = planOf(world).filter((item) => item.kind === "volume" && item.offered);
  expect(offered.map(({ name }) => name)).toEqual(["bound", "free"]);
});

test("build cache: what others were made from needs them to go, what an image holds brings nothing", () => {
  const world = worldOf({
    cache: [
      { id: "base", size: 5 },
      { id: "top", size: 7, parents: ["base"] },
      { id: "held", size: 9, shared: true },
      { id: "busy", inUse: true },
      { id: "front", type: "frontend" },
    ],
  });
  expect(itemOf(world, "base").needs).toEqual([itemOf(world, "top").id]);
  expect(itemOf(world, "held")).toMatchObject({ size: 0, shared: 9, offered: false });
  expect(itemOf(world, "busy").blocked).toBe("A build uses it.");
  expect(itemOf(world, "front").offered).toBe(false);
});

test("what needs something that does not go does not go either, however far that reaches", () => {
  const world = worldOf({
    cache: [{ id: "a" }, { id: "b", parents: ["a"] }, { id: "c", parents: ["b"], inUse: true }],
  });
  const items = planOf(world);
  expect([...possible(items, new Set(items.map(({ id }) => id)))]).toEqual([]);
  const free = planOf(worldOf({ cache: [{ id: "a" }, { id: "b", parents: ["a"] }] }));
  expect([...possible(free, new Set(["cache:a"]))]).toEqual([]);
  expect([...possible(free, new Set(["cache:a", "cache:b"]))].sort()).toEqual(["cache:a", "cache:b"]);
});

test("to begin with nothing is ticked that has a name or that something stopped needs", () => {
  const world = worldOf({
    containers: [
      { name: "down", state: "exited", imageId: "needed", networks: ["back"], mounts: [volume("kept")] },
    ],
    images: [{ id: "needed" }, { id: "named", tags: ["a:1"] }, { id: "dangling0000" }],
    networks: [{ name: "back" }, { name: "lonely" }],
    volumes: [{ name: "kept", anonymous: true }, { name: "data" }, { name: "anon", anonymous: true }],
    cache: [{ id: "free" }, { id: "held", shared: true }],
  });
  const ticks = ticksOf(planOf(world), firstRules, 0);
  expect([...ticks].sort()).toEqual([
    "cache:free",
    "container:down".padEnd("container:".length + 64, "0"),
    "image:dangling0000",
    "network:lonely",
    "volume:anon",
  ]);
});
