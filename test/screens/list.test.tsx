import { expect, test } from "vitest";
import { openContainers, openRobot } from "./robot.tsx";

/** The titles in the list's heading, without the arrow. */
const titles = (rows: readonly string[]) =>
  (rows[2] ?? "")
    .replace(/[↑↓]/, "")
    .split(/ +/)
    .filter((title) => title !== "");

const names = (rows: readonly string[]) =>
  rows
    .slice(3, -2)
    .map((row) => row.slice(3).split(" ")[0] ?? "")
    .filter((name) => name !== "");

test("a row says name, state, exit code, health, ports, image and age", async () => {
  const robot = await openContainers({ columns: 160 });
  await robot.seesRow("shop-web-1", /● running +healthy .*3001→3000 +ghcr.io\/acme\/shop-web:2.14.0 +2d/);
  await robot.seesRow("search-index", /unhealthy/);
  await robot.seesRow("backup-nightly", /○ exited \(0\) .*7h ago/);
  await robot.seesRow("batch-import", /◐ paused/);
  await robot.seesRow("migrate-next", /○ created/);
  await robot.seesRow("shop-worker-1", /○ restarting \(1\)/);
});

test("a container that was killed for its memory says OOM beside its exit code", async () => {
  const robot = await openContainers();
  await robot.seesRow("shop-cron-1", /○ exited \(137\) OOM/);
});

test("columns go in order as the terminal gets narrower, the name and state last", async () => {
  const robot = await openContainers({ columns: 200 });
  await robot.sees("RESTARTS");
  const byRank = [
    ...["NAME", "STATE", "CPU", "MEM", "UP", "HEALTH", "PORTS", "IMAGE", "PROJECT", "RESTARTS", "CREATED"],
  ];
  expect(titles(robot.rows())).toEqual(expect.arrayContaining(byRank));
  for (const columns of [160, 120, 100, 80, 60, 40]) {
    await robot.resize(columns, 40);
    const inOrder = () => {
      const shown = titles(robot.rows());
      return byRank.slice(0, shown.length).every((title) => shown.includes(title));
    };
    await robot.until(inOrder, `the columns of lowest rank at ${columns}`);
  }
  expect(titles(robot.rows())).toEqual(["NAME", "STATE"]);
});

test("a name too long keeps its head and its tail", async () => {
  const robot = await openContainers({
    columns: 40,
    before: ({ world }) =>
      void world.add({ name: "a-very-long-project-name-with-a-service-1", status: "running" }),
  });
  await robot.sees(/▌ {2}a-v.*….*rvice-1 ● running/);
});

test("o sorts by the next column and O turns the order round, with an arrow in the heading", async () => {
  const robot = await openContainers();
  await robot.sees("NAME↑");
  await robot.press("O");
  await robot.sees("NAME↓");
  expect(names(robot.rows())[0]).toBe("toolbox");
  await robot.press("o");
  await robot.sees("STATE↑");
  expect(names(robot.rows()).slice(0, 3)).toEqual(["migrate-next", "spare", "stuck-volume"]);
  await robot.press("O");
  await robot.sees("STATE↓");
});

test("sorting keeps the cursor on its container", async () => {
  const robot = await openContainers();
  await robot.goTo("gitea");
  await robot.press("O", "o");
  await robot.sees("STATE↑");
  expect(robot.held()).toContain("gitea");
});

test("a leaves out what does not run, and brings it back", async () => {
  const robot = await openContainers();
  await robot.sees("spare");
  await robot.press("a");
  await robot.seesNot("spare");
  await robot.sees("batch-import");
  await robot.sees("26/34");
  await robot.press("a");
  await robot.sees("spare");
});

test("the cursor moves by row, by page and to both ends", async () => {
  const robot = await openContainers({ columns: 80, rows: 20 });
  const at = async (name: string) =>
    robot.until(() => robot.held().includes(` ${name} `), `the cursor on ${name}`);
  await at("backup-nightly");
  await robot.press("j", "down");
  await at("blog-db-1");
  await robot.press("k", "up", "k");
  await at("backup-nightly");
  await robot.press("G");
  await at("toolbox");
  await robot.press("g");
  await at("backup-nightly");
  await robot.press("pagedown");
  await at("monitoring-alertmanager-1");
  await robot.press("pageup", "end");
  await at("toolbox");
  await robot.press("home", "ctrl+d", "ctrl+u");
  await at("backup-nightly");
});

test("two hundred j in one read land on the last row, twelve on the thirteenth", async () => {
  const robot = await openContainers({ demo: { containers: 300 } });
  const order = robot.session.sources.containers.get().items.map(({ name }) => name);
  order.sort((a, b) => new Intl.Collator("en", { numeric: true }).compare(a, b));
  await robot.press("j".repeat(12));
  await robot.until(() => robot.held().includes(` ${order[12]} `), `the cursor on ${order[12]}`);
  await robot.press("j".repeat(200));
  await robot.until(() => robot.held().includes(` ${order[212]} `), `the cursor on ${order[212]}`);
});

test("the cursor stays on its container when rows appear and vanish above it", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  robot.world.add({ name: "aardvark", status: "running" });
  await robot.sees("aardvark");
  expect(robot.held()).toContain("edge");
  robot.world.remove("aardvark");
  robot.world.remove("blog-db-1");
  await robot.seesNot("aardvark");
  await robot.seesNot("blog-db-1");
  expect(robot.held()).toContain("edge");
});

test("when the container under the cursor goes, the cursor rests on the one that stands there now", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  robot.world.remove("edge");
  await robot.seesNot("edge");
  expect(robot.held()).toContain("firehose");
});

test("a key pressed after its container has gone and before that was painted acts on nothing", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  let pressed = false;
  const stop = robot.session.sources.containers.subscribe(() => {
    if (pressed || robot.world.find("edge")) return;
    const { items } = robot.session.sources.containers.get();
    if (items.some(({ name }) => name === "edge")) return;
    pressed = true;
    robot.keysNow("p");
  });
  robot.world.remove("edge");
  await robot.sees("It is gone.");
  stop();
  expect(robot.changes()).toEqual([]);
});

test("the list follows renames, health and restarts without being asked", async () => {
  const robot = await openContainers();
  robot.world.change("edge", { name: "border" });
  await robot.sees("border");
  await robot.seesNot("edge ");
  robot.world.change("shop-web-1", { health: { status: "unhealthy", failingStreak: 3, log: [] } });
  await robot.seesRow("shop-web-1", /unhealthy/);
  robot.world.change("gitea", { status: "exited", exitCode: 3 });
  await robot.seesRow("gitea", /○ exited \(3\)/);
});

test("the header counts containers by state and the unhealthy ones", async () => {
  const robot = await openContainers({ columns: 160 });
  await robot.sees("25 running · 1 unhealthy · 1 restarting · 1 dead · 1 paused · 4 exited · 2 created");
  await robot.sees("8 CPU");
  await robot.sees("engine 26.1-demo");
  robot.world.change("edge", { status: "exited" });
  await robot.sees("24 running · 1 unhealthy · 1 restarting · 1 dead · 1 paused · 5 exited");
  await robot.resize(80, 24);
  await robot.sees("24 running · 1 unhealthy");
});

test("1 to 5, Tab and Shift-Tab go through the five screens", async () => {
  const robot = await openContainers();
  const headings = ["NAME", "IMAGE", "NETWORK", "VOLUME", "CAN GO"];
  for (const [index, heading] of headings.entries()) {
    await robot.press(`${index + 1}`);
    await robot.until(() => robot.rows().slice(2, 8).join().includes(heading), `screen ${heading}`);
  }
  await robot.press("tab");
  await robot.sees("NAME↑");
  await robot.press("shift+tab");
  await robot.sees("CAN GO");
  await robot.press("shift+tab");
  await robot.sees("VOLUME↑");
});

test("images show name, size, age and other tags; a leaves dangling ones out", async () => {
  const robot = await openRobot({ tab: 1 });
  await robot.seesRow("node:18", /node:18 +\d+(\.\d+)?MB.*node:hydrogen/);
  await robot.sees("<none>");
  await robot.press("a");
  await robot.seesNot("<none>");
});

test("networks show driver and subnet, volumes their driver and mountpoint", async () => {
  const robot = await openRobot({ tab: 2 });
  await robot.seesRow("shop_default", /bridge +172\.\d+\.0\.0\/16/);
  await robot.press("4");
  await robot.seesRow("shop_pgdata", /local .*\/var\/lib\/docker\/volumes\/shop_pgdata\/_data/);
});

test("an object made by someone else shows up on every screen", async () => {
  const robot = await openRobot({ tab: 2 });
  await robot.sees("shop_default");
  const { world } = robot;
  const network = world.addNetwork("fresh_net", Date.now(), {});
  world.bus.emit({ type: "network", action: "create", id: network.id, attributes: { name: "fresh_net" } });
  await robot.sees("fresh_net");
});

test("y copies the name of the row under the cursor", async () => {
  const robot = await openContainers();
  await robot.goTo("coredns");
  await robot.press("y");
  await robot.sees("Sent coredns to the terminal's clipboard.");
  expect(robot.host).toEqual(["copy coredns"]);
});

test("ctrl+r loads the list again", async () => {
  const robot = await openContainers();
  const before = robot.calls(/^GET \/containers\/json/).length;
  await robot.press("ctrl+r");
  await robot.until(() => robot.calls(/^GET \/containers\/json/).length > before, "another load");
});

test("q and ctrl+c quit", async () => {
  const robot = await openContainers();
  await robot.press("q");
  await robot.press("ctrl+c");
  expect(robot.host).toEqual(["quit", "quit"]);
});

test("a key that means nothing says so", async () => {
  const robot = await openContainers();
  await robot.press("X");
  await robot.sees("X does nothing here; ? lists the keys.");
  await robot.press("j");
  await robot.seesNot("does nothing here");
});

test("without colour nothing is painted in colour, and the states still tell", async () => {
  const robot = await openContainers({ colour: false });
  await robot.sees("● running");
  for (let y = 0; y < 40; y += 1)
    for (let x = 0; x < 120; x += 1) expect(robot.cell(x, y).foreground).toBe("default");
});
