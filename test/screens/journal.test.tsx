import { expect, test } from "vitest";
import { record, settle } from "../../src/actions/journal.ts";
import { openContainers, type Robot } from "./robot.tsx";

const small = { columns: 80, rows: 24 };
const idOf = (robot: Robot, name: string) => robot.world.find(name)?.id ?? "nobody";

/** Opens the journal after a container was paused, one was removed, and one could not be. */
async function openJournal(options: Parameters<typeof openContainers>[0] = small): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo("edge");
  await robot.press("p");
  await robot.sees("Paused edge.");
  await robot.goTo("backup-nightly");
  await robot.press("d", "y");
  await robot.sees("Removed backup-nightly.");
  await robot.goTo("gitea");
  await robot.press("d", "y");
  await robot.sees("1 failed: gitea");
  await robot.press("J");
  await robot.sees("Journal: 3");
  return robot;
}

test("a removal says before the yes what comes back and what does not", async () => {
  const robot = await openContainers(small);
  await robot.goTo("backup-nightly");
  await robot.press("d");
  await robot.sees("What it wrote inside is lost; J, then U creates it again without that.");
});

test("the journal is a list: newest last, with the cursor on it, and what became of each", async () => {
  const robot = await openJournal();
  const [title, heading, first, second, third] = robot.rows().slice(2);
  expect(title).toMatch(/^ Journal: 3$/);
  expect(heading).toMatch(/^ {3}TIME↑ +U COMMAND +WHAT BECAME OF IT$/);
  expect(first).toMatch(/^ {3}\d\d:\d\d:\d\d ✓ U docker pause edge$/);
  expect(second).toMatch(/^ {3}\d\d:\d\d:\d\d ✓ U docker rm backup-nightly$/);
  expect(third).toMatch(
    /^▌ {2}\d\d:\d\d:\d\d ✗ {3}docker rm gitea +cannot remove container "\/gitea": cont…$/,
  );
});

test("Enter opens the whole entry, and Esc goes back to it in the list", async () => {
  const robot = await openJournal();
  await robot.press("enter");
  await robot.sees("Journal entry");
  await robot.sees(/✗ failed\n cannot remove container "\/gitea": container is running: stop the container/);
  await robot.sees("It cannot be undone: it failed.");
  await robot.press("esc");
  await robot.sees("Journal: 3");
  expect(robot.held()).toContain("docker rm gitea");
  await robot.press("k", "enter");
  await robot.sees("U in the journal undoes it: backup-nightly is created again from its settings,");
  await robot.sees("What was written inside it is lost.");
  await robot.press("q", "q");
  await robot.sees("1 Containers");
  await robot.seesNot("Journal");
});

test("U asks with what it does and what stays lost, does it, and is an entry of its own", async () => {
  const robot = await openJournal();
  const before = robot.changes().length;
  await robot.press("k", "U");
  await robot.sees("Undo 1 entry on demo?");
  await robot.sees("backup-nightly is created again from its settings, not started. What was");
  await robot.sees("written inside it is lost.");
  await robot.sees("$ # docker create --name backup-nightly … alpine:3.20");
  await robot.press("enter", "space");
  expect(robot.changes()).toHaveLength(before);
  await robot.press("y");
  await robot.sees("Undone docker rm backup-nightly. backup-nightly is there again, not started.");
  expect(robot.changes().slice(before)).toEqual(["POST /containers/create?name=backup-nightly"]);
  expect(robot.world.find("backup-nightly")?.status).toBe("created");
  await robot.seesRow("docker rm backup-nightly", /↶ undone {3}docker rm/);
  await robot.seesRow("# docker create --name backup-night…", /✓ .* backup-nightly is t…/);
  await robot.sees("Journal: 4");
  expect(robot.held()).toContain("docker rm backup-nightly");
});

test("nothing is undone twice", async () => {
  const robot = await openJournal();
  await robot.press("k", "U", "y");
  await robot.sees("Undone docker rm");
  const done = robot.changes().length;
  await robot.press("U");
  await robot.sees("docker rm backup-nightly: it was undone already.");
  await robot.press("G", "U");
  await robot.sees("it is an undo itself.");
  expect(robot.session.overlays.get().map(({ kind }) => kind)).toEqual(["journal"]);
  expect(robot.changes()).toHaveLength(done);
});

test("of the marked ones the newest is undone first, and what cannot be undone is left alone", async () => {
  const robot = await openJournal();
  const edge = idOf(robot, "edge");
  const before = robot.changes().length;
  await robot.press("*", "U");
  await robot.sees("Undo 2 entries on demo?");
  await robot.sees("edge goes on.");
  await robot.sees("1 more cannot be undone: left alone.");
  const [first, second] = robot.rows().filter((row) => /^ {3}docker (rm|pause)/.test(row));
  expect([first, second]).toEqual(["   docker rm backup-nightly", "   docker pause edge"]);
  await robot.press("y");
  await robot.sees("Undone 2.");
  expect(robot.changes().slice(before)).toEqual([
    "POST /containers/create?name=backup-nightly",
    `POST /containers/${edge}/unpause`,
  ]);
  expect(robot.session.journal.get().map(({ command }) => command)).toEqual([
    "docker pause edge",
    "docker rm backup-nightly",
    "docker rm gitea",
    "# docker create --name backup-nightly … alpine:3.20",
    "docker unpause edge",
  ]);
});

test("one that ran and was removed by force is started again", async () => {
  const robot = await openContainers(small);
  await robot.goTo("firehose");
  await robot.press("d", "f", "y");
  await robot.sees("Removed firehose.");
  await robot.press("J", "U");
  await robot.sees("firehose is created again from its settings, and started.");
  await robot.press("y");
  await robot.sees("firehose is there again and started.");
  expect(robot.world.find("firehose")?.status).toBe("running");
});

test("what cannot be undone says why", async () => {
  const robot = await openJournal();
  const { session } = robot;
  await robot.press("U");
  await robot.sees("docker rm gitea: it failed.");
  settle(session, record(session, "docker volume rm data"), "done");
  await robot.sees("Journal: 4");
  await robot.press("G", "U");
  await robot.sees("docker volume rm data: what was removed is gone: images, networks, volumes");
  record(session, "docker stop edge");
  await robot.sees("Journal: 5");
  await robot.press("G", "U");
  await robot.sees("docker stop edge: it is being done.");
  expect(session.overlays.get()).toHaveLength(1);
});

test("an undo that fails says why, and can be tried again", async () => {
  const robot = await openJournal();
  robot.engine.answerNext(
    { method: "POST", path: /create/ },
    { status: 500, message: "no space left on device" },
  );
  await robot.press("k", "U", "y");
  await robot.sees("1 failed: docker rm backup-nightly: no space left on device");
  await robot.seesRow("# docker create", /✗/);
  await robot.press("U", "y");
  await robot.sees("Undone docker rm backup-nightly.");
});

test("while it is being undone its row says so, and x stops waiting", async () => {
  const robot = await openJournal();
  robot.engine.answerNext({ method: "POST", path: /create/ }, { status: 500, message: "", delayMs: 5_000 });
  await robot.press("k", "U", "y");
  await robot.seesRow("docker rm backup-nightly", /… being created/);
  await robot.press("U");
  await robot.sees("wait, it is being created");
  await robot.press("x");
  await robot.sees("you stopped waiting; the engine may still carry it");
  await robot.seesRow("docker rm backup-nightly", /✓ U/);
});

test("y copies the command, / finds, and what makes no sense here says why", async () => {
  const robot = await openJournal();
  await robot.press("y");
  await robot.sees("Sent docker rm gitea to the terminal's clipboard.");
  expect(robot.host).toEqual(["copy docker rm gitea"]);
  await robot.press("ctrl+r");
  await robot.sees("The journal is dockui's own: nothing is to be asked of the engine.");
  await robot.press("b");
  await robot.sees(/There are no \w+ here\./);
  await robot.press("/pause\r");
  await robot.sees("Journal: 1 of 3  / pause");
  expect(robot.held()).toContain("docker pause edge");
  await robot.press("esc");
  await robot.sees("Journal: 3");
  await robot.press("O");
  await robot.until(() => robot.rows()[4]?.includes("docker rm gitea") === true, "the newest first");
});

test("with --read-only U says so and does nothing", async () => {
  const robot = await openContainers({ ...small, readOnly: true });
  const { session } = robot;
  const undo = { what: "web is back.", run: () => Promise.reject(new Error("it ran")) };
  settle(session, record(session, "docker rm web"), "done", { undo });
  await robot.press("J");
  await robot.sees("docker rm web");
  await robot.press("U");
  await robot.sees("dockui was started with --read-only.");
  expect(session.journal.get()).toHaveLength(1);
});
