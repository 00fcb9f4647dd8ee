import { afterEach, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { type CleanUpItem, type CleanUpRules, noRules, planCleanUp } from "../../src/actions/clean-up.ts";
import { perform } from "../../src/actions/perform.ts";
import { unix } from "../../src/docker/endpoint.ts";
import type { Source } from "../../src/docker/source.ts";
import { cleanUpScreen } from "../../src/screens/clean-up.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

async function namesOf(...filters: string[]): Promise<string[]> {
  const flags = filters.flatMap((filter) => ["--filter", filter]);
  const text = await sharedEngine().docker("ps", "-a", ...flags, "--format", "{{.Names}}");
  return text.split("\n").filter(Boolean).sort();
}

/** A plan, looked at from now on. */
async function openPlan({ session }: Desk, rules: CleanUpRules): Promise<Source<CleanUpItem>> {
  const plan = planCleanUp(session, rules);
  plan.subscribe(() => {});
  await until(plan, ({ loadedAt }) => loadedAt !== undefined);
  return plan;
}

function plannedNames(plan: Source<CleanUpItem>): string[] {
  return plan
    .get()
    .items.map(({ name }) => name)
    .sort();
}

async function removeTicked(desk: Desk, plan: Source<CleanUpItem>, names: readonly string[]) {
  const screen = cleanUpScreen(plan, noRules);
  const action = screen.actions.find(({ id }) => id === "remove-ticked") as TargetsAction<CleanUpItem>;
  const ticked = plan.get().items.filter(({ name }) => names.includes(name));
  expect(ticked.map(({ name }) => name).sort()).toEqual([...names]);
  return () => perform(desk.session, screen, action, ticked);
}

describeEngine("the clean-up plan", () => {
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
  });

  async function makeStopped(...names: string[]) {
    await Promise.all(names.map((name) => runContainer(sharedEngine(), name)));
    await sharedEngine().docker("kill", ...names);
  }

  /** Six stopped, one that never ran with a volume, two that run. */
  async function makeMixed(): Promise<Desk> {
    const { docker } = sharedEngine();
    await makeStopped("stopped-1", "stopped-2", "stopped-3", "stopped-4", "stopped-5", "stopped-6");
    await docker("create", "--name", "never", "-v", "/data", "dockui-test/busybox");
    await runContainer(sharedEngine(), "running-1");
    await runContainer(sharedEngine(), "running-2");
    await docker("pause", "running-2");
    return openDesk(unix(sharedEngine().socketPath));
  }

  test("removes what is ticked and still stopped, and nothing else", async () => {
    const { docker } = sharedEngine();
    const desk = await makeMixed();
    const plan = await openPlan(desk, noRules);
    const stopped = ["stopped-1", "stopped-2", "stopped-3", "stopped-4", "stopped-5", "stopped-6"];
    expect(plannedNames(plan)).toEqual(["never", ...stopped]);
    const idsOf = async (kind: string) => (await docker(kind, "ls", "-q")).trim().split("\n").sort();
    const others = () => Promise.all([idsOf("image"), idsOf("volume"), idsOf("network")]);
    const before = await others();

    const remove = await removeTicked(desk, plan, ["never", ...stopped.slice(0, 5)]);
    await docker("start", "stopped-5");
    await until(plan, ({ items }) => items.every(({ name }) => name !== "stopped-5"));
    await remove();
    expect(await namesOf()).toEqual(["running-1", "running-2", "stopped-5", "stopped-6"]);
    expect(await namesOf("status=running")).toEqual(["running-1", "stopped-5"]);
    expect(await others()).toEqual(before);
    expect(desk.session.notice.get()?.text).toBe(
      "Removed 5, 0B freed; 1 failed: stopped-5: It was started or removed meanwhile, and is left alone.",
    );
    const journal = desk.session.journal.get().map(({ command, outcome }) => `${command}: ${outcome}`);
    expect(journal.sort()).toEqual([
      "docker rm never: done",
      ...stopped.slice(0, 4).map((name) => `docker rm ${name}: done`),
      "docker rm stopped-5: failed",
    ]);
  });

  test("leaves alone what was started without its knowing", async () => {
    const desk = openDesk(unix(sharedEngine().socketPath));
    await makeStopped("one", "two");
    const plan = await openPlan(desk, noRules);
    const shown = plan.get();
    const remove = await removeTicked(desk, { ...plan, get: () => shown }, ["one", "two"]);
    await sharedEngine().docker("start", "two");
    await remove();
    expect(await namesOf("status=running")).toEqual(["two"]);
    expect(await namesOf()).toEqual(["two"]);
    expect(desk.session.notice.get()?.text).toMatch(/1 failed: two: .*running container/i);
  });

  test("knows the bytes that come back", async () => {
    const write = ["sh", "-c", "head -c 70000 /dev/zero > /big"];
    await runContainer(sharedEngine(), "writer", { command: write });
    await expect.poll(() => namesOf("status=exited")).toEqual(["writer"]);
    const plan = await openPlan(openDesk(unix(sharedEngine().socketPath)), noRules);
    expect(plan.get().items).toMatchObject([{ name: "writer", size: 70_000, reason: "exited", exitCode: 0 }]);
  });

  test("is narrowed as docker container prune is", async () => {
    const { docker } = sharedEngine();
    const create = (name: string, ...labels: string[]) =>
      docker(
        "create",
        "--name",
        name,
        ...labels.flatMap((label) => ["--label", label]),
        "dockui-test/busybox",
      );
    await Promise.all([create("old-a1", "a=1"), create("old-a2", "a=2"), create("old-b", "b=")]);
    await runContainer(sharedEngine(), "old-running", { flags: ["--label", "a=1"] });
    // The list knows the second of a creation only.
    await expect.poll(() => Date.now() / 1000 - Math.floor(Date.now() / 1000)).toBeLessThan(0.3);
    const second = Math.floor(Date.now() / 1000) + 1;
    await expect.poll(() => Date.now() / 1000, { timeout: 3000 }).toBeGreaterThan(second + 1);
    await Promise.all([create("new-a1", "a=1"), create("new-none")]);

    const desk = openDesk(unix(sharedEngine().socketPath));
    const planned = async (rules: Partial<CleanUpRules>) =>
      plannedNames(await openPlan(desk, { ...noRules, ...rules }));
    expect(await planned({ label: "a" })).toEqual(await namesOf("label=a", "status=created"));
    expect(await planned({ label: "a=1" })).toEqual(await namesOf("label=a=1", "status=created"));
    expect(await planned({ label: "b=" })).toEqual(["old-b"]);
    expect(await planned({ until: "1h" })).toEqual([]);

    /** What `docker container prune` takes with those filters. */
    const pruned = async (...filters: string[]) => {
      const before = await namesOf();
      await docker("container", "prune", "-f", ...filters.flatMap((filter) => ["--filter", filter]));
      const after = await namesOf();
      return before.filter((name) => !after.includes(name));
    };
    const both = await planned({ until: `${second}`, label: "!a=1" });
    expect(both).toEqual(["old-a2", "old-b"]);
    expect(await pruned(`until=${second}`, "label!=a=1")).toEqual(both);
    const until = await planned({ until: new Date(second * 1000).toISOString() });
    expect(until).toEqual(["old-a1"]);
    expect(await pruned(`until=${new Date(second * 1000).toISOString()}`)).toEqual(until);
    const without = await planned({ label: "!a" });
    expect(without).toEqual(["new-none"]);
    expect(await pruned("label!=a")).toEqual(without);
  });
});
