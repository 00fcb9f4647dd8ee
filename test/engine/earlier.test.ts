import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { remove } from "../../src/actions/containers/remove.ts";
import { stop } from "../../src/actions/containers/states.ts";
import { recall } from "../../src/actions/earlier.ts";
import { type JournalItem, journalSource } from "../../src/actions/journal.ts";
import { perform } from "../../src/actions/perform.ts";
import { undoAction } from "../../src/actions/undo/undo-action.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { journalFile } from "../../src/journal-file.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { journalScreen } from "../../src/screens/journal.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

describeEngine("the journal of earlier days", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "dockui-state-"));
  });
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
    rmSync(home, { recursive: true });
  });

  /** A dockui of its own, which keeps its journal where the others do; it knows which engine this is. */
  async function openRun(): Promise<Desk> {
    const endpoint = unix(sharedEngine().socketPath);
    const desk = openDesk(endpoint, { keeper: journalFile({ XDG_STATE_HOME: home }, endpoint) });
    await until(desk.session.connection, (now) => now.kind === "live" && now.about !== undefined);
    return desk;
  }

  /** Undoes the entry of that command, and answers what the journal says of that. */
  async function undo({ session }: Desk, command: string): Promise<string | undefined> {
    recall(session);
    const source = journalSource(session);
    const item = source.get().items.find(({ entry }) => entry.command === command) as JournalItem;
    await perform(session, journalScreen(session, source), undoAction(session), [item]);
    const last = session.journal.get().at(-1);
    return last?.reason ?? last?.notes?.[0];
  }

  test("undoes there what was done: what was removed is created again, and then what was done to it before", async () => {
    const { docker } = sharedEngine();
    await runContainer(sharedEngine(), "box", {
      flags: ["-e", "MODE=one", "--label", "keep=me", "--memory", "64m"],
      command: ["sleep", "1000"],
    });
    const first = await openRun();
    await perform(first.session, containersScreen, stop, [await first.container("box")]);
    const box = await first.container("box", ({ state }) => state === "exited");
    await perform(first.session, containersScreen, remove, [box]);
    expect(await docker("ps", "-aq")).toBe("");
    await first.close();

    const later = await openRun();
    expect(await undo(later, "docker rm box")).toBe("box is there again, not started.");
    const told = "{{.Config.Env}} {{.Config.Labels}} {{.HostConfig.Memory}} {{.State.Status}}";
    expect(await docker("inspect", "-f", told, "box")).toMatch(/MODE=one.* map\[keep:me\] 67108864 created/);
    await later.close();
    // It has another id since: the stop of the one before is undone on it, by yet another run.
    const last = await openRun();
    expect(await undo(last, "docker stop box")).toBe("box is started again.");
    expect(await docker("inspect", "-f", "{{.State.Status}}", "box")).toBe("running\n");
    expect(await undo(last, "docker rm box")).toBe("it was undone already.");
  });

  test("never holds a secret: such a container comes back in the run that removed it only", async () => {
    const { docker } = sharedEngine();
    for (const name of ["one", "two"])
      await docker("create", "--name", name, "-e", "DB_PASSWORD=hush-hush", "dockui-test/busybox");
    const first = await openRun();
    await perform(first.session, containersScreen, remove, [await first.container("one")]);
    await perform(first.session, containersScreen, remove, [await first.container("two")]);
    const folder = join(home, "dockui");
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    expect(texts.join("")).toContain("docker rm one");
    expect(texts.join("")).not.toContain("hush");
    expect(await undo(first, "docker rm one")).toBe("one is there again, not started.");
    expect(await docker("inspect", "-f", "{{.Config.Env}}", "one")).toContain("DB_PASSWORD=hush-hush");
    await first.close();
    const later = await openRun();
    expect(await undo(later, "docker rm two")).toMatch(/^its settings may hold secrets/);
  });
});
