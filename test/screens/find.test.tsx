import { expect, test } from "vitest";
import { openContainers, type Robot } from "./robot.tsx";

const found = (robot: Robot) =>
  robot
    .rows()
    .slice(3, -2)
    .map((row) => row.slice(3).split(" ")[0] ?? "")
    .filter((name) => name !== "");

async function finds(robot: Robot, query: string, names: readonly string[]): Promise<void> {
  await robot.press(`/${query}\r`);
  const expected = [...names].sort().join();
  await robot.until(() => found(robot).sort().join() === expected, `${query} to find ${expected}`);
  await robot.press("esc");
  await robot.until(() => found(robot).length > 30, "all of them again");
}

test("plain words are looked for fuzzily in name, image, state, id and labels", async () => {
  const robot = await openContainers();
  const idOf = (name: string) => robot.world.find(name)?.id.slice(0, 12) ?? "";
  await finds(robot, "sindex", ["search-index"]);
  await finds(robot, "mariadb", ["blog-db-1"]);
  await finds(robot, "paused", ["batch-import"]);
  await finds(robot, idOf("gitea"), ["gitea"]);
  await finds(robot, "tier=edge", ["edge"]);
});

test("a word with a prefix is exact, upper or lower case", async () => {
  const robot = await openContainers();
  const idOf = (name: string) => robot.world.find(name)?.id.slice(0, 8) ?? "";
  await finds(robot, "name:SHOP-WEB", ["shop-web-1", "shop-web-2"]);
  await finds(robot, `id:${idOf("toolbox")}`, ["toolbox"]);
  await finds(robot, "image:postgres:16", ["shop-db-1"]);
  await finds(robot, "state:created", ["migrate-next", "spare"]);
  await finds(robot, "health:unhealthy", ["search-index"]);
  await finds(robot, "label:tier=edge", ["edge"]);
  await finds(robot, "label:org.acme.fact-64", ["many-labels"]);
  await finds(robot, "net:host", ["monitoring-node-exporter-1"]);
  await finds(robot, "vol:gitea_data", ["gitea"]);
  await finds(robot, "project:blog", ["blog-db-1", "blog-wordpress-1"]);
  await finds(robot, "port:9090", ["monitoring-prometheus-1"]);
});

test("all words must match, and a ! in front negates one", async () => {
  const robot = await openContainers();
  await finds(robot, "project:shop state:running !web !label:tier=data", ["shop-api-1"]);
  await finds(robot, "name:shop-web !web-2", ["shop-web-1"]);
  await finds(robot, "state:exited !image:alpine:3 !image:tools", ["old-proxy", "shop-cron-1"]);
});

test("the best match comes first while a query is there", async () => {
  const robot = await openContainers();
  await robot.press("/gitea");
  await robot.until(() => robot.held().includes("gitea"), "gitea under the cursor");
  expect(found(robot)[0]).toBe("gitea");
});

test("the count says how many of how many are shown, and the letters that were hit stand out", async () => {
  const robot = await openContainers();
  await robot.press("/");
  await robot.type("blog");
  await robot.sees(/\/ blog.*2\/34/);
  const letters = robot.looks("blog-wordpress-1").slice(0, 4);
  expect(letters.every(({ bold, underline }) => bold && underline)).toBe(true);
  expect(robot.looks("blog-wordpress-1")[5]).toMatchObject({ bold: false, underline: false });
});

test("Enter keeps the query, Esc clears it and leaves the cursor on its container", async () => {
  const robot = await openContainers();
  await robot.press("/shop-web\r");
  await robot.seesNot("gitea");
  await robot.until(() => robot.held().includes("shop-web-1"), "shop-web-1 under the cursor");
  await robot.press("j");
  await robot.until(() => robot.held().includes("shop-web-2"), "shop-web-2 under the cursor");
  await robot.press("esc");
  await robot.sees("gitea");
  expect(robot.held()).toContain("shop-web-2");
});

test("Esc while typing clears the query and leaves the cursor on its container", async () => {
  const robot = await openContainers();
  await robot.press("/shop-web", "down");
  await robot.until(() => robot.held().includes("shop-web-2"), "shop-web-2 under the cursor");
  await robot.press("esc");
  await robot.sees("gitea");
  expect(robot.held()).toContain("shop-web-2");
});

test("the query can be edited like a line in a shell", async () => {
  const robot = await openContainers();
  await robot.press("/xshop-webb", "backspace", "home", "delete");
  await robot.sees(/\/ shop-web +2\/34/);
  await robot.press("ctrl+u", "end", "ctrl+u");
  await robot.press("migrat");
  await robot.sees("1/34");
});

test("slash, a name, Enter and l in one read open the log of the best match", async () => {
  const robot = await openContainers();
  await robot.press("/web\rl");
  await robot.sees("Logs shop-web-");
});

test("pasted text goes into the query and never acts as keys", async () => {
  const robot = await openContainers();
  await robot.press("/");
  await robot.paste("edge\n");
  await robot.sees("/ edge");
  await robot.until(() => robot.held().includes("edge"), "edge under the cursor");
});

test("text pasted into the list is looked for, and never acts as keys", async () => {
  const robot = await openContainers();
  await robot.paste("dy");
  await robot.sees("/ dy");
  await robot.paste("q\r");
  await robot.sees("/ dyq");
  await robot.press("esc");
  await robot.paste("edge\n");
  await robot.sees("/ edge");
  await robot.until(() => robot.held().includes("edge"), "edge under the cursor");
  expect(robot.session.overlays.get()).toEqual([]);
  expect(robot.changes()).toEqual([]);
  expect(robot.host).toEqual([]);
});

test("text pasted into a log, a page or inspect is searched for, and a question does not take it", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  for (const [key, view] of [
    ["l", "Logs edge"],
    ["enter", "Details of edge"],
    ["i", "Inspect edge"],
  ] as const) {
    await robot.press(key);
    await robot.sees(view);
    await robot.paste("abc");
    await robot.sees(/^ \/ abc/m);
    await robot.press("esc", "esc");
    await robot.seesNot(view);
  }
  await robot.press("d");
  await robot.sees("Remove 1 container");
  await robot.paste("y");
  await robot.sees("Pasted text does nothing here: / and + take it.");
  expect(robot.changes()).toEqual([]);
});

test.each([8, 64])(
  "a paste that no terminal marks, in reads of %i bytes, does nothing, and that is said",
  async (size) => {
    const robot = await openContainers();
    await robot.goTo("edge");
    const text = "sudo docker inspect deploy job-ok\ry";
    for (let at = 0; at < text.length; at += size) robot.keysNow(text.slice(at, at + size));
    await robot.sees("Pasted text does nothing here: / and + take it.");
    expect([robot.session.overlays.get(), robot.changes(), robot.host]).toEqual([[], [], []]);
    // What is typed after it is heard again.
    const help = async () => {
      await robot.press("?");
      return robot.screen();
    };
    await expect.poll(help, { interval: 250, timeout: 10_000 }).toContain("Keys here");
    expect(robot.changes()).toEqual([]);
  },
);

test("a query from the command line is there from the start", async () => {
  const robot = await openContainers({ query: "project:blog" });
  await robot.sees("2/34");
  expect(found(robot)).toEqual(["blog-db-1", "blog-wordpress-1"]);
});

test("at forty columns the query can still be read", async () => {
  const robot = await openContainers({ columns: 40, rows: 10 });
  await robot.press("/");
  await robot.type("blog");
  await robot.sees(/\/ blog/);
  await robot.sees("2/34");
  await robot.press("enter");
  await robot.sees(/\/ blog/);
});
