import { afterEach, beforeEach, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { containerActions } from "../../src/actions/containers/containers.ts";
import { perform } from "../../src/actions/perform.ts";
import type { Answers } from "../../src/actions/question.ts";
import type { Container } from "../../src/docker/containers.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { explain } from "../../src/docker/errors.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const loop = "while :; do sleep 0.05; done";

function action(id: string): TargetsAction<Container> {
  const found = containerActions.find((candidate) => candidate.id === id);
  if (found?.on !== "targets") throw new Error(`there is no action ${id} on containers`);
  return found;
}

describeEngine("what is done to a container", () => {
  let desk: Desk;

  beforeEach(() => {
    desk = openDesk(unix(sharedEngine().socketPath));
  });
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
  });

  const state = async (field: string) =>
    (await sharedEngine().docker("inspect", "-f", `{{.State.${field}}}`, "box")).trim();

  /** A container that is seen to run its script: it answers signals from then on. */
  async function runScript(script: string, ...flags: string[]): Promise<Container> {
    await runContainer(sharedEngine(), "box", {
      flags,
      command: ["sh", "-c", `${script}; echo ready; ${loop}`],
    });
    await expect.poll(() => sharedEngine().docker("logs", "box")).toContain("ready");
    return desk.container("box", (row) => row.state === "running");
  }

  async function does(id: string, container: Container, answers?: Answers): Promise<string | undefined> {
    await perform(desk.session, containersScreen, action(id), [container], answers);
    return desk.session.notice.get()?.text;
  }

  test("stop lets one end that listens to TERM", async () => {
    const { id } = await runScript("trap 'exit 5' TERM");
    await desk.engine.stop(id, 100);
    expect(await state("ExitCode")).toBe("5");
    await desk.engine.stop(id, 10);
  });

  test("stop kills one that does not, after its own grace time", async () => {
    const box = await runScript("trap '' TERM", "--stop-timeout", "1");
    const from = performance.now();
    expect(await does("stop", box)).toBe("Stopped box.");
    expect(performance.now() - from).toBeGreaterThan(950);
    expect(performance.now() - from).toBeLessThan(9_500); // docker's own is 10 s
    expect(await state("ExitCode")).toBe("137");
    expect(desk.session.journal.get()).toMatchObject([{ command: "docker stop box", outcome: "done" }]);
  });

  test("start starts it, also when it runs already", async () => {
    await sharedEngine().docker("create", "--name", "box", "dockui-test/busybox");
    const box = await desk.container("box");
    expect(await does("start", box)).toBe("Started box.");
    expect(await state("Status")).toBe("running");
    await desk.engine.start(box.id);
  });

  test("restart ends it and starts it again", async () => {
    const box = await runScript("trap 'exit 0' TERM");
    const started = await state("StartedAt");
    expect(await does("restart", box)).toBe("Restarted box.");
    expect(await state("Status")).toBe("running");
    expect(await state("StartedAt")).not.toBe(started);
  });

  test("pause freezes it, unpause lets it go on", async () => {
    const box = await runScript(":");
    expect(await does("pause", box)).toBe("Paused box.");
    expect(await state("Status")).toBe("paused");
    await desk.container("box", (row) => row.state === "paused");
    expect(await does("unpause", box)).toBe("Unpaused box.");
    expect(await state("Status")).toBe("running");
  });

  test("kill sends the signal that was chosen", async () => {
    const box = await runScript("trap 'echo hung up' HUP");
    expect(await does("kill", box, { signal: "HUP" })).toBe("Signalled box.");
    await expect.poll(() => sharedEngine().docker("logs", "box")).toContain("hung up");
    expect(await state("Status")).toBe("running");
    expect(await does("kill", box)).toBe("Signalled box.");
    expect((await desk.container("box", (row) => row.state === "exited")).exitCode).toBe(137);
  });

  test("remove leaves one that runs alone, unless it is forced", async () => {
    const box = await runScript(":");
    const error = await desk.engine.remove(box.id).catch((thrown: unknown) => thrown);
    expect(explain(error).kind).toBe("conflict");
    expect(await does("remove", box)).toMatch(/^1 failed: box: .*running container/i);
    expect(await state("Status")).toBe("running");
    expect(await does("remove", box, { force: true })).toBe("Removed box.");
    expect(await sharedEngine().docker("ps", "-aq")).toBe("");
  });

  test("remove takes anonymous volumes along when that is asked for, and never named ones", async () => {
    const { docker } = sharedEngine();
    const volumes = async () => (await docker("volume", "ls", "-q")).trim().split("\n").filter(Boolean);
    const flags = ["-v", "/anonymous", "-v", "named:/named"];
    await docker("create", "--name", "box", ...flags, "dockui-test/busybox");
    expect(await does("remove", await desk.container("box"), { volumes: true })).toBe("Removed box.");
    expect(await volumes()).toEqual(["named"]);
    await docker("create", "--name", "other", ...flags, "dockui-test/busybox");
    expect(await does("remove", await desk.container("other"))).toBe("Removed other.");
    expect(await volumes()).toHaveLength(2);
  });

  test("something that is gone meanwhile is said, and nothing else happens", async () => {
    const box = await runScript(":");
    await sharedEngine().docker("rm", "-f", "box");
    const error = await desk.engine.stop(box.id, 1).catch((thrown: unknown) => thrown);
    expect(explain(error)).toMatchObject({
      kind: "gone",
      message: expect.stringContaining("No such container"),
    });
  });
});
