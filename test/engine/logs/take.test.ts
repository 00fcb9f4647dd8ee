import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { type Endpoint, unix } from "../../../src/docker/endpoint.ts";
import { createLogFeed } from "../../../src/hooks/log/feed.ts";
import { saveWhole, savingOf, type WholeSave } from "../../../src/hooks/log/take/save-whole.ts";
import { createLogView } from "../../../src/hooks/log/view.ts";
import { closeDesks, openDesk, removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeProxies, openProxy } from "../proxy.ts";
import { brief, dockerLogs, numbers } from "./reading.ts";

const form = { as: "plain", stamps: false, names: true } as const;

/** A log view of these containers when they have ended, and a folder to save into. */
async function openLog(names: readonly string[], endpoint: Endpoint = unix(sharedEngine().socketPath)) {
  const folder = await mkdtemp(join(tmpdir(), "dockui-save-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { session, container } = openDesk(endpoint);
  const containers = await Promise.all(
    names.map((name) => container(name, ({ state }) => state === "exited")),
  );
  const [first] = containers;
  if (!first) throw new Error("There is no container.");
  const place = { view: createLogView(createLogFeed(session, first)), session, containers };
  const target = join(folder, "saved.log");
  return {
    ...{ session, place, folder, target },
    save: (change: Partial<WholeSave> = {}) =>
      saveWhole(place, { target, since: undefined, form, filtered: false, ...change }),
    saved: async () => (await readFile(target, "utf8")).replace(/\n$/, "").split("\n"),
    notice: () => session.notice.get()?.text,
  };
}

const ended = (name: string, script: string, flags: readonly string[] = []) =>
  runContainer(sharedEngine(), name, { flags, command: ["sh", "-c", script] });

describeEngine("a whole log that is saved", () => {
  afterEach(async () => {
    await closeDesks();
    await closeProxies();
    await removeAll(sharedEngine());
  });

  test("is all that docker logs prints, and takes little memory", async () => {
    await ended(
      "long",
      "exec awk 'BEGIN { while (i < 200000) print \"a line of a log that is as long as they are \" ++i }'",
    );
    const { save, saved, notice } = await openLog(["long"]);
    const before = process.memoryUsage();
    let most = 0;
    const watch = setInterval(() => {
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, heapUsed + external - before.heapUsed - before.external);
    }, 20);
    await save();
    clearInterval(watch);
    expect(notice()).toMatch(/^Saved [\d.]+MB, 200000 lines of long to /);
    expect(await saved()).toEqual(await dockerLogs("long"));
    expect(most).toBeLessThan(100e6);
  });

  test.each([
    ["without a TTY", []],
    ["with a TTY", ["-t"]],
    ["of the local driver", ["--log-driver", "local"]],
  ])("%s holds as written what docker logs prints, with times too", async (_, flags) => {
    const script =
      "printf '\\033[31mred\\033[0m\\ttab\\007\\n\\n'; head -c 40000 /dev/zero | tr '\\0' x; printf ' end'";
    await ended("odd", script, flags);
    const { save, saved, target } = await openLog(["odd"]);
    await save({ form: { ...form, as: "raw" } });
    expect(brief(await saved())).toEqual(brief(await dockerLogs("odd")));
    await rm(target);
    await save({ form: { ...form, as: "raw", stamps: true } });
    // docker logs stamps each piece of a line that the engine cut.
    const [first = ""] = await dockerLogs("odd", "-t");
    expect((await saved())[0]).toBe(first);
    await rm(target);
    await save();
    expect((await saved())[0]).toBe("red     tab␇");
  });

  test("of several is in the order of time, since a moment and only what is shown too", async () => {
    const script = "for i in $(seq 300); do echo $i; usleep 1000; done; echo last >&2";
    await Promise.all(["one", "two", "three"].map((name) => ended(name, script)));
    const { save, saved, target, place } = await openLog(["one", "two", "three"]);
    await save({ form: { ...form, stamps: true } });
    const lines = await saved();
    expect(lines).toHaveLength(903);
    const stamps = lines.map((line) => line.split(" ")[0] ?? "");
    const out = lines.filter((line) => !line.endsWith("last")).map((line) => line.split(" ")[0] ?? "");
    expect(out).toEqual(out.toSorted());
    for (const name of ["one", "two", "three"]) {
      const own = lines
        .filter((line) => line.includes(` ${name} | `))
        .map((line) => line.replace(/.* \| /, ""));
      expect(own.toSorted()).toEqual([...numbers(1, 300), "last"].toSorted());
    }
    await rm(target);
    const since = Date.parse(stamps[450] ?? "");
    await save({ since, form: { ...form, stamps: true } });
    expect((await saved()).toSorted()).toEqual(
      lines.filter((line) => Date.parse(line.split(" ")[0] ?? "") >= since).toSorted(),
    );
    await rm(target);
    place.view.update((state) => ({ ...state, streams: "err", muted: new Set(["two"]) }));
    await save({ filtered: true });
    expect((await saved()).toSorted()).toEqual(["one | last", "three | last"]);
  });

  test("is nothing when the engine goes in the middle, and nothing when it is cancelled", async () => {
    await ended("long", "exec seq 2000000");
    const { socketPath } = sharedEngine();
    const proxy = await openProxy(socketPath);
    const { save, session, notice, place, folder } = await openLog(["long"], proxy.endpoint);
    const begun = () => until(session.busy, () => /\d{4} lines/.test(savingOf(place)?.amount ?? ""));
    const first = save();
    await begun();
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.dockui-part-/)]);
    proxy.cut();
    await first;
    expect(notice()).toMatch(/saved\.log is not written: The connection to .* broke\.$/);
    expect(readdirSync(folder)).toEqual([]);
    const second = save();
    await begun();
    savingOf(place)?.cancel();
    await second;
    expect(notice()).toContain("cancelled; nothing of it is left behind.");
    expect(readdirSync(folder)).toEqual([]);
    await expect.poll(proxy.connections).not.toContainEqual(expect.stringContaining("/logs"));
  });

  test("is nothing on a disk that is full, or in a folder that cannot be written to", async () => {
    await ended("long", "exec seq 500000");
    const { save, notice, folder } = await openLog(["long"]);
    const small = join(folder, "small");
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]);
    onTestFinished(() => void execFileSync("umount", [small]));
    await save({ target: join(small, "x.log") });
    expect(notice()).toContain("x.log is not written: There is no space left on the disk of");
    expect(readdirSync(small)).toEqual([]);
    await save({ target: "/proc/x.log" });
    expect(notice()).toMatch(/^\/proc\/x\.log is not written: /);
  });

  test("is nothing where the engine cannot read on in its own file", async () => {
    await ended("torn", "exec seq 1000", ["--log-driver", "local"]);
    const { docker } = sharedEngine();
    const root = (await docker("info", "-f", "{{.DockerRootDir}}")).trim();
    const { save, notice, folder, place } = await openLog(["torn"]);
    const file = join(root, "containers", place.containers[0]?.id ?? "", "local-logs/container.log");
    await appendFile(file, "\0\0\0\x05wrong\0\0\0\x05");
    await save();
    expect(notice()).toMatch(/saved\.log is not written: The engine cannot read on in the log: .+\.$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
