import { expect, test } from "vitest";
import { openContainers, type Robot } from "./robot.tsx";

const idOf = (robot: Robot, name: string) => robot.world.find(name)?.id ?? "nobody";

test("stop asks, names the container and the host, and y stops it once", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  const id = idOf(robot, "edge");
  await robot.press("s");
  await robot.sees("Stop 1 container on demo?");
  await robot.sees(`edge  ${id.slice(0, 12)}  running  nginx:1.27-alpine`);
  await robot.sees("$ docker stop edge");
  expect(robot.changes()).toEqual([]);
  await robot.press("y");
  await robot.sees("Stopped edge.");
  await robot.seesRow("edge ", /○ exited \(0\)/);
  expect(robot.changes()).toEqual([`POST /containers/${id}/stop?t=10`]);
});

test("n, Esc, Enter, space and any other key stop nothing", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  for (const key of ["n", "esc", "ctrl+c"]) {
    await robot.press("s");
    await robot.sees("Stop 1 container");
    await robot.press(key);
    await robot.seesNot("Stop 1 container");
  }
  await robot.press("s");
  await robot.sees("Stop 1 container");
  for (const key of ["enter", "space", "Y", "s", "d", "q", "5", "tab", "/", ":", "?", "J"]) {
    await robot.press(key);
    expect(robot.screen()).toContain("Stop 1 container");
  }
  await robot.paste("y");
  expect(robot.screen()).toContain("Stop 1 container");
  expect(robot.changes()).toEqual([]);
});

test("while a stubborn container stops, its row counts against the grace time", async () => {
  const robot = await openContainers();
  await robot.goTo("stubborn");
  await robot.press("s", "y");
  await robot.seesRow("stubborn", /… stopping 0\/10s/);
  await robot.seesRow("stubborn", /… stopping 1\/10s/);
  await robot.press("k", "j");
  expect(robot.held()).toContain("stubborn");
});

test("a stopped container is started without a question, a running one is not", async () => {
  const robot = await openContainers();
  await robot.goTo("backup-nightly");
  await robot.press("s");
  await robot.sees("Started backup-nightly.");
  await robot.seesRow("backup-nightly", /● running/);
  expect(robot.changes()).toEqual([`POST /containers/${idOf(robot, "backup-nightly")}/start`]);
});

test("restart asks and restarts", async () => {
  const robot = await openContainers();
  await robot.goTo("gitea");
  await robot.press("r");
  await robot.sees("Restart 1 container on demo?");
  await robot.press("y");
  await robot.sees("Restarted gitea.");
  expect(robot.changes()).toEqual([`POST /containers/${idOf(robot, "gitea")}/restart?t=10`]);
});

test("p pauses and, pressed again, lets go on", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("p");
  await robot.sees("Paused edge.");
  await robot.seesRow("edge ", /◐ paused/);
  await robot.press("p");
  await robot.sees("Unpaused edge.");
  await robot.seesRow("edge ", /● running/);
  await robot.goTo("spare");
  await robot.press("p");
  await robot.sees(/spare: it is not (running|paused), it is created/);
});

test("kill asks for a signal and checks it", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("K");
  await robot.sees("Kill 1 container on demo?");
  await robot.sees("docker kill --signal KILL edge");
  await robot.press("ctrl+u");
  await robot.type("NOPE");
  await robot.sees("✗ A signal: KILL TERM");
  await robot.press("enter");
  expect(robot.screen()).toContain("Kill 1 container");
  await robot.press("ctrl+u");
  await robot.type("hup");
  await robot.seesNot("✗ A signal");
  await robot.press("enter");
  await robot.sees("Signalled edge.");
  expect(robot.changes()).toEqual([`POST /containers/${idOf(robot, "edge")}/kill?signal=hup`]);
});

test("the kill form is left with Esc", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("K");
  await robot.sees("Kill 1 container");
  await robot.press("esc");
  await robot.seesNot("Kill 1 container");
  expect(robot.changes()).toEqual([]);
});

test("remove takes force and volumes only when they were switched on", async () => {
  const robot = await openContainers();
  await robot.goTo("gitea");
  const id = idOf(robot, "gitea");
  await robot.press("d");
  await robot.sees("[ ] f  force");
  await robot.sees("[ ] v  volumes");
  await robot.sees("1 volume");
  await robot.press("f");
  await robot.sees("[x] f  force");
  await robot.press("v");
  await robot.sees("docker rm --force --volumes gitea");
  await robot.press("v");
  await robot.sees("docker rm --force gitea");
  await robot.press("y");
  await robot.sees("Removed gitea.");
  await robot.until(() => !robot.rows().some((row) => /^.{3}gitea /.test(row)), "no row gitea");
  expect(robot.changes()).toEqual([`DELETE /containers/${id}?force=true&v=false`]);
});

test("the engine's refusal to remove a running container is told and changes nothing", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("d", "y");
  await robot.sees(/1 failed: edge: .*(running|stop)/i);
  await robot.seesRow("edge ", /● running/);
});

test("d and y typed faster than a frame remove nothing", async () => {
  for (let round = 0; round < 5; round += 1) {
    const robot = await openContainers();
    await robot.goTo("backup-nightly");
    await robot.press("dy");
    await robot.sees("Remove 1 container");
    await robot.press("n");
    await robot.seesNot("Remove 1 container");
    await robot.press("ddyy");
    await robot.sees("Remove 1 container");
    expect(robot.changes()).toEqual([]);
    await robot.close();
  }
});

test("actions go to the marked containers, one call each", async () => {
  const robot = await openContainers();
  await robot.goTo("coredns");
  await robot.press("space", "space");
  await robot.sees("2 marked");
  await robot.press("p");
  await robot.sees("Paused 2.");
  expect(robot.changes().sort()).toEqual(
    ["coredns", "edge"].map((name) => `POST /containers/${idOf(robot, name)}/pause`).sort(),
  );
  await robot.press("esc");
  await robot.seesNot("2 marked");
});

test("* marks all that are shown, and unmarks them", async () => {
  const robot = await openContainers();
  await robot.press("/project:blog\r", "*");
  await robot.sees("2 marked");
  await robot.press("*");
  await robot.seesNot("marked");
});

test("one of many that fails does not keep the rest from going on", async () => {
  const robot = await openContainers();
  const edge = idOf(robot, "edge");
  robot.engine.answerNext(
    { method: "POST", path: new RegExp(`${edge}/stop`) },
    { status: 500, message: "the shim is gone" },
  );
  await robot.goTo("coredns");
  await robot.press("space", "space", "s");
  await robot.sees("Stop 2 containers on demo?");
  await robot.press("y");
  await robot.sees("Stopped 1; 1 failed: edge: the shim is gone");
  await robot.seesRow("coredns", /exited/);
  await robot.press("J");
  await robot.sees("Journal");
  await robot.sees(/✓ +U +docker stop coredns/);
  await robot.sees(/✗ +docker stop edge/);
  await robot.sees("the shim is gone");
});

test("marked containers that a query hides are not acted upon", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("space", "/blog\r");
  await robot.seesNot("edge ");
  await robot.press("p");
  await robot.sees("1 marked are hidden by the query: Esc shows them.");
  await robot.press("s");
  expect(robot.session.overlays.get()).toEqual([]);
  expect(robot.changes()).toEqual([]);
});

test("of running and stopped marked ones stop takes the running, and says so", async () => {
  const robot = await openContainers();
  await robot.goTo("backup-nightly");
  await robot.press("space");
  await robot.goTo("edge");
  await robot.press("space", "s");
  await robot.sees("Stop 1 container on demo?");
  await robot.sees("1 more cannot be stopped: left alone.");
  await robot.press("y");
  await robot.sees("Stopped edge.");
  expect(robot.changes()).toHaveLength(1);
});

test("many objects in a dialog can all be seen before the answer", async () => {
  const robot = await openContainers({ rows: 20 });
  await robot.press("*", "d");
  await robot.sees("Remove 34 containers on demo?");
  await robot.sees(/\(\d+ more: ↓ ↑\)/);
  for (let page = 0; page < 12; page += 1) await robot.press("pagedown");
  await robot.sees("toolbox");
  await robot.press("esc");
  expect(robot.changes()).toEqual([]);
});

test("a container that vanishes while its dialog is open is left alone, and that is said", async () => {
  const robot = await openContainers();
  await robot.goTo("backup-nightly");
  await robot.press("d");
  await robot.sees("Remove 1 container");
  robot.world.remove("backup-nightly");
  await robot.until(
    () => !robot.session.sources.containers.get().items.some(({ name }) => name === "backup-nightly"),
    "the list without it",
  );
  await robot.press("y");
  await robot.sees("1 failed: backup-nightly: It is gone already.");
  expect(robot.changes()).toEqual([]);
});

test("a container that stops while the question is open is not stopped again", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("s");
  await robot.sees("Stop 1 container");
  robot.world.change("edge", { status: "exited" });
  await robot.seesRow("edge ", /exited/);
  await robot.press("y");
  await robot.sees("edge: it is not running, it is exited.");
  expect(robot.changes()).toEqual([]);
});

test("the row is busy while the engine takes its time, and the keys stay alive", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  robot.engine.answerNext({ method: "POST", path: /pause/ }, { status: 200, message: "", delayMs: 300 });
  await robot.press("p");
  await robot.seesRow("edge ", /… pausing/);
  await robot.press("j");
  await robot.until(() => robot.held().includes("firehose"), "the cursor moved on");
  await robot.sees("Paused edge.");
});

test("the journal begins empty and lists docker command lines in order", async () => {
  const robot = await openContainers();
  await robot.press("J");
  await robot.sees("Nothing was done yet.");
  await robot.press("esc");
  await robot.goTo("edge");
  await robot.press("p");
  await robot.seesRow("edge ", /◐ paused/);
  await robot.press("p");
  await robot.sees("Unpaused edge.");
  await robot.press("J");
  await robot.sees(/\d\d:\d\d:\d\d +✓ +U +docker pause edge\n.*✓ +U +docker unpause edge/);
});

const changing = ["s", "r", "p", "K", "d", "e"];

for (const name of ["edge", "backup-nightly", "batch-import"])
  test(`with --read-only no key changes ${name}, and each says why`, async () => {
    const robot = await openContainers({ readOnly: true });
    await robot.goTo(name);
    for (const key of changing) {
      await robot.press(key);
      await robot.sees("dockui was started with --read-only.");
      expect(robot.session.overlays.get()).toEqual([]);
      await robot.press("jk");
      await robot.seesNot("dockui was started with --read-only.");
    }
    expect(robot.changes()).toEqual([]);
  });

test("with --read-only neither marks nor the palette change anything, and the header says so", async () => {
  const robot = await openContainers({ readOnly: true, columns: 80, rows: 24 });
  await robot.sees("READ-ONLY");
  await robot.press("*");
  for (const key of changing) await robot.press(key, "y");
  for (const word of ["stop", "start", "restart", "kill", "remove", "shell"]) {
    await robot.press(`:${word}\r`);
    await robot.sees("dockui was started with --read-only.");
    await robot.press("y");
    await robot.seesNot("dockui was started with --read-only.");
    expect(robot.session.overlays.get()).toEqual([]);
  }
  expect(robot.changes()).toEqual([]);
});

test("with --read-only reading goes on: logs, inspect, disk usage", async () => {
  const robot = await openContainers({ readOnly: true });
  await robot.goTo("edge");
  await robot.press("l");
  await robot.sees("Logs edge  following");
  await robot.press("esc", "i");
  await robot.sees('Name: "/edge"');
  await robot.press("esc", "5");
  await robot.sees("Images");
});

test("at forty by ten a dialog still shows what it is about, its switches and its answers", async () => {
  const robot = await openContainers({ columns: 40, rows: 10 });
  await robot.sees("engine 26.1"); // from then on the host has its name
  await robot.press("d");
  await robot.sees("Remove 1 container on demo?");
  await robot.sees(/^ {3}backup-nightly/m);
  await robot.sees("[ ] f  force");
  await robot.sees("[ ] v  volumes");
  await robot.sees(" y remove 1 container");
});

test("inspect shows what the engine knows, scrolls, and goes back", async () => {
  const robot = await openContainers({ rows: 20 });
  await robot.goTo("edge");
  await robot.press("i");
  await robot.sees("Inspect edge");
  await robot.sees('Id: "');
  await robot.press("G");
  await robot.seesNot('Id: "');
  await robot.press("g");
  await robot.sees('Id: "');
  await robot.press("q");
  await robot.seesNot("Inspect edge");
  expect(robot.host).toEqual([]);
});

test("a container without a shell is told, with what works instead", async () => {
  const robot = await openContainers();
  await robot.goTo("coredns");
  await robot.press("e");
  await robot.sees("coredns has no shell: its image holds neither bash, ash nor sh.");
  await robot.sees("f shows its files without one.");
  expect(robot.changes()).toEqual([]);
  await robot.press("j");
  await robot.until(() => robot.held().includes("edge"), "keys are heard again");
});

test("ctrl+z hands over to the shell, and the screen is whole when it comes back", async () => {
  const robot = await openContainers();
  await robot.press("ctrl+z");
  await robot.until(() => robot.host.includes("stop process"), "the process to be stopped");
  await robot.sees("NAME↑");
  await robot.press("j");
  await robot.until(() => robot.held().includes("batch-import"), "keys are heard again");
});
