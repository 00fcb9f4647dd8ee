import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyInto, copyOut, exportTar } from "../../src/actions/containers/files/copies.ts";
import { copyFileOut } from "../../src/actions/containers/files/copy-files.ts";
import { createFolder, type Folder } from "../../src/actions/containers/files/files.ts";
import { perform } from "../../src/actions/perform.ts";
import type { Container } from "../../src/docker/containers.ts";
import { unix } from "../../src/docker/endpoint.ts";
import type { Snapshot } from "../../src/docker/source.ts";
import { createList } from "../../src/hooks/list/list.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { folderScreen } from "../../src/screens/files/files-screen.ts";
import { modeText } from "../../src/screens/files/words.ts";
import { openContainers } from "../screens/robot.tsx";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const mib = 1 << 20;

describeEngine("the file view of a container", () => {
  let desk: Desk;
  let here: string;

  beforeEach(() => {
    desk = openDesk(unix(sharedEngine().socketPath));
    here = mkdtempSync(join(tmpdir(), "dockui-files-"));
  });
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
    rmSync(here, { recursive: true, force: true });
  });

  const docker = (...args: string[]) => sharedEngine().docker(...args);
  const sh = (script: string) => docker("exec", "box", "sh", "-c", script);
  const said = () => desk.session.notice.get()?.text ?? "";

  async function box(script = ":"): Promise<Container> {
    await runContainer(sharedEngine(), "box");
    await sh(script);
    return desk.container("box");
  }

  /** A folder read to its end, or as far as its budget goes. */
  async function read(container: Container, path: string, from?: Folder): Promise<Folder> {
    const folder = createFolder(desk.session, { container, path, from });
    const stop = folder.watch();
    const known = (now: Snapshot<unknown>) =>
      now.problem !== undefined || (now.loadedAt !== undefined && !now.loading);
    await until(folder.source, known);
    stop();
    return folder;
  }

  test("shows what ls and du show, with the container's own names for owners", async () => {
    const container = await box(
      "mkdir -p /t/sub && echo hello > /t/a && ln -s a /t/link && head -c 5000 /dev/zero > /t/sub/big && chown 65534:7 /t/a && chmod 4750 /t/a && chown 4321:4321 /t/sub",
    );
    const folder = await read(container, "/t");
    const shown = folder.source
      .get()
      .items.map(({ entry, owner }) => `${entry.name} ${modeText(entry.mode)} ${owner} ${entry.size}`);
    expect(shown.sort()).toEqual([
      "a rwsr-x--- nobody:7 6",
      "link rwxrwxrwx root 0",
      "sub rwxr-xr-x 4321 5000",
    ]);
    const listed = (await sh("ls -l /t")).trim().split("\n").slice(1);
    expect(listed.map((line) => line.slice(1, 10)).sort()).toEqual(
      folder.source
        .get()
        .items.map(({ entry }) => modeText(entry.mode))
        .sort(),
    );
  });

  test("opens a folder of 10,000 entries, also through the one around it, and rests meanwhile", async () => {
    const container = await box("mkdir /many && cd /many && seq 1 10000 | xargs touch");
    for (let run = 0; run < 3; run += 1) {
      const folder = createFolder(desk.session, { container, path: "/many" });
      const list = createList(desk.session, folderScreen(folder));
      const updates: number[] = [];
      const stops = [folder.source.subscribe(() => void updates.push(performance.now()))];
      const from = performance.now();
      stops.push(folder.watch());
      await until(folder.source, () => folder.reading()?.state === "whole");
      expect(list.shown()).toHaveLength(10_000);
      expect(updates.length).toBeLessThan(4 + (performance.now() - from) / 150);
      for (const stop of stops) stop();
    }
    const root = await read(container, "/");
    const inside = createFolder(desk.session, { container, path: "/many", from: root });
    expect(inside.source.get().items).toHaveLength(10_000);
  });

  test("copies out what docker cp copies, of a container without a shell too", async () => {
    await docker("create", "--name", "never", "dockui-test/noshell");
    const container = await desk.container("never");
    const folder = await read(container, "/");
    const item = folder.source.get().items.find(({ entry }) => entry.name === "busybox-app");
    if (!item) throw new Error("there is no busybox-app");
    const screen = folderScreen(folder);
    await perform(desk.session, screen, copyFileOut(container), [item], { to: here });
    expect(said()).toMatch(/^Copied out \/busybox-app\. It is .*\/busybox-app: /);
    await docker("cp", "never:/busybox-app", join(here, "theirs"));
    expect(digest(join(here, "busybox-app"))).toBe(digest(join(here, "theirs")));
    expect(lstatSync(join(here, "busybox-app")).mode).toBe(lstatSync(join(here, "theirs")).mode);
    await perform(desk.session, screen, copyFileOut(container), [item], { to: here });
    expect(said()).toMatch(/^1 failed: \/busybox-app: .*exists already/);
    await perform(desk.session, screen, copyFileOut(container), [item], { to: here, replace: true });
    expect(said()).toMatch(/^Copied out/);
    expect(desk.session.journal.get()[0]?.command).toBe(`docker cp never:/busybox-app ${here}`);
  });

  test("tells what a copy left out, and keeps all of it in the journal", async () => {
    const container = await box("mkdir /t && mkfifo /t/one /t/two && echo x > /t/three");
    await perform(desk.session, containersScreen, copyOut, [container], { from: "/t", to: here });
    expect(said()).toMatch(/Copied out of box\. 2 not as it was: .*one: .* \(and 1 more: J lists them\)/);
    expect(desk.session.notice.get()?.tone).toBe("warn");
    expect(desk.session.journal.get()[0]?.notes?.join("\n")).toMatch(/two: it is neither a file/);
    expect(readdirSync(join(here, "t"))).toEqual(["three"]);
  });

  test("copies in what docker cp copies in, and the folder shows it", async () => {
    const container = await box("mkdir /t");
    writeFileSync(join(here, "file"), "contents");
    const told: string[] = [];
    const action = copyInto("/t", () => void told.push("again"));
    await perform(desk.session, containersScreen, action, [container], {
      from: join(here, "file"),
      to: "/t",
    });
    expect(said()).toBe("Copied into box. It is /t/file: 8B.");
    expect(told).toEqual(["again"]);
    expect(await sh("cat /t/file; ls -a /t | wc -l")).toBe("contents3\n");
    await perform(desk.session, containersScreen, action, [container], {
      from: join(here, "file"),
      to: "/proc/x/y",
    });
    expect(said()).toMatch(/^1 failed: box: There is no folder \/proc\/x\./);
  });

  test("exports what docker export exports", async () => {
    const container = await box("echo hello > /greeting");
    await perform(desk.session, containersScreen, exportTar, [container], { to: here });
    expect(said()).toMatch(/^Exported box\. It is .*\/box\.tar: /);
    await docker("export", "-o", join(here, "theirs.tar"), "box");
    const listOf = (tar: string) => execFileSync("tar", ["-tvf", join(here, tar)], { encoding: "utf8" });
    expect(listOf("box.tar")).toBe(listOf("theirs.tar"));
  });

  test("a copy that is cancelled half way leaves nothing, and says how far it was", async () => {
    const container = await box(`head -c ${200 * mib} /dev/zero > /big`);
    const copy = perform(desk.session, containersScreen, copyOut, [container], { from: "/big", to: here });
    const busy = await until(
      desk.session.busy,
      (all) => all.get(container.id)?.amount?.includes("/210MB") === true,
    );
    expect(busy.get(container.id)).toMatchObject({ label: "copying", background: true });
    busy.get(container.id)?.cancel();
    await copy;
    expect(said()).toBe("box: cancelled; nothing of it is left behind.");
    expect(readdirSync(here)).toEqual([]);
  });

  test("leaving a folder lets go of the container at once", async () => {
    const container = await box(`head -c ${250 * mib} /dev/zero > /big`);
    const folder = createFolder(desk.session, { container, path: "/" });
    const stop = folder.watch();
    await until(folder.source, ({ items }) => items.length > 0);
    stop();
    const from = performance.now();
    await desk.engine.inspect(container.id);
    expect(performance.now() - from).toBeLessThan(300);
    expect(folder.source.get().loading).toBe(false);
  });

  test("is used on the screen: browse, view a file, see that the container was removed", async () => {
    await box("mkdir -p /srv/site && echo '<h1>it works</h1>' > /srv/site/index.html");
    const robot = await openContainers({ socketPath: sharedEngine().socketPath });
    await robot.press("f");
    await robot.seesRow("srv/", /18B +rwxr-xr-x +root/);
    await robot.press("@");
    await robot.type("srv/site");
    await robot.press("enter");
    await robot.seesRow("index.html", /18B/);
    await robot.press("enter");
    await robot.sees("<h1>it works</h1>");
    await robot.press("q");
    await docker("rm", "-f", "box");
    await robot.sees("box (removed)  /srv/site");
    await robot.press("ctrl+r");
    await robot.sees("No such container");
    await robot.press("q");
    await robot.sees("No containers yet");
  });
});

function digest(path: string): string {
  return createHash("sha1").update(readFileSync(path)).digest("hex");
}
