import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLogReader, readLogFile, sumOfLogs } from "../../../src/docker/disk/log-files.ts";
import { type LogPlace, toLogPlace } from "../../../src/docker/disk/log-place.ts";
import { unix } from "../../../src/docker/endpoint.ts";

const id = "b".repeat(64);
const other = "c".repeat(64);
const local = { endpoint: unix("/run/docker.sock") };
const gone = Object.assign(new Error("no such container"), { statusCode: 404 });

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "dockui-logs-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const folderOf = (which = id) => join(root, "containers", which);
const fileOf = (which = id) => join(folderOf(which), `${which}-json.log`);

/** A log of a container in the folder of this test. */
function placeOf(change: Partial<LogPlace> = {}): LogPlace {
  const keeper = { root, remembersLength: false };
  return { ...toLogPlace(inspectOf(id), keeper), ...change };
}

function inspectOf(which: string, driver = "json-file", config: Record<string, string> = {}) {
  const LogPath = driver === "json-file" ? fileOf(which) : "";
  return { Id: which, LogPath, HostConfig: { LogConfig: { Type: driver, Config: config } } };
}

async function write(path: string, bytes: number): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, "x".repeat(bytes));
}

describe("the files of a log", () => {
  test("are the current one and those it was rotated into, by the room they take", async () => {
    await write(fileOf(), 5000);
    await write(`${fileOf()}.1`, 10_000);
    await write(`${fileOf()}.2.gz`, 3000);
    await write(`${fileOf()}.10.gz`, 3000);
    for (const name of [`${fileOf()}.bak`, `${fileOf()}.0`, `${fileOf()}.1.gz.tmp`, `${folderOf()}/hosts`])
      await write(name, 100_000);
    const { files, size, why } = await readLogFile(local, placeOf());
    expect(files.map(({ path }) => path.slice(fileOf().length))).toEqual(["", ".1", ".2.gz", ".10.gz"]);
    expect(size).toBe(files.reduce((sum, file) => sum + file.size, 0));
    // In blocks, however large those are here: never less than what was written, never a block more for each file.
    expect(size).toBeGreaterThanOrEqual(21_000);
    expect(size).toBeLessThan(21_000 + 4 * 65_536);
    expect(why).toBeUndefined();
  });

  test("a hole in a file takes no room", async () => {
    await write(fileOf(), 10);
    await truncate(fileOf(), 100_000_000);
    expect((await readLogFile(local, placeOf())).size).toBeLessThan(1_000_000);
  });

  test("a container that never ran has none, which is no size that is not known", async () => {
    await mkdir(folderOf(), { recursive: true });
    const log = await readLogFile(local, placeOf({ begun: false }));
    expect(log).toMatchObject({ files: [], size: 0 });
    expect(log.why).toBeUndefined();
  });

  test("a file that was removed by hand may still take room", async () => {
    await write(`${fileOf()}.1`, 10);
    const log = await readLogFile(local, placeOf());
    expect(log.size).toBeUndefined();
    expect(log.why).toContain("removed by hand");
  });

  test("those of the local driver are in a folder of their own", async () => {
    const place = toLogPlace(inspectOf(id, "local"), { root, remembersLength: false });
    await write(join(folderOf(), "local-logs/container.log"), 10);
    await write(join(folderOf(), "local-logs/container.log.1.gz"), 10);
    expect((await readLogFile(local, place)).files).toHaveLength(2);
  });

  test("an engine on another machine shows none", async () => {
    await write(fileOf(), 10);
    const endpoint = { kind: "tcp", host: "web-01", port: 2375, label: "tcp://web-01:2375" } as const;
    const log = await readLogFile({ endpoint }, placeOf());
    expect(log).toMatchObject({ files: [] });
    expect(log.size).toBeUndefined();
    expect(log.why).toBe("The engine is on another machine: its log files cannot be seen from here.");
  });

  test("a socket that leads elsewhere is told by the folder that is not here", async () => {
    const away = join(root, "not-here");
    const place = placeOf({ root: away, path: fileOf().replace(root, away) });
    expect((await readLogFile(local, place)).why).toBe(
      `There is no ${away} here: the engine is on another machine, or dockui runs in a container.`,
    );
    expect((await readLogFile(local, placeOf())).why).toContain(`There is no ${folderOf()} here`);
  });

  test("a path that is not the container's own is not looked at", async () => {
    await write(fileOf(other), 10);
    const outside = join(tmpdir(), id, `${id}-json.log`);
    const paths = [fileOf(other), outside, `${folderOf()}/../${other}/${other}-json.log`, "relative", ""];
    for (const path of paths) {
      const log = await readLogFile(local, placeOf({ path }));
      expect(log.why, path).toContain("does not belong to the container");
      expect(log.size, path).toBeUndefined();
    }
    expect((await readLogFile(local, placeOf({ id: "" }))).why).toContain("does not belong");
  });

  test("links are not followed: neither the file, nor a rotated one, nor the folder", async () => {
    await write(join(root, "secret"), 10);
    await mkdir(folderOf(), { recursive: true });
    await symlink(join(root, "secret"), fileOf());
    expect((await readLogFile(local, placeOf())).why).toBe(`${fileOf()} is a link: it is left alone.`);
    await rm(fileOf());
    await write(fileOf(), 10);
    await symlink(join(root, "secret"), `${fileOf()}.1`);
    expect((await readLogFile(local, placeOf())).why).toBe(`${fileOf()}.1 is a link: it is left alone.`);
    await rm(folderOf(), { recursive: true });
    await write(join(root, "elsewhere", `${id}-json.log`), 10);
    await symlink(join(root, "elsewhere"), folderOf());
    expect((await readLogFile(local, placeOf())).why).toContain("is reached through a link");
  });

  test("the engine's own folder may be reached through a link", async () => {
    await write(fileOf(), 10);
    const link = `${root}-link`;
    await symlink(root, link);
    const place = placeOf({ root: link, path: fileOf().replace(root, link) });
    try {
      expect((await readLogFile(local, place)).files).toHaveLength(1);
    } finally {
      await rm(link);
    }
  });

  test("what is no file is left alone", async () => {
    await mkdir(fileOf(), { recursive: true });
    expect((await readLogFile(local, placeOf())).why).toContain("no regular file");
  });
});

describe("the logs of many containers", () => {
  const engineOf = (inspect: (which: string) => Promise<unknown>) => ({
    ...local,
    info: vi.fn(async () => ({ DockerRootDir: root, ServerVersion: "20.10.24" })),
    inspectQuietly: vi.fn(inspect),
  });

  test("each is inspected once, and measured each time", async () => {
    await write(fileOf(), 10);
    await write(fileOf(other), 10);
    const engine = engineOf(async (which) => inspectOf(which));
    const reader = createLogReader(engine);
    const { signal } = new AbortController();
    const first = await reader.read([{ id }, { id: other }], signal);
    await write(fileOf(), 500_000);
    const second = await reader.read([{ id }, { id: other }], signal);
    expect(first.map((log) => log.id)).toEqual([id, other]);
    expect(second[0]?.size).toBeGreaterThan(first[0]?.size ?? Number.NaN);
    expect(second[1]?.size).toBe(first[1]?.size);
    expect([engine.info.mock.calls.length, engine.inspectQuietly.mock.calls.length]).toEqual([1, 2]);
  });

  test("one that is gone meanwhile is left out; an engine that does not answer is an error", async () => {
    await write(fileOf(), 10);
    const engine = engineOf(async (which) => {
      if (which === other) throw gone;
      return inspectOf(which);
    });
    const { signal } = new AbortController();
    const found = await createLogReader(engine).read([{ id: other }, { id }], signal);
    expect(found.map((log) => log.id)).toEqual([id]);
    const lost = engineOf(async () => {
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    });
    await expect(createLogReader(lost).read([{ id }], signal)).rejects.toThrow("ECONNRESET");
  });

  test("giving up ends it", async () => {
    const leaving = new AbortController();
    const engine = engineOf(async (which) => {
      leaving.abort();
      return inspectOf(which);
    });
    const many = Array.from({ length: 100 }, (_, n) => ({ id: `${n}`.padStart(64, "0") }));
    await expect(createLogReader(engine).read(many, leaving.signal)).rejects.toThrow();
    expect(engine.inspectQuietly.mock.calls.length).toBeLessThan(20);
  });

  test("their sum counts what is not known and what may grow without end", async () => {
    await write(fileOf(), 10);
    const known = await readLogFile(local, placeOf());
    const keeper = { root, remembersLength: false };
    const rotating = await readLogFile(
      local,
      toLogPlace(inspectOf(other, "json-file", { "max-size": "1m" }), keeper),
    );
    const nothing = await readLogFile(local, toLogPlace(inspectOf(other, "none"), keeper));
    const journal = await readLogFile(local, toLogPlace(inspectOf(other, "journald"), keeper));
    expect(sumOfLogs([known, rotating, nothing, journal])).toEqual({
      size: known.size,
      unknown: 2,
      endless: 1,
    });
    expect([nothing.size, journal.size, journal.why]).toEqual([0, undefined, journal.elsewhere]);
  });
});
