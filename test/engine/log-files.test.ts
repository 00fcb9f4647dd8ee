import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { createLogSource, type LogItem } from "../../src/actions/disk/logs.ts";
import { perform } from "../../src/actions/perform.ts";
import type { Answers } from "../../src/actions/question.ts";
import { dataRootOf } from "../../src/docker/disk/data-root.ts";
import { createLogReader } from "../../src/docker/disk/log-files.ts";
import { unix } from "../../src/docker/endpoint.ts";
import type { Source } from "../../src/docker/source.ts";
import { createLogFeed } from "../../src/hooks/log/feed.ts";
import { logFilesScreen } from "../../src/screens/disk/log-files.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const docker = (...args: string[]) => sharedEngine().docker(...args);
const run = promisify(execFile);
const rotating = ["--log-opt", "max-size=10k", "--log-opt", "max-file=3"];

/** What becomes true soon, on a busy machine too. */
const eventually = <Value>(ask: () => Value | Promise<Value>) => expect.poll(ask);

/** Writes that many numbers, then whatever is said to it. */
const talker = (lines: number) => ({
  command: [
    "sh",
    "-c",
    `seq 1 ${lines}; [ -e /tmp/say ] || mkfifo /tmp/say; while true; do cat /tmp/say; done`,
  ],
});

/** Has a talker write a line, and waits until docker logs knows it. */
async function say(name: string, line: string): Promise<void> {
  await docker("exec", name, "sh", "-c", `echo ${line} >/tmp/say`);
  await eventually(() => lastLine(name)).toBe(line);
}

async function lastLine(name: string): Promise<string> {
  return (await docker("logs", "--tail", "1", name)).trim();
}

async function logged(name: string): Promise<string[]> {
  return (await docker("logs", name)).split("\n").filter(Boolean);
}

/** What du says of files, in bytes. */
async function du(paths: readonly string[]): Promise<number> {
  if (paths.length === 0) return 0;
  const { stdout } = await run("du", ["--block-size=1", "--total", ...paths]);
  return Number(stdout.trim().split("\n").at(-1)?.split("\t")[0]);
}

const engineIsOld = async () =>
  Number.parseInt(await docker("version", "--format", "{{.Server.Version}}"), 10) < 23;

describeEngine("the log files of containers", () => {
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
  });

  const atDesk = (options: { readOnly?: boolean } = {}) => openDesk(unix(sharedEngine().socketPath), options);

  /** The logs as the list has them, with the log of that container measured. */
  async function openLogs({ session }: Desk): Promise<Source<LogItem>> {
    const source = createLogSource(session);
    source.subscribe(() => {});
    await until(source, ({ loadedAt, loading }) => loadedAt !== undefined && !loading);
    return source;
  }

  const itemOf = (source: Source<LogItem>, name: string) =>
    source.get().items.find((item) => item.name === name) as LogItem;

  /** Empties the logs of those containers as a person would who said yes. */
  async function truncate(desk: Desk, source: Source<LogItem>, names: string[], answers: Answers = {}) {
    const screen = logFilesScreen(source);
    const action = screen.actions.find(({ id }) => id === "truncate-log") as TargetsAction<LogItem>;
    const items = names.map((name) => itemOf(source, name));
    await perform(desk.session, screen, action, items, answers);
    await until(source, ({ loading }) => !loading);
    return desk.session.notice.get();
  }

  test("are found for every driver, and take the room that du says", async () => {
    await runContainer(sharedEngine(), "endless", talker(3000));
    await runContainer(sharedEngine(), "rotated", { ...talker(3000), flags: rotating });
    await runContainer(sharedEngine(), "packed", {
      ...talker(3000),
      flags: [...rotating, "--log-opt", "compress=true"],
    });
    await runContainer(sharedEngine(), "local", { ...talker(3000), flags: ["--log-driver", "local"] });
    await runContainer(sharedEngine(), "silent", { ...talker(10), flags: ["--log-driver", "none"] });
    const away = ["--log-driver", "syslog", "--log-opt", "syslog-address=udp://127.0.0.1:5140"];
    await runContainer(sharedEngine(), "away", { ...talker(3000), flags: away });
    await docker("create", "--name", "never", "dockui-test/busybox");
    for (const name of ["endless", "rotated", "packed", "local", "away"])
      await eventually(() => lastLine(name)).toBe("3000");

    const source = await openLogs(atDesk());
    for (const name of ["endless", "rotated", "packed", "local", "away"]) {
      const measured = async () => {
        source.refresh(undefined);
        await until(source, ({ loading }) => !loading);
        const { files, size } = itemOf(source, name);
        return [size, await du(files.map(({ path }) => path))];
      };
      // The file system may set aside and give back blocks at the end of a file: both are asked until they agree.
      await eventually(async () => new Set(await measured()).size).toBe(1);
      expect(itemOf(source, name).size, name).toBeGreaterThan(0);
    }
    const short = (name: string) => {
      const { driver, maxSize, maxFile, rotates, files, size, why } = itemOf(source, name);
      const suffixes = files.map(({ path }) => /\.log(.*)$/.exec(path)?.[1]);
      return {
        driver,
        rotation: rotates ? `${maxSize} × ${maxFile}` : "none",
        suffixes,
        empty: size === 0,
        why,
      };
    };
    const known = { empty: false, why: undefined };
    expect(short("endless")).toEqual({ driver: "json-file", rotation: "none", suffixes: [""], ...known });
    expect(short("rotated")).toEqual({
      ...{ driver: "json-file", rotation: "10k × 3", suffixes: ["", ".1", ".2"], ...known },
    });
    await eventually(async () => {
      source.refresh(undefined);
      await until(source, ({ loading }) => !loading);
      return short("packed").suffixes;
    }).toEqual(["", ".1.gz", ".2.gz"]);
    expect(short("local")).toEqual({ driver: "local", rotation: "20m × 5", suffixes: [""], ...known });
    expect(short("away")).toEqual({ driver: "syslog", rotation: "20m × 5", suffixes: [""], ...known });
    expect(short("silent")).toMatchObject({ driver: "none", suffixes: [], empty: true });
    expect(short("never")).toMatchObject({ driver: "json-file", suffixes: [], empty: true, why: undefined });
    expect(itemOf(source, "rotated").path).toBe(
      (await docker("inspect", "-f", "{{.LogPath}}", "rotated")).trim(),
    );
  });

  test("a container that comes, starts or goes is measured by itself, and no other one", async () => {
    await runContainer(sharedEngine(), "first", talker(3000));
    await eventually(() => lastLine("first")).toBe("3000");
    const desk = atDesk();
    const source = await openLogs(desk);
    const before = itemOf(source, "first");
    await runContainer(sharedEngine(), "second", talker(3000));
    await until(source, ({ items }) => items.length === 2);
    await docker("kill", "second");
    await until(source, ({ items }) => items.some(({ state }) => state === "exited"));
    expect(itemOf(source, "first")).toBe(before);
    await docker("rm", "second");
    await until(source, ({ items }) => items.length === 1);
  });

  test("a stopped container's log is emptied, and goes on when it is started again", async () => {
    await runContainer(sharedEngine(), "web", { ...talker(3000), flags: rotating });
    await eventually(() => lastLine("web")).toBe("3000");
    await docker("kill", "web");
    const desk = atDesk();
    await desk.container("web", ({ state }) => state === "exited");
    const source = await openLogs(desk);
    const { size = 0, files } = itemOf(source, "web");
    expect(files).toHaveLength(3);
    const notice = await truncate(desk, source, ["web"]);
    expect(notice).toMatchObject({
      tone: "good",
      text: expect.stringMatching(/^Truncated web, .*B freed\.$/),
    });
    expect(itemOf(source, "web")).toMatchObject({ size: 0, files: [{ size: 0 }] });
    expect(size).toBeGreaterThan(0);
    expect(await logged("web")).toEqual([]);
    await docker("start", "web");
    await eventually(() => lastLine("web")).toBe("3000");
    await say("web", "again");
    expect((await logged("web")).at(-1)).toBe("again");
  });

  test("a running container's endless log is emptied under it where the engine stands that", async () => {
    await runContainer(sharedEngine(), "web", talker(3000));
    await eventually(() => lastLine("web")).toBe("3000");
    const desk = atDesk();
    const feed = createLogFeed(desk.session, await desk.container("web"));
    const leaving = new AbortController();
    const reading = feed.run(leaving.signal);
    const lastInFeed = () => feed.buffer.get(feed.buffer.end() - 1)?.text;
    await eventually(lastInFeed).toBe("3000");
    const source = await openLogs(desk);
    const notice = await truncate(desk, source, ["web"]);
    if (await engineIsOld()) {
      expect(notice).toMatchObject({ tone: "good", text: expect.stringContaining("Truncated web, ") });
      await say("web", "after");
      expect(await logged("web")).toEqual(["after"]);
      await eventually(lastInFeed).toBe("after");
      expect(feed.get().status).toBe("following");
    } else {
      expect(notice).toMatchObject({ tone: "bad", text: expect.stringContaining("Stop it first.") });
      expect(await logged("web")).toHaveLength(3000);
    }
    leaving.abort();
    await reading;
  });

  test("a running container that rotates keeps its current file, and all of it can be read", async () => {
    await runContainer(sharedEngine(), "web", { ...talker(3000), flags: rotating });
    await eventually(() => lastLine("web")).toBe("3000");
    const desk = atDesk();
    const source = await openLogs(desk);
    const notice = await truncate(desk, source, ["web"]);
    expect(notice).toMatchObject({ tone: "warn", text: expect.stringContaining("the current file stays") });
    expect(itemOf(source, "web").files).toHaveLength(1);
    const left = await logged("web");
    expect(left.at(-1)).toBe("3000");
    expect(left.length).toBeLessThan(300);
    await say("web", "after");
    expect(await logged("web")).toEqual([...left, "after"]);
  });

  test("which is why: cut by hand, a log that was rotated begins with zeros and cannot be read", async () => {
    await runContainer(sharedEngine(), "web", { ...talker(3000), flags: rotating });
    await eventually(() => lastLine("web")).toBe("3000");
    const source = await openLogs(atDesk());
    const { path = "", files } = itemOf(source, "web");
    await run("truncate", ["-s", "0", path]);
    await run(
      "rm",
      files.slice(1).map((file) => file.path),
    );
    await docker("exec", "web", "sh", "-c", "echo after >/tmp/say");
    await eventually(async () => (await run("stat", ["-c", "%s", path])).stdout.trim()).not.toBe("0");
    const file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(100), 0, 100, 0);
    await file.close();
    expect(buffer).toEqual(Buffer.alloc(100));
    expect(await logged("web")).toEqual([]);
  });

  test("other drivers and read-only leave everything as it is", async () => {
    await runContainer(sharedEngine(), "local", { ...talker(3000), flags: ["--log-driver", "local"] });
    await runContainer(sharedEngine(), "web", talker(3000));
    for (const name of ["local", "web"]) await eventually(() => lastLine(name)).toBe("3000");
    const desk = atDesk();
    expect(await truncate(desk, await openLogs(desk), ["local"])).toMatchObject({
      tone: "bad",
      text: expect.stringContaining("its log driver is local"),
    });
    const careful = atDesk({ readOnly: true });
    expect(await truncate(careful, await openLogs(careful), ["web"])).toMatchObject({
      tone: "bad",
      text: expect.stringContaining("dockui was started with --read-only."),
    });
    for (const name of ["local", "web"]) expect(await logged(name), name).toHaveLength(3000);
  });

  test("are read without a screen too", async () => {
    await runContainer(sharedEngine(), "web", talker(3000));
    await eventually(() => lastLine("web")).toBe("3000");
    const { engine } = atDesk();
    await engine.connect(new AbortController().signal);
    const containers = await engine.containers();
    const [log] = await createLogReader(engine).read(containers, new AbortController().signal);
    expect(log).toMatchObject({ driver: "json-file", rotates: false, files: [{ path: log?.path }] });
  });

  test("the data root is that of docker info, and its room that of df", async () => {
    const { engine } = atDesk();
    await engine.connect(new AbortController().signal);
    const format = "{{.DockerRootDir}}|{{.Driver}}|{{range .DriverStatus}}{{.}}{{end}}";
    const [path = "", driver, status] = (await docker("info", "--format", format)).trim().split("|");
    const root = await dataRootOf(engine);
    expect(root).toMatchObject({ path, driver, containerdStore: false });
    if (root.filesystem !== undefined) expect(status).toContain(`[Backing Filesystem ${root.filesystem}]`);
    const df = async () => {
      const { stdout } = await run("df", ["--block-size=1", "--output=size,avail", path]);
      return stdout.trim().split("\n").at(-1)?.trim().split(/\s+/).map(Number);
    };
    // Others write to this disk at the same time: that they agree once is asked.
    const both = async () => {
      const { size, free } = await dataRootOf(engine);
      return [[size, free], await df()];
    };
    await eventually(async () => {
      const [mine, theirs] = await both();
      return JSON.stringify(mine) === JSON.stringify(theirs);
    }).toBe(true);
  });
});
