import { expect, test } from "vitest";
import { decimalSize } from "../../src/format/size.ts";
import { downTo, layerBytes, listed, openPlan, openWhole, removals, small, ticked } from "./plan-robot.ts";
import { openContainers, type Robot } from "./robot.tsx";

/** The stopped ones of the fleet, the largest first. */
const stopped = [
  ...["smoke-test", "old-proxy", "shop-cron-1", "backup-nightly"],
  ...["spare", "migrate-next", "stuck-volume"],
];

const inSmall = { demo: { only: small } };

/** What is ticked in the small world to begin with. */
const first = [
  ...["worker", "job", "writer", "bbbbbbbbbbbb", "aaaaaaaaaaaa", "spare_net", "cccccccccccc"],
  ...["[build", "[build"],
];
const short = (robot: Robot) => ticked(robot).map((name) => name.slice(0, 12));

/** The heading of a kind. */
const heading = (robot: Robot, kind: string) => robot.rows().find((row) => row.includes(`▾ ${kind}`)) ?? "";

test("P begins with the kind of the screen it is pressed on, and Esc shows all kinds", async () => {
  const robot = await openContainers();
  for (const [screen, kind] of ["container", "image", "network", "volume"].entries()) {
    await robot.press(`${screen + 1}`, "P");
    await robot.sees(new RegExp(`^ Clean up: \\d+ of \\d+ ticked, .*come back {2}/ kind:${kind}$`, "m"));
    expect(robot.rows().filter((row) => row.includes("▾"))).toHaveLength(1);
    await robot.press("esc");
    await robot.sees(/^ Clean up: \d+ of \d+ ticked, .*come back$/m);
    await robot.press("esc");
    await robot.seesNot("Clean up");
  }
  await robot.press("5", "P");
  await robot.sees(/Clean up: \d+ of \d+ ticked/);
  expect(robot.changes()).toEqual([]);
});

test("what is stopped, dead or was never started is ticked, with the sum; what runs cannot go, and says so", async () => {
  const robot = await openPlan();
  const { containers } = robot.world;
  const bytes = stopped.reduce((sum, name) => sum + (robot.world.find(name)?.sizeRw ?? 0), 0);
  await robot.sees(`7 of ${containers.size} ticked, ${decimalSize(bytes)} come back`);
  expect(ticked(robot)).toEqual(stopped);
  await robot.seesRow("stuck-volume", /dead \d+d ago/);
  await robot.seesRow("migrate-next", /never started \d+h ago/);
  await robot.seesRow("shop-cron-1", /stopped \(137\) \d+h ago/);
  await robot.seesRow("edge", /It is running\./);
  await robot.seesRow("batch-import", /It is paused\./);
  expect(robot.looks("edge")[0]?.dim).toBe(true);
  expect(robot.looks("old-proxy")[0]?.dim).toBe(false);
});

test("each kind stands under a heading that counts what can go and what comes back with all of it", async () => {
  const robot = await openWhole();
  const { world } = robot;
  const kinds = robot.rows().flatMap((row) => row.match(/▾ ([A-Z][a-z ]+[a-z])/)?.[1] ?? []);
  expect(kinds).toEqual(["Containers", "Images", "Networks", "Volumes", "Build cache"]);
  const all = [...world.containers.values()];
  const live = all.filter(({ status }) => !["created", "exited", "dead"].includes(status));
  const count = (whole: number, kept: number) => `${whole - kept} can go, ${kept} cannot`;

  expect(heading(robot, "Containers")).toContain(count(all.length, live.length));
  const written = all.filter((one) => !live.includes(one)).reduce((sum, { sizeRw }) => sum + sizeRw, 0);
  expect(heading(robot, "Containers")).toContain(decimalSize(written));

  const images = listed(world);
  const used = images.filter(({ id }) => live.some(({ imageId }) => imageId === id));
  expect(heading(robot, "Images")).toContain(count(images.length, used.length));
  const kept = { ...world, images: new Map(used.map((image) => [image.id, image])) };
  expect(heading(robot, "Images")).toContain(decimalSize(layerBytes(world) - layerBytes(kept)));

  const volumes = [...world.volumes.values()];
  const mounted = volumes.filter(({ name }) =>
    live.some(({ mounts }) => mounts.some((mount) => mount.name === name)),
  );
  expect(heading(robot, "Volumes")).toContain(count(volumes.length, mounted.length));
  const free = volumes.filter((volume) => !mounted.includes(volume));
  const stored = free.reduce((sum, { size }) => sum + Math.max(0, size), 0);
  expect(heading(robot, "Volumes")).toContain(decimalSize(stored));
});

test("names, and what something stopped still needs, are not ticked to begin with", async () => {
  const robot = await openWhole(inSmall);
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
  expect(short(robot)).toEqual(first);
  await robot.seesRow("acme/worker:1", /30MB +needed by worker/);
  await robot.seesRow("back ", /needed by job/);
  await robot.seesRow("data ", /needed by writer/);
  await robot.seesRow("kept ", /named volume, unused/);
  await robot.seesRow("acme/unused:1", /no container uses it/);
});

test("in the fleet no named volume, no tagged image and no network of a stopped one is ticked", async () => {
  const robot = await openWhole();
  const { volumes, images } = robot.world;
  const names = [...volumes.keys()].filter((name) => !/^[0-9a-f]{64}$/.test(name));
  const tags = [...images.values()].flatMap((image) => image.tags);
  expect(names.length * tags.length).toBeGreaterThan(0);
  const all = new Set(ticked(robot));
  expect(["backups", "legacy_edge", ...names, ...tags].filter((name) => all.has(name))).toEqual([]);
  expect([...all]).toEqual(expect.arrayContaining([...stopped, "forgotten_default"]));
});

test("space on a heading ticks all of its kind that can go, never what cannot, and then unticks them", async () => {
  const robot = await openWhole(inSmall);
  await downTo(robot, "▾ Volumes");
  await robot.press("space");
  await robot.sees("Clean up: 11 of 21 ticked, 212MB come back");
  await downTo(robot, "▾ Volumes");
  await robot.press("space");
  await robot.sees("Clean up: 8 of 21 ticked, 197MB come back");
  await downTo(robot, "▾ Networks");
  await robot.press("space");
  await robot.sees("Clean up: 9 of 21 ticked");
  await downTo(robot, "▾ Images");
  await robot.press("space");
  await robot.sees("Clean up: 11 of 21 ticked, 267MB come back");
  const gone = ["front", "bridge", "acme/base:1", "web", "data", "kept"];
  expect(ticked(robot).filter((name) => gone.includes(name))).toEqual([]);
});

test("what cannot go says why when it is ticked", async () => {
  const robot = await openWhole(inSmall);
  const reasons = [
    ["web ", "web: It is running."],
    ["acme/base:1 ", "acme/base:1: web uses it and is running."],
    ["front ", "front: web uses it and is running."],
    ["bridge ", "bridge: Docker needs it."],
    ["[build] RUN sleep", "[build] RUN sleep: A build uses it."],
  ] as const;
  for (const [name, reason] of reasons) {
    await downTo(robot, ` ${name}`);
    await robot.press("space");
    await robot.sees(`· ${reason}`);
  }
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
});

test("what a stopped container needs can go only with it", async () => {
  const robot = await openWhole(inSmall);
  const pressOn = async (name: string) => {
    await downTo(robot, ` ${name} `);
    await robot.press("space");
  };
  await pressOn("worker");
  await robot.sees("Clean up: 8 of 21 ticked, 198MB come back");
  await pressOn("acme/worker:1");
  await robot.sees("acme/worker:1: tick what needs it first: worker.");
  await pressOn("worker");
  await robot.sees("Clean up: 9 of 21 ticked, 200MB come back");
  await pressOn("acme/worker:1");
  await robot.sees("Clean up: 10 of 21 ticked, 230MB come back");
  await pressOn("worker");
  await robot.sees("Clean up: 8 of 21 ticked, 198MB come back");
  expect(short(robot)).toEqual(first.filter((name) => name !== "worker"));
});

test("build cache that others were made from goes only with them", async () => {
  const robot = await openWhole(inSmall);
  await downTo(robot, "[build 2/2]");
  await robot.press("space");
  await robot.sees("Clean up: 7 of 21 ticked, 136MB come back");
  await downTo(robot, "[build 1/2]");
  await robot.press("space");
  await robot.sees("[build 1/2] RUN make: tick what needs it first: [build 2/2] RUN make check.");
});

test("layers that images share are counted once, and only when the last of them goes", async () => {
  const robot = await openWhole({ ...inSmall, columns: 200 });
  await robot.press("/kind:image\r");
  await robot.sees("2 of 5 ticked, 130MB come back");
  await robot.seesRow("<none> aaaaaaaaaaaa", /10MB +dangling +150MB/);
  await robot.seesRow("<none> bbbbbbbbbbbb", /20MB +dangling +150MB/);
  await downTo(robot, "bbbbbbbbbbbb");
  await robot.press("space");
  await robot.sees("1 of 5 ticked, 10MB come back");
  await downTo(robot, "aaaaaaaaaaaa");
  await robot.press("space");
  await robot.sees("0 of 5 ticked, 0B come back");
});

test("the sum is that of the layers which the engine would lose", async () => {
  const robot = await openWhole();
  await robot.press("/kind:image\r");
  const { world } = robot;
  const images = listed(world);
  const dangling = images.filter(({ tags }) => tags.length === 0);
  const users = new Set([...world.containers.values()].map(({ imageId }) => imageId));
  const going = new Set(dangling.filter(({ id }) => !users.has(id)).map(({ id }) => id));
  const holders = [
    ...images.filter(({ id }) => !going.has(id)),
    ...[...world.images.values()].filter(({ id }) => users.has(id)),
  ];
  const kept = { ...world, images: new Map(holders.map((image) => [image.id, image])) };
  const bytes = layerBytes(world) - layerBytes(kept);
  await robot.sees(`${going.size} of ${images.length} ticked, at most ${decimalSize(bytes)} come back`);
});

test("an image that is ticked with all its tags goes with all of them", async () => {
  const robot = await openWhole();
  await robot.press("/node:18\r");
  await robot.seesRow("node:18", /no container uses it .*node:hydrogen/);
  await downTo(robot, " node:18");
  await robot.press("space", "enter");
  await robot.sees("Remove 1 object on demo?");
  await robot.sees("$ docker rmi node:18 node:hydrogen");
});

test("a container that stops while the plan is open appears in it unticked", async () => {
  const robot = await openPlan(inSmall);
  await robot.sees("3 of 4 ticked");
  robot.world.change("web", { status: "exited" });
  await robot.seesRow("web ", /^.{5}web +1kB +stopped/);
  expect(ticked(robot)).toEqual(["worker", "job", "writer"]);
  await robot.sees("3 of 4 ticked");
});

test("one that is started while the plan is open loses its tick, and does not get it back", async () => {
  const robot = await openPlan(inSmall);
  robot.world.change("worker", { status: "running" });
  await robot.seesRow("worker ", /^.{5}worker +2MB +It is running\./);
  await robot.sees("2 of 4 ticked, 1MB come back");
  robot.world.change("worker", { status: "exited" });
  await robot.seesRow("worker ", /^.{5}worker +2MB +stopped/);
  await robot.sees("2 of 4 ticked, 1MB come back");
});

test("what was unticked stays so after help, the journal and a tiny terminal", async () => {
  const robot = await openPlan({ ...inSmall, rows: 40 });
  await downTo(robot, " worker ");
  await robot.press("space");
  await robot.sees("2 of 4 ticked");
  await robot.press("?");
  await robot.sees("Keys here");
  await robot.press("esc");
  await robot.sees("2 of 4 ticked");
  await robot.press("J");
  await robot.sees("Journal");
  await robot.press("q");
  await robot.sees("2 of 4 ticked");
  await robot.resize(20, 5);
  await robot.sees("dockui needs");
  await robot.resize(120, 40);
  await robot.sees("2 of 4 ticked");
  expect(ticked(robot)).toEqual(["job", "writer"]);
});

test("with nothing ticked Enter says so, on a heading too", async () => {
  const robot = await openWhole(inSmall);
  await robot.press("*");
  await robot.sees("Clean up: 14 of 21 ticked");
  await robot.press("*");
  await robot.sees("Clean up: 0 of 21 ticked, 0B come back");
  await robot.press("enter");
  await robot.sees("Nothing is ticked: space ticks a row.");
  await robot.press("j", "enter");
  await robot.sees("Nothing is ticked: space ticks a row.");
  expect(robot.session.overlays.get()).toHaveLength(1);
});

test("a query narrows what goes and leaves hidden ticks alone; its letters are no keys, and Esc clears it", async () => {
  const robot = await openWhole(inSmall);
  await robot.press("/");
  await robot.type("sq");
  await robot.press("backspace");
  await robot.type("pare");
  await robot.sees("Clean up: 1 of 1 ticked, 0B come back  / spare");
  await robot.press("enter", "enter");
  await robot.sees("Remove 1 object on demo?");
  await robot.press("y");
  await robot.sees("Removed 1 of 1");
  expect(removals(robot)).toHaveLength(1);
  await robot.press("esc", "esc");
  await robot.sees("Clean up: 8 of 20 ticked");
  expect(short(robot)).toEqual(first.filter((name) => name !== "spare_net"));
  await robot.paste("dy");
  expect(removals(robot)).toHaveLength(1);
});

test("when all that is ticked is hidden by the query, Enter removes nothing and says so", async () => {
  const robot = await openPlan(inSmall);
  await robot.press("/web\r");
  await robot.sees("Clean up: 0 of 1 ticked, 0B come back  / kind:container web");
  await robot.press("enter");
  await robot.sees(/\d+ marked are hidden by the query: Esc shows them\./);
  expect(robot.session.overlays.get()).toHaveLength(1);
});

test("a leaves out what cannot go, and shows it again", async () => {
  const robot = await openWhole(inSmall);
  await robot.press("a");
  await robot.sees("Clean up: 9 of 14 ticked, 200MB come back");
  expect(robot.screen()).not.toMatch(/It is running|Docker needs it|A build uses it/);
  await robot.press("a");
  await robot.sees("Clean up: 9 of 21 ticked");
  await robot.sees("Docker needs it.");
});

test("with --read-only the plan can be read and ticked, but nothing can be removed", async () => {
  const robot = await openPlan({ ...inSmall, readOnly: true });
  await downTo(robot, " worker ");
  await robot.press("space");
  await robot.sees("2 of 4 ticked");
  expect(robot.rows().at(-1)).toMatch(/ space tick .* f rules /);
  expect(robot.rows().at(-1)).not.toContain("remove");
  await robot.press("enter");
  await robot.sees("dockui was started with --read-only.");
  await robot.press("y");
  expect(robot.changes()).toEqual([]);
});

test("an engine where nothing is stopped has nothing ticked, and shows what there is", async () => {
  const robot = await openPlan({ demo: { only: { containers: [{ name: "web" }] } } });
  await robot.sees("0 of 1 ticked, 0B come back");
  await robot.seesRow("Containers", /0 can go, 1 cannot/);
  await robot.press("space");
  await robot.sees("web: It is running.");
  await robot.press("enter");
  await robot.sees("Nothing is ticked");
});
