import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DemoEngine } from "../../src/demo/index.ts";
import { type DemoFolder, file, folder, link, lookUp, place } from "../../src/demo/tree.ts";
import { filesOf } from "../../src/demo/tree-seed.ts";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

let here: string;

beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), "dockui-files-"));
});
afterEach(() => rmSync(here, { recursive: true, force: true }));

function treeOf({ world }: Pick<DemoEngine, "world">, name: string): DemoFolder {
  const container = world.find(name);
  if (!container) throw new Error(`there is no ${name}`);
  return filesOf(world, container);
}

/** The names in the folder on the screen, with / and → as they stand there. */
const names = (robot: Robot) =>
  robot
    .rows()
    .filter((row) => /[r-][w-][xsS-][r-][w-]/.test(row))
    .map((row) => row.slice(3).split(/ {2,}/)[0]?.trim());

async function openFiles(name = "edge", options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo(name);
  await robot.press("f");
  await robot.sees(/^ \S+.* {2}\/$/m);
  await robot.sees("with all below");
  return robot;
}

/** Puts the cursor on a line of the folder. */
async function goTo(robot: Robot, name: string): Promise<void> {
  await robot.press(`/name:${name}\r`);
  await robot.until(() => robot.held().includes(` ${name}`), `the cursor on ${name}`);
  await robot.press("esc");
}

async function copyOut(robot: Robot, to: string): Promise<void> {
  await robot.press("c");
  await robot.sees("▸ To, here");
  await robot.press("ctrl+u");
  await robot.type(to);
}

/** Goes through the rest of a form and sends it. */
const send = (robot: Robot) => robot.press("\u0013");

test("files are browsed by name with folders first, with sizes of all below, modes, owners and links", async () => {
  const robot = await openFiles("edge", {
    before: (engine) => place(treeOf(engine, "edge"), "/var/log/deep/x", file({ size: 2_000_000 })),
  });
  expect(names(robot)).toEqual([
    ...["bin/", "dev/", "etc/", "proc/", "root/", "tmp/", "usr/", "var/"],
    "www → var/www",
  ]);
  await robot.seesRow("tmp/", /0B +rwxrwxrwt +root +\d{4}-\d\d-\d\d \d\d:\d\d/);
  await robot.seesRow("var/", /5\.16MB/);
  await goTo(robot, "etc/");
  await robot.press("enter");
  await robot.sees("edge  /etc");
  await robot.seesRow("shadow", /26B +rw-r-----/);
  await robot.seesRow("mtab → /proc/mounts", /rwxrwxrwx/);
  await robot.press("left");
  await robot.until(() => robot.held().includes(" etc/"), "the cursor back on etc/");
  await goTo(robot, "var/");
  await robot.press("right");
  await goTo(robot, "log/");
  await robot.press("enter");
  await robot.seesRow("app.log", /www-data:adm/);
  await robot.press("backspace", "backspace");
  await robot.until(() => robot.held().includes(" var/"), "the cursor back on var/");
  await robot.press("left");
  await robot.sees("This is the uppermost folder.");
  expect(robot.changes()).toEqual([]);
  expect(robot.calls(/GET .*archive/).filter((call) => !/passwd|group/.test(call))).toHaveLength(1);
});

test("o sorts by size, / finds, and Esc clears before it leaves", async () => {
  const robot = await openFiles();
  await robot.press("o");
  await robot.until(() => names(robot)[0] === "var/", "the largest first");
  await robot.press("/");
  await robot.type("ro");
  await robot.until(() => names(robot).length < 9, "fewer names");
  expect(names(robot)).toContain("root/");
  await robot.press("enter", "esc");
  await robot.until(() => names(robot).length === 9, "all names");
  await robot.press("esc");
  await robot.seesNot("with all below");
  expect(robot.session.overlays.get()).toEqual([]);
});

test("texts that Windows has written are texts, line ends and all", async () => {
  const robot = await openFiles("edge", {
    before(engine) {
      place(treeOf(engine, "edge"), "/win/a.txt", file("one\r\ntwo\r\n"));
      place(treeOf(engine, "edge"), "/win/b.txt", file(Buffer.from("\ufeffwide\r\nend", "utf16le")));
    },
  });
  await goTo(robot, "win/");
  await robot.press("enter");
  await robot.sees("edge  /win");
  await robot.press("enter");
  await robot.sees("a.txt of edge  2 lines, 10B");
  await robot.sees(/two\s*$/m);
  await robot.press("esc", "j", "enter");
  await robot.sees("b.txt of edge  2 lines");
  await robot.sees("wide");
});

test("a text file is shown clean and searched; a binary one as bytes; an empty one says so; a device is refused", async () => {
  const robot = await openFiles("edge", {
    before(engine) {
      place(treeOf(engine, "edge"), "/texts/evil.txt", file("a\u001b[2Jb\ttab\r\nPassword: x\n\u0007end"));
      place(treeOf(engine, "edge"), "/texts/huge.txt", file(Buffer.from("0123456789\n".repeat(300_000))));
      place(treeOf(engine, "edge"), "/texts/raw", file(Buffer.from([0, 1, 2, 0x41, 0x7f])));
      place(treeOf(engine, "edge"), "/texts/void", file(""));
      place(treeOf(engine, "edge"), "/texts/tty", {
        kind: "other",
        mode: 0o600,
        uid: 0,
        gid: 0,
        modified: 0,
      });
    },
  });
  await goTo(robot, "texts/");
  await robot.press("enter");
  await robot.sees("edge  /texts");
  await robot.press("enter");
  await robot.sees("evil.txt of edge  3 lines, 28B");
  await robot.sees("a␛[2Jb");
  await robot.press("/");
  await robot.type("password");
  await robot.press("enter");
  await robot.sees("/password 1/1");
  await robot.press("esc", "esc");
  await robot.press("j", "enter");
  await robot.sees(/huge\.txt of edge {2}\d+ lines, the first 2\.1MB of 3\.3MB/);
  await robot.press("esc", "j", "enter");
  await robot.sees("raw of edge  binary, 5B");
  await robot.sees("000000  00 01 02 41 7f");
  await robot.press("esc", "j", "enter");
  await robot.sees(/tty: it is a device, a pipe or a socket/);
  await robot.press("j", "enter");
  await robot.sees("The file is empty.");
  await robot.press("w");
  await robot.press("q");
  await robot.sees("edge  /texts");
});

test("links are followed to folders and files, and where nothing is that is said", async () => {
  const robot = await openFiles("edge", {
    before(engine) {
      place(treeOf(engine, "edge"), "/l/dead", link("/no/where"));
      place(treeOf(engine, "edge"), "/l/loop", link("loop"));
      place(treeOf(engine, "edge"), "/l/names", link("../etc/passwd"));
      place(treeOf(engine, "edge"), "/l/web", link("/var/www"));
    },
  });
  await goTo(robot, "l/");
  await robot.press("enter");
  await robot.sees("edge  /l");
  await robot.press("enter");
  await robot.sees("/l/dead leads to /no/where, and there is nothing.");
  await robot.press("j", "enter");
  await robot.sees(/too many links|lead in a circle/);
  await robot.press("j", "enter");
  await robot.sees("passwd of edge  5 lines");
  await robot.press("esc", "j", "enter");
  await robot.sees("edge  /l/web");
  await robot.sees("index.html");
  await robot.press("left");
  await robot.until(() => robot.held().includes("web → "), "the cursor back on the link");
});

test("@ goes to a path, refuses nonsense, and ← from there finds the way up", async () => {
  const robot = await openFiles();
  await robot.press("@");
  await robot.sees("Go to which path of edge?");
  await robot.press("ctrl+u");
  await robot.press("enter");
  await robot.sees("✗ A path in the container");
  await robot.type("etc");
  await robot.sees("✗ It begins with /");
  await robot.press("enter");
  await robot.sees("Go to which path");
  await robot.press("ctrl+u");
  await robot.type("/no/such");
  await robot.press("enter");
  await robot.sees("There is no /no/such in the container.");
  await robot.press("@", "ctrl+u");
  await robot.type("//var/./log/../log/");
  await robot.press("enter");
  await robot.sees("edge  /var/log");
  await robot.sees("app.log");
  await robot.press("left");
  await robot.sees("edge  /var");
  await robot.until(() => robot.held().includes(" log/"), "the cursor on log/");
  await robot.press("@", "ctrl+u");
  await robot.type("/etc/hosts");
  await robot.press("enter");
  await robot.sees("hosts of edge  2 lines");
  await robot.press("q", "q");
  expect(robot.session.overlays.get()).toEqual([]);
});

test("a container without a shell, stopped or never started, has files too", async () => {
  const robot = await openFiles("migrate-next");
  await robot.sees("migrate-next (created)  /");
  await robot.press("q");
  await robot.goTo("old-proxy");
  await robot.press("f");
  await robot.sees("old-proxy (exited)  /");
  await robot.press("q");
  await robot.goTo("coredns");
  await robot.press("e");
  await robot.sees("f shows its files without one");
  await robot.press("f");
  await robot.seesRow("app", /7\.34MB +rwxr-xr-x/);
});

test("what is too large is read in parts, and leaving ends the reading", async () => {
  const robot = await openContainers({
    before(engine) {
      const root = treeOf(engine, "edge");
      place(root, "/a/large", file({ size: 300 << 20 }));
      place(root, "/b/stuck", file({ size: 600 << 20, stallsAt: 1 << 20 }));
    },
  });
  await robot.goTo("edge");
  await robot.press("f");
  await robot.sees("partial: the first 256MiB of it; m reads on");
  await robot.seesRow("a/", /315MB…/);
  expect(robot.held()).toContain(" a/");
  await robot.press("m");
  await robot.sees("reading …");
  await robot.seesRow("a/", /315MB +rwx/);
  await robot.seesRow("b/", /629MB…/);
  expect(robot.world.sending.size).toBe(1);
  await robot.press("q");
  await expect.poll(() => robot.world.sending.size).toBe(0);
});

test("copy out checks the target as it is typed, shows the docker line and reports", async () => {
  const robot = await openFiles();
  await goTo(robot, "etc/");
  await copyOut(robot, join(here, "no/such"));
  await robot.sees(`✗ There is no folder ${join(here, "no")} here.`);
  await send(robot);
  await robot.sees("▸ To, here");
  await robot.press("ctrl+u");
  await send(robot);
  await robot.sees("✗ A folder here, or a new name in one.");
  await robot.type(here);
  await robot.sees(`$ docker cp edge:/etc ${here}`);
  await send(robot);
  await robot.sees(`Copied out /etc. It is ${join(here, "etc")}: `);
  expect(readFileSync(join(here, "etc/hostname"), "utf8")).toMatch(/^[0-9a-f]{12}\n$/);
  await copyOut(robot, here);
  await robot.sees(`✗ ${join(here, "etc")} exists already: turn on replace`);
  await send(robot);
  await robot.sees("▸ To, here");
  await robot.press("tab", "space");
  await robot.sees("[x]");
  await send(robot);
  await robot.seesNot("▸ Replace");
  await robot.until(() => robot.session.journal.get().length === 2, "the second copy");
  await robot.until(() => robot.session.journal.get()[1]?.outcome === "done", "its end");
  expect(robot.changes()).toEqual([]);
});

test("marked files go into a folder that must be there", async () => {
  const robot = await openFiles();
  await goTo(robot, "etc/");
  await robot.press("enter");
  await robot.sees("edge  /etc");
  await robot.press("*");
  await goTo(robot, "nginx/");
  await robot.press("space");
  await robot.press("c");
  await robot.sees("▸ Into folder");
  await robot.press("ctrl+u");
  await robot.type(join(here, "new"));
  await robot.sees(`✗ There is no folder ${join(here, "new")} here; several are copied into one.`);
  await robot.press("ctrl+u");
  await robot.type(here);
  await send(robot);
  await robot.sees(/Copied out 6\./);
  expect(readdirSync(here).sort()).toEqual(["group", "hostname", "hosts", "mtab", "passwd", "shadow"]);
});

test("a copy shows how far it is, and x ends it with nothing left behind", async () => {
  const robot = await openContainers({
    before: (engine) =>
      place(treeOf(engine, "edge"), "/var/stuck", file({ size: 200_000_000, stallsAt: 20_000_000 })),
  });
  await robot.goTo("edge");
  await robot.press("f");
  await robot.seesRow("var/", /203MB…/);
  await goTo(robot, "var/");
  await copyOut(robot, here);
  await send(robot);
  await robot.seesRow("var/", /… copying \d/);
  expect(readdirSync(here)).toEqual([expect.stringMatching(/^\.dockui-part-/)]);
  await robot.press("x");
  await robot.sees("/var: cancelled; nothing of it is left behind.");
  expect(readdirSync(here)).toEqual([]);
  await robot.press("J");
  await robot.seesRow(`docker cp edge:/var ${here}`, /✗ {2}docker cp/);
});

test("copy in checks both ends, shows up in the folder, and cannot be done read-only", async () => {
  writeFileSync(join(here, "greeting.txt"), "hello\n");
  const robot = await openFiles();
  await goTo(robot, "tmp/");
  await robot.press("enter");
  await robot.sees("The folder is empty.");
  await robot.press("I");
  await robot.sees("Copy what into edge?");
  await robot.type(join(here, "none"));
  await robot.sees(`✗ There is no ${join(here, "none")} here.`);
  await robot.press("ctrl+u");
  await robot.type(join(here, "greeting.txt"));
  await robot.press("tab", "ctrl+u");
  await robot.type("tmp");
  await robot.sees("✗ It begins with /");
  await send(robot);
  await robot.sees("Copy what into edge?");
  await robot.press("ctrl+u");
  await robot.type("/tmp/new");
  await robot.sees(`$ docker cp ${join(here, "greeting.txt")} edge:/tmp/new`);
  await send(robot);
  await robot.sees("Copied into edge. It is /tmp/new: 6B.");
  await robot.seesRow("new", /6B +rw/);
  const made = lookUp(treeOf(robot.engine, "edge"), "/tmp/new").node;
  expect(made?.kind === "file" && made.contents.toString()).toBe("hello\n");
  expect([...(lookUp(treeOf(robot.engine, "edge"), "/tmp").node as DemoFolder).children.keys()]).toEqual([
    "new",
  ]);
  await robot.press("I");
  await robot.type(join(here, "greeting.txt"));
  await robot.press("tab", "ctrl+u");
  await robot.type("/no/where/x");
  await send(robot);
  await robot.sees(/1 failed: edge: There is no folder \/no\/where/);
});

test("read-only browses, views and copies out; copy in is dropped", async () => {
  const robot = await openFiles("edge", { readOnly: true });
  await robot.press("I");
  await robot.sees("dockui was started with --read-only.");
  await goTo(robot, "etc/");
  await robot.press("enter");
  await goTo(robot, "hosts");
  await robot.press("enter");
  await robot.sees("hosts of edge  2 lines");
  await copyOut(robot, here);
  await send(robot);
  await robot.sees("Copied out /etc/hosts.");
  expect(readdirSync(here)).toEqual(["hosts"]);
});

test("from the list: copy out of several into a folder under their names, export with progress", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("space");
  await robot.goTo("toolbox");
  await robot.press("space");
  await robot.press(":");
  await robot.type("copy out");
  await robot.press("enter");
  await robot.sees("Copy what out of 2 containers?");
  await robot.type("etc/hosts");
  await robot.sees("✗ It begins with /");
  await robot.press("ctrl+u");
  await robot.type("/etc/hosts");
  await robot.press("tab", "ctrl+u");
  await robot.type(here);
  await send(robot);
  await robot.sees("Copied out of 2.");
  expect(readdirSync(here).sort()).toEqual(["edge-hosts", "toolbox-hosts"]);
  await robot.press("esc");
  await robot.goTo("edge");
  mkdirSync(join(here, "tars"));
  await robot.press(":");
  await robot.type("export");
  await robot.press("enter");
  await robot.sees("Export edge to where?");
  await robot.press("ctrl+u");
  await robot.type(join(here, "tars"));
  await robot.sees(`$ docker export --output ${join(here, "tars/edge.tar")} edge`);
  await send(robot);
  await robot.sees(`Exported edge. It is ${join(here, "tars/edge.tar")}: `);
  expect(readFileSync(join(here, "tars/edge.tar")).includes("nginx.conf")).toBe(true);
});

test("a container that is removed, and a lost connection, leave what was read with the reason", async () => {
  const robot = await openFiles();
  robot.world.change("edge", { status: "exited" });
  await robot.sees("edge (exited)  /");
  await robot.engine.goDown();
  await robot.sees("Lost for");
  await robot.press("ctrl+r");
  await robot.sees(/✗ There is no Docker socket|✗ Nothing answers/);
  expect(names(robot)).toHaveLength(9);
  await robot.engine.comeBack();
  await robot.sees("with all below");
  robot.world.remove("edge");
  await robot.sees("edge (removed)  /");
  await robot.press("ctrl+r");
  await robot.sees(/✗ No such container/);
  await goTo(robot, "etc/");
  await robot.press("enter");
  await robot.sees("edge (removed)  /etc");
  await robot.press("I");
  await robot.sees("edge is gone.");
});

test("a folder that holds a name in another encoding shows it, and says why it cannot be opened", async () => {
  const robot = await openFiles("edge", {
    before(engine) {
      const tree = treeOf(engine, "edge");
      place(tree, "/odd", folder());
      (lookUp(tree, "/odd").node as DemoFolder).children.set("bad\ufffdname", file("x"));
    },
  });
  await goTo(robot, "odd/");
  await robot.press("enter");
  await robot.seesRow("bad\ufffdname", /1B/);
  await robot.press("enter");
  await robot.sees("its name is not UTF-8");
  await robot.press("c");
  await robot.sees("its name is not UTF-8; copy the folder it is in.");
});
