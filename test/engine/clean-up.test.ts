import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hiddenParents } from "../../src/actions/clean-up/hidden-parents.ts";
import type { CleanUpItem } from "../../src/actions/clean-up/item.ts";
import { type CleanUpPlan, createPlan } from "../../src/actions/clean-up/open.ts";
import { firstRules, ticksOf } from "../../src/actions/clean-up/rules.ts";
import { gainedBytes, type RunState, startCleanUp } from "../../src/actions/clean-up/run.ts";
import { totalOf } from "../../src/actions/clean-up/total.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { build, buildWithBuildKit, fill, fromScratch } from "./builds.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine } from "./engine-test.ts";
import { everything, missing } from "./everything.ts";
import { type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { closeProxies, openProxy } from "./proxy.ts";
import { importImage } from "./test-images.ts";

/** All images but the one that tests start from. */
async function removeImages({ docker }: PrivateEngine): Promise<void> {
  const listed = await docker("images", "--format", "{{.Repository}}:{{.Tag}}");
  const tags = listed.split("\n").filter((tag) => tag !== "" && !tag.startsWith("dockui-test/"));
  if (tags.length > 0) await docker("rmi", ...tags);
}

/** A plan whose figures and lists are in, looked at from now on. */
async function openPlan({ session }: Desk): Promise<CleanUpPlan> {
  await until(session.connection, ({ kind }) => kind === "live");
  await session.survey.measure();
  const plan = createPlan(session, { kind: undefined, ticked: true });
  plan.source.subscribe(() => {});
  await until(plan.source, ({ loadedAt }) => loadedAt !== undefined);
  return plan;
}

function named(plan: CleanUpPlan, ...names: string[]): CleanUpItem[] {
  return names.map((name) => {
    const item = plan.source.get().items.find((each) => each.name === name);
    if (!item) throw new Error(`There is no ${name} in the plan.`);
    return item;
  });
}

async function carriedOut(
  { session }: Desk,
  plan: CleanUpPlan,
  items: readonly CleanUpItem[],
): Promise<RunState> {
  const run = startCleanUp(session, items, plan.world());
  return until(run, ({ phase }) => phase === "over");
}

const outcomes = ({ items }: RunState) => items.map(({ item, outcome }) => `${item.name}: ${outcome.kind}`);

describeEngine("the clean-up", () => {
  let engine: PrivateEngine;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    await importImage(engine, "dockui-test/busybox");
  });
  afterAll(() => engine?.remove());
  afterEach(async () => {
    await closeDesks();
    await closeProxies();
    await removeAll(engine);
    await removeImages(engine);
  });

  /** 30 stopped and 5 running containers and whatever else collects on a server. */
  async function makeMess(): Promise<void> {
    const { docker } = engine;
    await build(engine, [...fromScratch, fill("/lib", 4), "ENV BASE=1", fill("/more", 2)], "base:1");
    for (const size of [3, 5])
      await build(engine, ["FROM base:1", fill("/app", size), "WORKDIR /srv"], "app:1");
    await build(engine, ["FROM base:1", fill("/old", 1)], "unused:1");
    await build(engine, ["FROM base:1", fill("/kept", 1)], "needed:1");
    await build(engine, [...fromScratch, fill("/x", 1)]);
    await buildWithBuildKit(engine, [...fromScratch, "WORKDIR /srv", fill("/bk", 2)], "bk:1");
    for (const name of ["lonely", "old-net"]) await docker("network", "create", name);
    await docker("volume", "create", "precious");
    for (let at = 1; at <= 5; at += 1)
      await runContainer(engine, `up-${at}`, at === 1 ? { flags: ["-v", "/live"] } : {});
    for (let at = 1; at <= 30; at += 1) {
      const write = ["sh", "-c", `dd if=/dev/zero of=/w bs=1000 count=${at} 2>/dev/null; exit ${at % 3}`];
      const flags = at === 1 ? ["--network", "old-net"] : at === 2 ? ["-v", "/data"] : [];
      await runContainer(engine, `down-${at}`, { flags, command: write });
    }
    await docker("wait", ...Array.from({ length: 30 }, (_, at) => `down-${at + 1}`));
    await docker("create", "--name", "never", "needed:1", "/bin/busybox");
    await docker("create", "--name", "sleeper", "dockui-test/busybox");
    // Volumes that nobody holds any more, one with data, and a named one with data.
    const filler = ["sh", "-c", "dd if=/dev/zero of=/v/x bs=1000000 count=3 2>/dev/null"];
    await runContainer(engine, "filler", { flags: ["-v", "/v", "-v", "precious:/p"], command: filler });
    await runContainer(engine, "empty", { flags: ["-v", "/v"], command: ["true"] });
    await docker("wait", "filler", "empty");
    await docker("rm", "filler", "empty");
  }

  test("of a messy engine removes exactly what was ticked and is still unused, and brings back what it promised", async () => {
    await makeMess();
    const { docker, socketPath } = engine;
    const desk = openDesk(unix(socketPath));
    const plan = await openPlan(desk);
    const world = plan.world();
    const { items } = plan.source.get();
    const ticks = ticksOf(items, firstRules, Date.now());
    const ticked = items.filter(({ id }) => ticks.has(id));
    const count = (kind: string) => ticked.filter((item) => item.kind === kind).length;
    expect(["container", "image", "network", "volume"].map(count)).toEqual([32, 2, 1, 2]);
    expect(count("cache")).toBeGreaterThan(1);
    expect(ticked.map(({ name }) => name)).not.toEqual(
      expect.arrayContaining(["precious", "unused:1", "needed:1", "old-net"]),
    );

    // The world goes on while the person reads: one is started, one removed, one made anew, one used, one tagged.
    const nameOf = (kind: string) => ticked.find((item) => item.kind === kind)?.name ?? "";
    const taken = nameOf("volume");
    const dangling = nameOf("image");
    await docker("start", "sleeper");
    await docker("rm", "down-30", "down-29");
    await runContainer(engine, "down-29", { command: ["true"] });
    await docker("tag", ticked.find(({ kind }) => kind === "image")?.ref ?? "", "saved:1");
    const uses = ["-v", `${taken}:/v`, "--network", "lonely"];
    await docker("create", "--name", "newcomer", ...uses, "dockui-test/busybox");
    const before = await everything(engine);

    const state = await carriedOut(desk, plan, ticked);
    const after = await everything(engine);
    const of = (kind: string) =>
      state.items.filter(({ outcome }) => outcome.kind === kind).map(({ item }) => item);
    const skipped = of("skipped").map(({ name }) => name);
    expect(skipped.sort()).toEqual(["down-30", "down-29", "sleeper", dangling, "lonely", taken].sort());
    expect(of("failed")).toEqual([]);

    // Nothing outside the ticked ids is gone, nothing ticked and still unused is left. The nameless images between a
    // removed one and its base, which were announced, go with it.
    const removed = of("removed");
    const announced = hiddenParents(removed, world).map((id) => `image:${id}`);
    expect(missing(before, after)).toEqual([...removed.map(({ id }) => id), ...announced].sort());

    // What was skipped does not come back; of the rest as much as was promised.
    const promised = totalOf(removed, world);
    for (const kind of ["container", "image", "volume"] as const)
      expect(Math.abs((state.gained?.[kind] ?? -1) - promised.byKind[kind]), kind).toBeLessThanOrEqual(
        promised.byKind[kind] / (promised.about ? 4 : 100),
      );
    expect(gainedBytes(state)).toBeGreaterThan(3_000_000);
  });

  test("stopped between two objects leaves the rest as it was, and says so", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `down-${at}`);
    for (const name of names) await runContainer(engine, name, { command: ["true"] });
    await engine.docker("wait", ...names);
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const run = startCleanUp(desk.session, named(plan, ...names), plan.world());
    run.subscribe(() => {
      if (run.get().items.some(({ outcome }) => outcome.kind === "removed")) run.stop();
    });
    const state = await until(run, ({ phase }) => phase === "over");
    const left = state.items.filter(({ outcome }) => outcome.kind === "left").map(({ item }) => item.name);
    expect(left.length).toBeGreaterThan(0);
    const there = (await engine.docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean);
    expect(there.sort()).toEqual(left.sort());
    expect(desk.session.notice.get()?.text).toContain(`${left.length} left when you stopped`);
  });

  test("goes on when the connection comes back, and knows what was done before it broke", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `down-${at}`);
    for (const name of names) await runContainer(engine, name, { command: ["true"] });
    await engine.docker("wait", ...names);
    const proxy = await openProxy(engine.socketPath);
    const desk = openDesk(proxy.endpoint);
    const plan = await openPlan(desk);
    const run = startCleanUp(desk.session, named(plan, ...names), plan.world());
    let cuts = 0;
    const stop = run.subscribe(() => {
      const removed = run.get().items.filter(({ outcome }) => outcome.kind === "removed").length;
      if (removed < 2 + cuts * 4 || cuts === 2) return;
      cuts += 1;
      proxy.cut();
    });
    const state = await until(run, ({ phase }) => phase === "over");
    stop();
    expect(cuts).toBe(2);
    expect(outcomes(state).sort()).toEqual(names.map((name) => `${name}: removed`).sort());
    expect(await engine.docker("ps", "-aq")).toBe("");
  });

  test("waits for an engine that is stopped in the middle, and can be stopped while it waits", async () => {
    await runContainer(engine, "down", { command: ["true"] });
    await engine.docker("wait", "down");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const [item] = named(plan, "down");
    const world = plan.world();
    await engine.stop();
    try {
      const run = startCleanUp(desk.session, item ? [item] : [], world);
      await until(run, ({ waits }) => waits);
      run.stop();
      const state = await until(run, ({ phase }) => phase === "over");
      expect(state.items[0]?.outcome).toMatchObject({ kind: "failed" });
      expect(state.items[0]?.outcome).toHaveProperty(
        "reason",
        expect.stringContaining("Whether it went is not known"),
      );
    } finally {
      await engine.start();
    }
    expect(await engine.docker("ps", "-a", "--format", "{{.Names}}")).toBe("down\n");
  });

  test("an image of several names goes with all of them, and stays when it got another one or came in use", async () => {
    const { docker } = engine;
    for (const name of ["gone", "named", "used"]) {
      await build(engine, [...fromScratch, fill("/x", 1)], `${name}:1`);
      await docker("tag", `${name}:1`, `${name}:2`);
    }
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = named(plan, "gone:1", "named:1", "used:1");
    await docker("tag", "named:1", "named:3");
    await docker("create", "--name", "user", "used:1", "/bin/busybox");
    const state = await carriedOut(desk, plan, items);
    expect(outcomes(state)).toEqual(["gone:1: removed", "named:1: skipped", "used:1: skipped"]);
    const tags = (await docker("images", "--format", "{{.Repository}}:{{.Tag}}"))
      .split("\n")
      .filter(Boolean)
      .sort();
    expect(tags).toEqual(["dockui-test/busybox:latest", "named:1", "named:2", "named:3", "used:1", "used:2"]);
  });

  test.each([
    ["one name", []],
    ["several names", ["app:2", "other:1"]],
  ])(
    "an image of %s goes by its id: a name that was moved to another image meanwhile takes nothing away",
    async (_, more) => {
      const { docker } = engine;
      await build(engine, [...fromScratch, fill("/x", 1)], "app:1");
      for (const name of more) await docker("tag", "app:1", name);
      await build(engine, [...fromScratch, "LABEL keep=me", fill("/y", 1)], "new:1");
      const [old, kept] = (await docker("image", "inspect", "-f", "{{.Id}}", "app:1", "new:1"))
        .trim()
        .split("\n");
      const desk = openDesk(unix(engine.socketPath));
      const plan = await openPlan(desk);
      const items = named(plan, "app:1");
      // Between the last look and the removal.
      const { removeImage } = desk.engine;
      const moved: string[] = [];
      desk.engine.removeImage = async (...args) => {
        if (moved.length === 0) {
          moved.push("app:1");
          await docker("tag", "new:1", "app:1");
          await docker("rmi", "new:1");
        }
        return removeImage(...args);
      };
      const state = await carriedOut(desk, plan, items);
      expect(moved).toEqual(["app:1"]);
      expect((await docker("image", "inspect", "-f", "{{.Id}} {{.RepoTags}}", "app:1")).trim()).toBe(
        `${kept} [app:1]`,
      );
      // Of several names one is missing when it is looked at again: then it is left alone.
      expect(outcomes(state)).toEqual([`app:1: ${more.length === 0 ? "removed" : "skipped"}`]);
      expect((await docker("images", "-aq", "--no-trunc")).includes(old ?? "")).toBe(more.length > 0);
    },
  );

  test("the nameless images under one that was named meanwhile stay with it", async () => {
    const { docker } = engine;
    await build(engine, [...fromScratch, "ENV A=1", fill("/x", 1)]);
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = plan.source.get().items.filter(({ kind, minor }) => kind === "image" && minor);
    expect(hiddenParents(items, plan.world()).length).toBeGreaterThan(0);
    const before = await everything(engine);
    await docker("tag", items[0]?.ref ?? "", "saved:1");
    const state = await carriedOut(desk, plan, items);
    expect(state.items.map(({ outcome }) => outcome.kind)).toEqual(["skipped"]);
    expect(missing(before, await everything(engine))).toEqual([]);
  });

  test("an image that others are built on loses its name only, says so, and can have it again", async () => {
    const { docker } = engine;
    await build(engine, [...fromScratch, fill("/x", 1)], "parent:1");
    await build(engine, ["FROM parent:1", fill("/y", 1)], "child:1");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = named(plan, "parent:1");
    expect(totalOf(items, plan.world()).bytes).toBe(0);
    const state = await carriedOut(desk, plan, items);
    if (plan.world().figures?.root.containerdStore) {
      // Nothing there needs an image that it was built on: it really goes.
      expect(state.items[0]?.outcome).toEqual({ kind: "removed" });
      const repositories = (await docker("images", "--format", "{{.Repository}}")).split("\n");
      expect([repositories.includes("parent"), repositories.includes("child")]).toEqual([false, true]);
      return;
    }
    expect(state.items[0]?.outcome).toMatchObject({
      kind: "removed",
      note: "Only its name went: others are built on it.",
    });
    expect(await docker("images", "-q", "parent:1")).toBe("");
    const entry = desk.session.journal.get().find(({ command }) => command.startsWith("docker rmi"));
    const undo = entry?.undo;
    if (typeof undo !== "object") throw new Error("It cannot be undone.");
    await undo.run(desk.session, AbortSignal.timeout(10_000), { waiting() {}, note() {} });
    expect(await docker("images", "-q", "parent:1")).not.toBe("");
  });

  test("a volume that was made anew under the same name is left alone", async () => {
    const { docker } = engine;
    await docker("volume", "create", "data");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = named(plan, "data");
    // Docker tells when a volume was made to the second.
    await docker("volume", "rm", "data");
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await docker("volume", "create", "data");
    const state = await carriedOut(desk, plan, items);
    expect(outcomes(state)).toEqual(["data: skipped"]);
    expect(await docker("volume", "ls", "-q")).toBe("data\n");
  });

  test("a network that a stopped container joined meanwhile is left alone", async () => {
    const { docker } = engine;
    await docker("network", "create", "net");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = named(plan, "net");
    await docker("create", "--name", "newcomer", "--network", "net", "dockui-test/busybox");
    const state = await carriedOut(desk, plan, items);
    expect(state.items[0]?.outcome).toMatchObject({ kind: "skipped", reason: "newcomer uses it now." });
    await docker("rm", "newcomer");
    await docker("network", "rm", "net");
  });

  test("a network stays that a stopped container uses which took the name of a former user", async () => {
    const { docker } = engine;
    await docker("network", "create", "net");
    await docker("create", "--name", "user", "--network", "net", "dockui-test/busybox");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    const items = named(plan, "net");
    await docker("rm", "user");
    await docker("create", "--name", "user", "--network", "net", "dockui-test/busybox");
    const state = await carriedOut(desk, plan, items);
    expect(state.items[0]?.outcome).toMatchObject({ kind: "skipped", reason: "user uses it now." });
    await docker("rm", "user");
    await docker("network", "rm", "net");
  });

  test("a container that ran and stopped again while the plan was open is left alone", async () => {
    const { docker } = engine;
    for (const name of ["job", "never", "down"])
      await docker("create", "--name", name, "dockui-test/busybox", "true");
    await docker("start", "job", "down");
    await docker("wait", "job", "down");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    await until(plan.source, ({ items }) => items.filter(({ ran }) => ran !== undefined).length === 3);
    const items = named(plan, "job", "never", "down");
    await docker("start", "job", "never");
    await docker("wait", "job", "never");
    const state = await carriedOut(desk, plan, items);
    expect(state.items.map(({ outcome }) => ("reason" in outcome ? outcome.reason : outcome.kind))).toEqual([
      "It ran meanwhile.",
      "It ran meanwhile.",
      "removed",
    ]);
    expect((await docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean).sort()).toEqual([
      "job",
      "never",
    ]);
  });

  test("of two clean-ups at once each says of what it removed itself, and no other, that it did", async () => {
    const { docker } = engine;
    const count = 6;
    for (let at = 0; at < count; at += 1) {
      await docker("create", "--name", `down-${at}`, "dockui-test/busybox");
      await docker("volume", "create", `data-${at}`);
      await docker("network", "create", `net-${at}`);
      await build(engine, [...fromScratch, `ENV AT=${at}`], `image-${at}:1`);
      await docker("tag", `image-${at}:1`, `image-${at}:2`);
    }
    const before = await everything(engine);
    const desks = [openDesk(unix(engine.socketPath)), openDesk(unix(engine.socketPath))];
    const plans = await Promise.all(desks.map(openPlan));
    const rules = { ...firstRules, images: "all", volumes: "all" } as const;
    const runs = desks.map((desk, at) => {
      const plan = plans[at] as CleanUpPlan;
      const items = plan.source.get().items;
      const ticks = ticksOf(items, rules, Date.now());
      return carriedOut(
        desk,
        plan,
        items.filter(({ id, name }) => ticks.has(id) && !name.startsWith("dockui-test/")),
      );
    });
    const states = await Promise.all(runs);
    const after = await everything(engine);
    const claims = states.flatMap(({ items }) =>
      items.filter(({ outcome }) => outcome.kind === "removed").map(({ id }) => id),
    );
    expect(states.flatMap(({ items }) => items.filter(({ outcome }) => outcome.kind === "failed"))).toEqual(
      [],
    );
    const ticked = new Set(states.flatMap(({ items }) => items.map(({ id }) => id)));
    expect(claims.sort()).toEqual(missing(before, after).filter((id) => ticked.has(id)));
    expect(claims.length).toBeGreaterThanOrEqual(4 * count);
  });

  test("a removed container is created again from the journal", async () => {
    const { docker } = engine;
    await runContainer(engine, "down", { flags: ["--label", "keep=me"], command: ["true"] });
    await docker("wait", "down");
    const desk = openDesk(unix(engine.socketPath));
    const plan = await openPlan(desk);
    await carriedOut(desk, plan, named(plan, "down"));
    expect(await docker("ps", "-aq")).toBe("");
    const undo = desk.session.journal.get().find(({ command }) => command === "docker rm down")?.undo;
    if (typeof undo !== "object") throw new Error("It cannot be undone.");
    await undo.run(desk.session, AbortSignal.timeout(10_000), { waiting() {}, note() {} });
    expect(await docker("ps", "-a", "--format", '{{.Names}} {{.Label "keep"}}')).toBe("down me\n");
  });
});
