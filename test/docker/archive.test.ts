import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { type Header, pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accountNames } from "../../src/docker/archive/accounts.ts";
import { stepsOf, tarEntries } from "../../src/docker/archive/entries.ts";
import { extractTo } from "../../src/docker/archive/extract.ts";
import { createFolderTally } from "../../src/docker/archive/folder-tally.ts";
import { locally, settle } from "../../src/docker/archive/local.ts";
import { looksBinary } from "../../src/docker/archive/read-file.ts";
import { absolute, toFileInfo } from "../../src/docker/archive/stat.ts";
import { localKind, localPath } from "../../src/docker/local-path.ts";

type Part = Partial<Header> & { name: string; contents?: string };

const never = new AbortController().signal;

/** A tar of these entries, as the engine sends it. */
async function tarOf(parts: readonly Part[]): Promise<Buffer> {
  const tar = pack();
  for (const { contents, ...header } of parts)
    contents === undefined ? tar.entry(header) : tar.entry(header, contents);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const entriesOf = async (parts: readonly Part[]) => tarEntries(Readable.from([await tarOf(parts)]), never);

/** The paths of all that lies in a local folder, links not followed. */
function treeOf(folder: string): string[] {
  const visit = (path: string): string[] =>
    readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
      const below = join(path, entry.name);
      return entry.isDirectory() ? [below, ...visit(below)] : [below];
    });
  return visit("").sort();
}

describe("the header about a path", () => {
  const header = (raw: object) => Buffer.from(JSON.stringify(raw)).toString("base64");

  test.each([
    [0o644, "file", 0o644],
    [2 ** 31 + 0o755, "folder", 0o755],
    [2 ** 31 + 2 ** 20 + 0o777, "folder", 0o1777],
    [2 ** 27 + 0o777, "link", 0o777],
    [2 ** 26 + 2 ** 21 + 0o666, "other", 0o666],
    [2 ** 25 + 0o600, "other", 0o600],
    [2 ** 24 + 0o600, "other", 0o600],
    [2 ** 23 + 2 ** 22 + 0o755, "file", 0o6755],
  ])("reads the mode %d", (mode, kind, permissions) => {
    expect(toFileInfo(header({ name: "x", mode }))).toMatchObject({ kind, mode: permissions });
  });

  test("is cleaned, and nonsense is an empty file", () => {
    const raw = {
      name: "a\u001b[2Jb",
      size: 5,
      mode: 2 ** 27,
      mtime: "2026-11-21T01:02:03Z",
      linkTarget: "/x",
    };
    expect(toFileInfo(header(raw))).toEqual({
      name: "a␛[2Jb",
      size: 5,
      kind: "link",
      mode: 0,
      modified: Date.UTC(2026, 10, 21, 1, 2, 3),
      target: "/x",
    });
    for (const nonsense of [undefined, "", "%%%", "bnVsbA==", ["a", "b"]])
      expect(toFileInfo(nonsense)).toMatchObject({ kind: "file", size: 0, name: "" });
  });
});

test("a name of a tar is taken apart, unless it leads elsewhere", () => {
  expect(stepsOf("./a/b/")).toEqual(["a", "b"]);
  expect(stepsOf("/a//./b")).toEqual(["a", "b"]);
  expect(stepsOf("./")).toEqual([]);
  expect(stepsOf("...")).toEqual(["..."]);
  for (const bad of ["..", "../a", "a/../b", "a/..", "a\0b"]) expect(stepsOf(bad)).toBeUndefined();
});

test("a path is made absolute", () => {
  expect(["", "/", "a/b", "/a/../../b/", "/a/./b//"].map(absolute)).toEqual(["/", "/", "/a/b", "/b", "/a/b"]);
});

test("what is no text is told from text", () => {
  for (const text of ["", "hello\n", "größe ✓\r\n", "\u001b[31mred\u001b[0m\n"])
    expect(looksBinary(Buffer.from(text)), text).toBe(false);
  for (const bytes of [
    Buffer.from("ab\0c"),
    Buffer.from("89504e470d0a1a0affd8ffe0", "hex"),
    Buffer.alloc(9, 0xff),
  ])
    expect(looksBinary(bytes)).toBe(true);
  // A letter cut by the limit is no reason.
  expect(looksBinary(Buffer.from("grüße ".repeat(20)).subarray(0, 3))).toBe(false);
});

test("account names come by number, the first one counts, nonsense is left out", () => {
  const names = accountNames(
    "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0\nbad\n:x:5\nw\u001bww:x:33:33\nx:y:z\n",
  );
  expect([...names]).toEqual([
    [0, "root"],
    [33, "w␛ww"],
  ]);
});

test("a full disk is told by the name of the copy, since the error names no file", async () => {
  const full = () => Promise.reject(Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" }));
  await expect(locally(() => locally(full, "/srv/backup"))).rejects.toThrow(
    "There is no space left on the disk of /srv/backup.",
  );
});

test("a local path is looked up, with the home for ~", () => {
  expect(localPath("~")).toBe(process.env.HOME);
  expect(localPath("~/x")).toBe(join(process.env.HOME ?? "", "x"));
  expect([localKind("/"), localKind("package.json"), localKind("/no/such")]).toEqual([
    "folder",
    "file",
    undefined,
  ]);
  expect(localKind("package.json/x")).toBeUndefined();
});

describe("the tally of a folder", () => {
  const file = (name: string, size: number): Part => ({ name, type: "file", contents: "x".repeat(size) });
  const folder = (name: string): Part => ({ name, type: "directory" });
  const tree = [
    folder("./"),
    file("./a", 3),
    folder("./b/"),
    folder("./b/c/"),
    file("./b/c/d", 10),
    file("./b/e", 20),
    { name: "./l", type: "symlink", linkname: "b\u001b" } as Part,
    folder("./z/"),
  ];

  async function tallied(parts: readonly Part[], keep: number, end?: "whole" | "partial") {
    const tally = createFolderTally("/top", keep);
    for await (const { header } of await entriesOf(parts)) tally.add(header);
    if (end) tally.end(end);
    return tally.reading();
  }

  test("sums up what lies below, and keeps deeper folders", async () => {
    const reading = await tallied(tree, 100, "whole");
    expect(reading).toMatchObject({ path: "/top", size: 33, below: 7, state: "whole" });
    expect(reading.entries.map(({ name, kind, size, below }) => [name, kind, size, below])).toEqual([
      ["a", "file", 3, 0],
      ["b", "folder", 30, 3],
      ["l", "link", 0, 0],
      ["z", "folder", 0, 0],
    ]);
    expect(reading.entries[2]?.target).toBe("b␛");
    const deeper = reading.within("/top/b");
    expect(deeper?.entries.map(({ path, size }) => [path, size])).toEqual([
      ["/top/b/c", 10],
      ["/top/b/e", 20],
    ]);
    expect(deeper?.within("/top/b/c")).toMatchObject({ state: "whole", size: 10, below: 1 });
    expect(deeper?.within("/top/b/c")?.entries.map(({ name }) => name)).toEqual(["d"]);
    expect(reading.within("/top/a")).toBeUndefined();
  });

  test("knows what is complete while it is being read", async () => {
    const at = (count: number) => tallied(tree.slice(0, count), 100);
    const complete = async (count: number) =>
      (await at(count)).entries.map((entry) => [entry.name, entry.complete]);
    expect(await complete(5)).toEqual([
      ["a", true],
      ["b", false],
    ]);
    expect((await at(5)).within("/top/b")).toBeUndefined();
    expect(await complete(7)).toEqual([
      ["a", true],
      ["b", true],
      ["l", true],
    ]);
    expect((await at(7)).within("/top/b")?.size).toBe(30);
    const partial = await tallied(tree.slice(0, 5), 100, "partial");
    expect(partial.entries.at(-1)).toMatchObject({ name: "b", complete: false });
  });

  test("forgets deeper entries beyond its limit, but counts them", async () => {
    const reading = await tallied(tree, 1, "whole");
    expect(reading).toMatchObject({ size: 33, below: 7 });
    expect(reading.entries.map(({ name }) => name)).toEqual(["a", "b", "l", "z"]);
    expect(reading.entries[1]).toMatchObject({ size: 30, below: 3, complete: true });
    expect(reading.within("/top/b")).toBeUndefined();
  });

  test("shows names that are known before they come by, and drops those that never do", async () => {
    const info = {
      name: "b",
      kind: "folder",
      size: 4096,
      mode: 0o755,
      modified: 1,
      target: undefined,
    } as const;
    const tally = createFolderTally("/", 10);
    tally.probe("b", info);
    tally.probe("gone", info);
    expect(tally.reading().entries.map(({ path, size, complete }) => [path, size, complete])).toEqual([
      ["/b", 0, false],
      ["/gone", 0, false],
    ]);
    for await (const { header } of await entriesOf(tree)) tally.add(header);
    tally.end("whole");
    expect(tally.reading().entries.map(({ name }) => name)).toEqual(["a", "b", "l", "z"]);
  });

  test("makes names harmless for showing and keeps them for calls", async () => {
    const reading = await tallied(
      [file("./\u001b]0;x\u0007", 1), file("./\ufffd", 1), file("./../../etc", 5)],
      9,
      "whole",
    );
    expect(reading.entries.map(({ name, path }) => [name, path])).toEqual([
      ["␛]0;x␇", "/top/\u001b]0;x\u0007"],
      ["\ufffd", undefined],
    ]);
  });
});

describe("an extraction", () => {
  let world: string;
  let top: string;

  beforeEach(() => {
    world = mkdtempSync(join(tmpdir(), "dockui-extract-"));
    writeFileSync(join(world, "secret"), "untouched");
    const work = mkdtempSync(join(world, "work-"));
    top = join(work, "top");
  });
  afterEach(() => rmSync(world, { recursive: true, force: true }));

  const extract = async (parts: readonly Part[], strip: 0 | 1 = 0) =>
    extractTo(top, await entriesOf(parts), { strip });
  const folder = (name: string): Part => ({ name, type: "directory" });
  const file = (name: string, contents = "evil"): Part => ({ name, type: "file", contents });
  const link = (name: string, linkname: string): Part => ({ name, type: "symlink", linkname });
  const hard = (name: string, linkname: string): Part => ({ name, type: "link", linkname });

  test("writes files, folders and links", async () => {
    const made = await extract([
      folder("./"),
      file("./a", "A"),
      folder("./b"),
      hard("./b/h", "./a"),
      link("./l", "b/h"),
    ]);
    expect(made).toMatchObject({ bytes: 1, files: 3, skipped: [] });
    expect(treeOf(top)).toEqual(["a", "b", "b/h", "l"]);
    expect(readFileSync(join(top, "l"), "utf8")).toBe("A");
    expect(statSync(join(top, "a")).ino).toBe(statSync(join(top, "b/h")).ino);
  });

  test("gives a single file its new name, without setuid", async () => {
    await extract([{ ...file("old", "A"), mode: 0o4755, mtime: new Date(5000) }], 1);
    expect(statSync(top).mode & 0o7777).toBe(0o755);
    expect(statSync(top).mtimeMs).toBe(5000);
  });

  test.each<[string, Part[], string]>([
    ["a name that climbs", [file("./../../secret")], "its name leads elsewhere"],
    ["a name that climbs late", [file("./x/../../../secret")], "its name leads elsewhere"],
    [
      "a file through a link",
      [link("./l", "/tmp"), file("./l/secret")],
      "its folder is not part of the copy",
    ],
    ["a file in place of a link", [link("./l", "/tmp/x"), file("./l")], "there is another one of that name"],
    [
      "a folder in place of a link",
      [link("./l", "/tmp/x"), folder("./l")],
      "there is another one of that name",
    ],
    ["a link that climbs", [link("./l", "../../secret")], "it leads out of the folder"],
    [
      "a hard link that climbs",
      [hard("./h", "./../../secret")],
      "it is the same file as one out of the folder",
    ],
    [
      "a hard link through a link",
      [link("./l", "/etc"), hard("./h", "./l/passwd")],
      "it is the same file as one out of the folder",
    ],
    ["a hard link to nothing", [hard("./h", "./none")], "the file that it is the same as is not there"],
    ["a hard link to a folder", [hard("./h", "./")], "it is the same file as one out of the folder"],
    [
      "a device",
      [{ name: "./d", type: "character-device", devmajor: 1, devminor: 3 }],
      "it is neither a file, a folder nor a link",
    ],
    ["a pipe", [{ name: "./p", type: "fifo" }], "it is neither a file, a folder nor a link"],
    ["a name that was no UTF-8", [file("./\ufffd")], "its name is not UTF-8"],
  ])("leaves out %s, and says so", async (_, parts, reason) => {
    const before = treeOf(world);
    const { skipped } = await extract([folder("./"), ...parts]);
    expect(skipped.map((one) => one.reason)).toEqual([reason]);
    expect(readFileSync(join(world, "secret"), "utf8")).toBe("untouched");
    expect(treeOf(world).filter((path) => !path.includes("/top"))).toEqual(before);
  });

  test("leaves everything outside alone, whatever the entries are", async () => {
    const step = fc.constantFrom("a", "b", "..", ".", "", "l", "secret");
    const name = fc.array(step, { maxLength: 4 }).map((steps) => steps.join("/"));
    const target = fc.oneof(
      name,
      name.map((path) => `/${path}`),
      fc.constant("OUTSIDE"),
    );
    const part = fc.oneof(
      name.map(folder),
      name.map((path) => file(path)),
      fc.tuple(name, target).map(([path, to]) => link(path, to)),
      fc.tuple(name, target).map(([path, to]) => hard(path, to)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 12 }),
        fc.constantFrom<0 | 1>(0, 1),
        async (parts, strip) => {
          const here = mkdtempSync(join(world, "round-"));
          const aimed = parts.map((one) => (one.linkname === "OUTSIDE" ? { ...one, linkname: world } : one));
          const named = aimed.filter((one) => one.name !== "" && (one.linkname ?? "x") !== "");
          const before = treeOf(world);
          await extractTo(join(here, "top"), await entriesOf([folder("./"), ...named]), { strip });
          expect(readFileSync(join(world, "secret"), "utf8")).toBe("untouched");
          const inside = here.slice(world.length + 1);
          expect(treeOf(world).filter((path) => !path.startsWith(`${inside}/top`))).toEqual(before);
          rmSync(here, { recursive: true });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("fails when the tar ends in the midst of a file", async () => {
    const tar = await tarOf([file("a", "x".repeat(5000))]);
    const cut = tarEntries(Readable.from([tar.subarray(0, 3000)]), never);
    await expect(extractTo(top, cut, { strip: 1 })).rejects.toThrow("The engine broke off");
  });

  test("is merged without passing a link, and says what it could not replace", async () => {
    await extract([
      folder("./"),
      folder("./d"),
      file("./d/f", "new"),
      file("./plain", "new"),
      folder("./was-file"),
    ]);
    const there = join(world, "there");
    await extractTo(
      there,
      await entriesOf([folder("./"), file("./was-file", "old"), file("./keep", "old")]),
      { strip: 0 },
    );
    symlinkSync(world, join(there, "d"));
    symlinkSync(join(world, "secret"), join(there, "plain"));
    const skipped = await settle(top, there);
    expect(skipped).toEqual([
      { path: join(there, "d"), reason: "a link stands there" },
      { path: join(there, "was-file"), reason: "a file stands there" },
    ]);
    expect(readFileSync(join(world, "secret"), "utf8")).toBe("untouched");
    expect(readFileSync(join(there, "plain"), "utf8")).toBe("new");
    expect(readFileSync(join(there, "keep"), "utf8")).toBe("old");
    expect(readdirSync(world)).not.toContain("f");
  });
});
