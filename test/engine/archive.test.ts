import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { FolderReading } from "../../src/docker/archive/folder-tally.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const run = promisify(execFile);
const never = new AbortController().signal;
const mib = 1 << 20;

/** A tree with all that a filesystem holds, for `sh -c` in a container. */
const makeTree = [
  "mkdir -p /tree/sub/deep /tree/empty /tree/closed",
  "echo hello > /tree/a && ln /tree/a /tree/hard && ln -s a /tree/link && ln -s /etc/passwd /tree/absolute",
  "ln -s /no/where /tree/dead && head -c 3000000 /dev/urandom > /tree/sub/deep/big && touch /tree/none",
  `printf x > "/tree/sub/$(printf 'sp ace\\033[2J\\nline')" && printf y > /tree/sub/größe-✓`,
  `printf z > /tree/${"n".repeat(150)}`,
  "chmod 4755 /tree/a && chmod 0600 /tree/sub/deep/big && chmod 1777 /tree/empty && chmod 0500 /tree/closed",
  "chown 1234:5678 /tree/sub/deep/big && touch -d '2020-02-03 04:05:06' /tree/a /tree/sub/deep /tree/empty",
].join(" && ");

describeEngine("the files of a container", () => {
  let engine: Engine;
  let here: string;

  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: false, now: Date.now });
    await engine.connect(never);
    return () => engine.close();
  });
  beforeEach(async () => {
    here = await mkdtemp(join(tmpdir(), "dockui-archive-"));
  });
  afterEach(async () => {
    await removeAll(sharedEngine());
    await rm(here, { recursive: true, force: true });
  });

  const docker = (...args: string[]) => sharedEngine().docker(...args);
  const sh = (name: string, script: string) => docker("exec", name, "sh", "-c", script);
  const problemOf = async (work: Promise<unknown>) =>
    explain(
      await work.then(
        () => undefined,
        (error) => error,
      ),
    );

  async function withTree(name = "box"): Promise<string> {
    const id = await runContainer(sharedEngine(), name);
    await sh(name, makeTree);
    return id;
  }

  async function readAll(id: string, path: string, budget?: number): Promise<FolderReading[]> {
    const readings: FolderReading[] = [];
    for await (const reading of engine.readFolder(id, path, { signal: never, budget }))
      readings.push(reading);
    return readings;
  }

  /** What `docker cp` and dockui shall agree upon: kind, permissions, seconds, links and contents. */
  async function described(folder: string, path = ""): Promise<string[]> {
    const full = join(folder, path);
    const stats = await lstat(full);
    const what = stats.isSymbolicLink()
      ? `-> ${await readlink(full)}`
      : stats.isFile()
        ? createHash("sha1")
            .update(await readFile(full))
            .digest("hex")
        : "";
    const line = `${path} ${stats.mode.toString(8)} ${stats.uid} ${Math.floor(stats.mtimeMs / 1000)} ${what}`;
    if (!stats.isDirectory()) return [line];
    const below = await Promise.all(
      (await readdir(full)).sort().map((name) => described(folder, join(path, name))),
    );
    return [line, ...below.flat()];
  }

  test("are described one by one, links and where they lead", async () => {
    const id = await withTree();
    expect(await engine.fileInfo(id, "/tree/a")).toMatchObject({
      name: "a",
      kind: "file",
      size: 6,
      mode: 0o4755,
      modified: Date.UTC(2020, 1, 3, 4, 5, 6),
    });
    expect(await engine.fileInfo(id, "/tree/empty")).toMatchObject({ kind: "folder", mode: 0o1777 });
    expect(await engine.fileInfo(id, "/tree/link")).toMatchObject({ kind: "link", target: "/tree/a" });
    expect(await engine.fileInfo(id, "/tree/dead")).toMatchObject({ kind: "link", target: "/no/where" });
    expect(await engine.fileInfo(id, "/tree/nothing")).toBeUndefined();
    expect(await problemOf(engine.fileInfo("f".repeat(64), "/tree"))).toMatchObject({ kind: "gone" });
  });

  test("are told of in a sentence where links lead in a circle", async () => {
    const id = (await docker("run", "-d", "--init", "dockui-test/busybox")).trim();
    await docker("exec", id, "sh", "-c", "ln -s b /tmp/a; ln -s a /tmp/b");
    const message = "The links of /tmp/a lead in a circle.";
    expect(await problemOf(engine.fileInfo(id, "/tmp/a"))).toMatchObject({ message });
    expect(await problemOf(engine.readFile(id, "/tmp/a", 10, never))).toMatchObject({ message });
  });

  test("are listed as stat and du see them, whether the container runs, was stopped or never started", async () => {
    const id = await withTree();
    const listed = await sh("box", "cd /tree && stat -c '%n %a %u %g %Y' * | sort");
    await docker("stop", "-t", "0", "box");
    for (const path of ["/tree", "/tree/../tree/"]) {
      const last = (await readAll(id, path)).at(-1);
      const lines = last?.entries.map(
        ({ name, mode, owner, modified = 0 }) =>
          `${name} ${mode.toString(8)} ${owner?.uid} ${owner?.gid} ${Math.floor(modified / 1000)}`,
      );
      expect(lines?.sort().join("\n")).toBe(listed.trim());
      expect(last).toMatchObject({ state: "whole", size: 3_000_000 + 6 + 3, below: 14 });
      const sub = last?.within("/tree/sub");
      expect(sub?.entries.map(({ name }) => name)).toEqual(["deep", "größe-✓", "sp ace␛[2J␊line"]);
      const strange = sub?.entries.at(-1)?.path ?? "";
      expect((await engine.readFile(id, strange, 10, never)).bytes.toString()).toBe("x");
      expect(last?.entries.find(({ name }) => name === "absolute")).toMatchObject({
        kind: "link",
        target: "/etc/passwd",
      });
    }
    const created = (await docker("create", "--name", "never", "dockui-test/noshell")).trim();
    const root = (await readAll(created, "/")).at(-1);
    expect(root?.entries.map(({ name, kind }) => `${kind} ${name}`)).toContain("file busybox-app");
  });

  test("are listed through a link, and a mount is seen at once in the root", async () => {
    const id = await runContainer(sharedEngine(), "box", { flags: ["-v", "vol:/mounted"] });
    await sh("box", "echo 1 > /mounted/f; ln -s /mounted /there");
    expect((await readAll(id, "/there")).at(-1)?.entries.map(({ path }) => path)).toEqual(["/there/f"]);
    const options = { signal: never, known: ["/mounted", "/no/such"] };
    for await (const first of engine.readFolder(id, "/", options)) {
      expect(first.state).toBe("reading");
      const names = first.entries.map(({ name, kind }) => `${kind} ${name}`);
      expect(names).toEqual(expect.arrayContaining(["folder mounted", "folder bin", "folder etc"]));
      expect(names).not.toContain("folder no");
      break;
    }
  });

  test("are read up to a budget, and on from there", async () => {
    const id = await withTree();
    const part = (await readAll(id, "/tree/sub", mib)).at(-1);
    expect(part).toMatchObject({ state: "partial" });
    expect(part?.entries).toMatchObject([{ name: "deep", size: 3_000_000, complete: false }]);
    expect((await readAll(id, "/tree/sub", 4 * mib)).at(-1)).toMatchObject({ state: "whole", below: 4 });
    // The engine holds the container while it sends: leaving must end that.
    const reading = engine.readFolder(id, "/", { signal: never })[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.(undefined);
    expect((await engine.detail(id)).state).toBe("running");
  });

  test("are read as bytes, up to a limit and through links", async () => {
    const id = await withTree();
    const whole = await engine.readFile(id, "/tree/link", 100, never);
    expect(whole).toEqual({ bytes: Buffer.from("hello\n"), size: 6, truncated: false });
    const part = await engine.readFile(id, "/tree/sub/deep/big", 100_000, never);
    expect([part.bytes.length, part.size, part.truncated]).toEqual([100_000, 3_000_000, true]);
    expect(await problemOf(engine.readFile(id, "/tree", 10, never))).toMatchObject({
      message: "tree is not a file that can be read.",
    });
    expect(await problemOf(engine.readFile(id, "/tree/dead", 10, never))).toMatchObject({ kind: "gone" });
  });

  test("are copied out as docker cp does", async () => {
    const id = await withTree();
    await mkdir(join(here, "theirs"));
    await mkdir(join(here, "ours"));
    await docker("cp", "box:/tree", join(here, "theirs"));
    const seen: number[] = [];
    const onProgress = ({ bytes }: { bytes: number }) => void seen.push(bytes);
    const copied = await engine.copyOut(id, "/tree", join(here, "ours"), { signal: never, onProgress });
    expect(copied).toMatchObject({ path: join(here, "ours/tree"), bytes: 3_000_009, files: 10 });
    expect(seen.at(-1)).toBe(3_000_009);
    const ours = await described(join(here, "ours/tree"));
    const theirs = await described(join(here, "theirs/tree"));
    expect(theirs.join()).toContain("a 104755 ");
    expect(ours).toEqual(theirs.map((line) => line.replace(" 104755 ", " 100755 ")));
    const reason = "it was copied without setuid and setgid, since it belongs to you now";
    expect(copied.skipped).toEqual([{ path: "./a", reason }]);
    expect(ours).toHaveLength(15);
    expect(await readdir(join(here, "ours"))).toEqual(["tree"]);
  });

  test("are copied out of a container without a shell, under a name, and not over what is there", async () => {
    const id = (await docker("create", "dockui-test/noshell")).trim();
    const target = join(here, "app");
    const options = { signal: never };
    const { bytes } = await engine.copyOut(id, "/busybox-app", target, options);
    expect((await readFile(target)).equals(await readFile("/bin/busybox"))).toBe(true);
    expect(bytes).toBe((await lstat("/bin/busybox")).size);
    expect(await problemOf(engine.copyOut(id, "/busybox-app", target, options))).toMatchObject({
      kind: "conflict",
      message: `${target} exists already.`,
    });
    await writeFile(target, "old");
    await engine.copyOut(id, "/busybox-app", target, { ...options, existing: "replace" });
    expect((await lstat(target)).size).toBe(bytes);
    expect(await problemOf(engine.copyOut(id, "/none", here, options))).toMatchObject({
      message: "There is no /none in the container.",
    });
    const astray = join(here, "no/such");
    expect((await problemOf(engine.copyOut(id, "/busybox-app", astray, options))).message).toBe(
      `There is no folder ${join(here, "no")} here.`,
    );
    expect(await readdir(here)).toEqual(["app"]);
  });

  test("leave nothing behind when a copy out is cancelled half way", async () => {
    const id = await runContainer(sharedEngine(), "box");
    await sh("box", "mkdir /d && head -c 100000000 /dev/zero > /d/big");
    for (const path of ["/d/big", "/d"]) {
      const leaving = new AbortController();
      const copy = engine.copyOut(id, path, join(here, "copy"), {
        signal: leaving.signal,
        onProgress: ({ bytes }) => void (bytes > 10 * mib && leaving.abort()),
      });
      expect(await problemOf(copy)).toMatchObject({ kind: "cancelled" });
      expect(await readdir(here)).toEqual([]);
    }
  });

  test("leave nothing behind when the container is removed midway", async () => {
    const id = await runContainer(sharedEngine(), "box");
    await sh("box", "mkdir /d && for i in 1 2 3 4 5 6; do head -c 30000000 /dev/zero > /d/$i; done");
    let removal: Promise<string> | undefined;
    const copy = engine.copyOut(id, "/d", join(here, "copy"), {
      signal: never,
      onProgress: ({ bytes }) => {
        if (bytes > mib) removal ??= docker("rm", "-f", "box");
      },
    });
    const outcome = await copy.then(
      ({ bytes }) => bytes,
      () => 0,
    );
    await removal;
    // Either the engine lets the copy end first, or it breaks off: never is a part of it taken for the whole.
    expect([0, 180_000_000]).toContain(outcome);
    expect(await readdir(here)).toEqual(outcome === 0 ? [] : ["copy"]);
    expect(await problemOf(engine.copyOut(id, "/d", here, { signal: never }))).toMatchObject({
      kind: "gone",
    });
  });

  /** A local tree with links, modes, owners and names of all sorts. */
  async function makeLocal(): Promise<string> {
    const root = join(here, "local");
    await mkdir(join(root, "sub/empty"), { recursive: true });
    await writeFile(join(root, "plain"), "hello");
    await writeFile(join(root, "none"), "");
    await writeFile(join(root, "sub", "spa ce\u001b[2J\nü"), "strange");
    await writeFile(join(root, "sub", "n".repeat(200)), "long");
    await writeFile(join(root, "big"), Buffer.alloc(5 * mib, "dockui"));
    await symlink("plain", join(root, "link"));
    await symlink("/no/where", join(root, "dead"));
    await chown(join(root, "plain"), 1234, 300_000);
    await chmod(join(root, "plain"), 0o640);
    await chmod(join(root, "none"), 0o000);
    await utimes(join(root, "plain"), 1_000_000_000, 1_000_000_000);
    await utimes(join(root, "sub"), 1_100_000_000, 1_100_000_000);
    return root;
  }

  const containerTree = (name: string, path: string) =>
    sh(
      name,
      `cd ${path} && find . -exec stat -c '%N %f %u %g %s %Y' {} + | sort && find . -type f -exec sha1sum {} + | sort`,
    );

  test("are copied in as docker cp does, in running and never started containers", async () => {
    const local = await makeLocal();
    const id = await runContainer(sharedEngine(), "box");
    await sh("box", "mkdir /theirs /ours && ln -s /ours /way");
    await docker("cp", local, "box:/theirs");
    const seen: { bytes: number; total: number | undefined }[] = [];
    const copied = await engine.copyIn(id, local, "/way", {
      signal: never,
      onProgress: ({ bytes, total }) => void seen.push({ bytes, total }),
    });
    const size = 5 * mib + "hello".length + "strange".length + "long".length;
    expect(copied).toEqual({ path: "/ours/local", bytes: size, files: 7, skipped: [], leftover: undefined });
    expect(seen.at(-1)).toEqual({ bytes: size, total: size });
    const ours = await containerTree("box", "/ours/local");
    expect(ours).toBe(await containerTree("box", "/theirs/local"));
    expect(ours).toContain(" 1234 300000 5 1000000000");
    expect(await sh("box", "ls -A /ours")).toBe("local\n");

    const created = (await docker("create", "--name", "never", "dockui-test/noshell")).trim();
    await engine.copyIn(created, join(local, "plain"), "/renamed", { signal: never });
    expect((await engine.readFile(created, "/renamed", 100, never)).bytes.toString()).toBe("hello");
    const names = (await readAll(created, "/")).at(-1)?.entries.map(({ name }) => name);
    expect(names?.filter((name) => name.includes("dockui-part"))).toEqual([]);
  });

  test("are not replaced by a copy in unless that is wished, and then file by file", async () => {
    const local = await makeLocal();
    const id = await runContainer(sharedEngine(), "box");
    await sh(
      "box",
      "mkdir -p /there/local/sub && echo keep > /there/local/sub/mine && echo old > /there/local/plain",
    );
    expect(await problemOf(engine.copyIn(id, local, "/there", { signal: never }))).toMatchObject({
      kind: "conflict",
      message: "/there/local exists already in the container.",
    });
    await engine.copyIn(id, local, "/there", { signal: never, existing: "replace" });
    expect(await sh("box", "cat /there/local/sub/mine /there/local/plain")).toBe("keep\nhello");
    const clash = engine.copyIn(id, join(local, "plain"), "/there/sub", { signal: never });
    expect((await clash).path).toBe("/there/sub");
    await sh("box", "mkdir /there/plain");
    const wrong = engine.copyIn(id, join(local, "plain"), "/there", { signal: never, existing: "replace" });
    expect(await problemOf(wrong)).toMatchObject({
      message: "/there/plain is a folder in the container, which a file cannot replace.",
    });
    await sh("box", "rm -r /there/local/sub && echo file > /there/local/sub");
    expect(
      await problemOf(engine.copyIn(id, local, "/there", { signal: never, existing: "replace" })),
    ).toMatchObject({
      message: "In /there/local a file and a folder have the same name.",
    });
    expect(await sh("box", "ls -A / /there | grep -c dockui-part || true")).toBe("0\n");
  });

  test("leave nothing under the final name, nor beside it, when a copy in is cancelled half way", async () => {
    await mkdir(join(here, "folder"));
    await writeFile(join(here, "folder/big"), Buffer.alloc(60 * mib));
    const id = await runContainer(sharedEngine(), "box");
    await sh("box", "mkdir /goal && echo old > /goal/big");
    for (const source of ["folder", "folder/big"]) {
      const leaving = new AbortController();
      const copy = engine.copyIn(id, join(here, source), "/goal", {
        signal: leaving.signal,
        existing: "replace",
        onProgress: ({ bytes }) => void (bytes > 20 * mib && leaving.abort()),
      });
      expect(await problemOf(copy)).toMatchObject({ kind: "cancelled" });
      expect(await sh("box", "ls -A /goal && cat /goal/big")).toBe("big\nold\n");
    }
  });

  test("are refused where nothing may be written, with a sentence", async () => {
    const file = join(here, "file");
    await writeFile(file, Buffer.alloc(2 * mib, 1));
    const { docker } = sharedEngine();
    await docker(
      "volume",
      "create",
      "--opt",
      "type=tmpfs",
      "--opt",
      "device=tmpfs",
      "--opt",
      "o=size=1m",
      "small",
    );
    const closed = await runContainer(sharedEngine(), "closed", { flags: ["--read-only"] });
    const open = await runContainer(sharedEngine(), "open", {
      flags: ["-v", "small:/small", "-v", "vol:/fixed:ro"],
    });
    await sh("open", "echo x > /plain");
    const message = async (id: string, path: string) =>
      (await problemOf(engine.copyIn(id, file, path, { signal: never }))).message;
    expect(await message(closed, "/tmp")).toBe("/tmp/file is on a filesystem that can only be read.");
    expect(await message(open, "/fixed")).toBe("/fixed/file is on a filesystem that can only be read.");
    expect(await message(open, "/small")).toBe("There is no space left in the container for /small/file.");
    expect(await message(open, "/no/such/file")).toBe(
      "There is no folder /no/such. The copy needs one in the container.",
    );
    expect(await message(open, "/plain/file")).toBe(
      "/plain is not a folder. The copy needs one in the container.",
    );
    expect(await message(open, "/plain")).toBe("/plain exists already in the container.");
    expect(await sh("open", "ls -A /small /fixed")).toBe("/fixed:\n\n/small:\n");
    expect(
      (await problemOf(engine.copyIn(open, join(here, "none"), "/tmp", { signal: never }))).message,
    ).toBe(`${join(here, "none")} is not there any more.`);
  });

  test("are exported as docker export does", async () => {
    const id = await withTree();
    await docker("export", "-o", join(here, "theirs.tar"), "box");
    const exported = await engine.exportTo({ id, name: "box" }, here, { signal: never });
    expect(exported.path).toBe(join(here, "box.tar"));
    expect((await lstat(exported.path)).mode & 0o777).toBe(0o600);
    const names = async (tar: string) => (await run("tar", ["-tf", join(here, tar)])).stdout;
    expect(await names("box.tar")).toBe(await names("theirs.tar"));
    expect((await lstat(exported.path)).size).toBe(exported.bytes);
    expect(await problemOf(engine.exportTo({ id, name: "box" }, here, { signal: never }))).toMatchObject({
      kind: "conflict",
    });
    const leaving = new AbortController();
    const cancelled = engine.exportTo({ id, name: "other" }, here, {
      signal: leaving.signal,
      onProgress: () => leaving.abort(),
    });
    expect(await problemOf(cancelled)).toMatchObject({ kind: "cancelled" });
    expect((await readdir(here)).sort()).toEqual(["box.tar", "theirs.tar"]);
  });

  test("are only read by a read-only dockui", async () => {
    const id = await withTree();
    const reader = createEngine(unix(sharedEngine().socketPath), { readOnly: true, now: Date.now });
    await reader.connect(never);
    await writeFile(join(here, "file"), "x");
    expect(await problemOf(reader.copyIn(id, join(here, "file"), "/tmp", { signal: never }))).toMatchObject({
      kind: "read-only",
    });
    expect((await reader.copyOut(id, "/tree/a", here, { signal: never })).bytes).toBe(6);
    expect(reader.requests().changes).toBe(0);
    reader.close();
  });
});
