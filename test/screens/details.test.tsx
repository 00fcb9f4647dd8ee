import { expect, test } from "vitest";
import { openContainers, type Robot } from "./robot.tsx";

async function openDetails(
  name: string,
  size: { columns?: number; rows?: number } = { rows: 60 },
): Promise<Robot> {
  const robot = await openContainers(size);
  await robot.goTo(name);
  await robot.press("enter");
  await robot.sees(`Details of ${name}`);
  return robot;
}

test("Enter opens one page: state, command, image, ports, addresses, mounts, limits", async () => {
  const robot = await openDetails("edge");
  await robot.sees(/State +running, started/);
  await robot.sees(/Command +nginx -g 'daemon off;'/);
  await robot.sees(/Image +nginx:1\.27-alpine/);
  await robot.sees(/Ports +80\/tcp ← 0\.0\.0\.0:8080/);
  await robot.sees(/Networks +bridge +172\.17\./);
  await robot.sees(/Limits +memory: no limit/);
});

test("an end is decoded, with the memory that ran out", async () => {
  const robot = await openDetails("shop-cron-1");
  await robot.sees(/State +exited, ended/);
  await robot.sees(/137: killed \(SIGKILL\)/);
});

test("secrets are masked until x, and again after it", async () => {
  const robot = await openContainers({
    rows: 60,
    before: ({ world }) =>
      void world.add({ name: "vault", env: ["DB_PASSWORD=hunter2", "URL=https://bob:pw@db/x", "MODE=prod"] }),
  });
  await robot.goTo("vault");
  await robot.press("enter");
  await robot.sees("DB_PASSWORD=••••••");
  await robot.sees("URL=https://••••••@db/x");
  await robot.sees("MODE=prod");
  expect(robot.screen()).not.toMatch(/hunter2|bob:pw/);
  await robot.press("x");
  await robot.sees("DB_PASSWORD=hunter2");
  await robot.press("x");
  await robot.seesNot("hunter2");
  await robot.press("i");
  await robot.sees("Inspect vault");
  await robot.press("z", "/PASSWORD\r");
  await robot.sees("DB_PASSWORD=••••••");
  await robot.press("x");
  await robot.sees("DB_PASSWORD=hunter2");
});

test("the keys of the list act on this container, whatever is marked below", async () => {
  const robot = await openContainers({ rows: 40 });
  await robot.press("space", "space");
  await robot.sees("2 marked");
  await robot.goTo("edge");
  await robot.press("enter");
  await robot.sees("Details of edge");
  await robot.press("s");
  await robot.sees("Stop 1 container on demo?");
  await robot.press("y");
  await robot.sees("Stopped edge.");
  await robot.sees(/State +exited, ended/);
  await robot.press("l");
  await robot.sees("Logs edge");
  await robot.press("esc");
  await robot.sees("Details of edge");
  await robot.press("esc");
  await robot.seesNot("Details of edge");
});

test("a container that is removed meanwhile says so, with what was known last", async () => {
  const robot = await openDetails("edge");
  await robot.sees(/State +running/);
  robot.world.remove("edge");
  await robot.sees(/✗ No such container: \S+ What follows was known last\./);
  await robot.press("s");
  await robot.sees("It is gone.");
  expect(robot.screen()).toMatch(/nginx:1\.27-alpine/);
});

test("inspect of what is removed meanwhile says that it is old", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("i");
  await robot.sees(/^ {3}Id: /m);
  robot.world.remove("edge");
  await robot.sees(/Inspect edge: this was known last\. No such container: \S+/);
  await robot.sees(/^ {3}Id: /m);
});

test("search goes from match to match and around, and says where it is", async () => {
  const robot = await openDetails("edge", { columns: 80, rows: 24 });
  await robot.sees(/State +running/);
  await robot.press("/nginx\r");
  await robot.sees(/\/nginx 1\/\d/);
  await robot.press("n");
  await robot.sees(/\/nginx 2\/\d/);
  await robot.press("N", "N");
  await robot.sees(/\/nginx (\d)\/\1/);
  await robot.press("esc");
  await robot.seesNot("/nginx");
  await robot.press("/nothing like it\r");
  await robot.sees("Nothing in Details of edge matches nothing like it.");
});

test.each([
  [40, 10],
  [80, 24],
  [160, 45],
])("it fits %i×%i", async (columns, rows) => {
  const robot = await openDetails("edge", { columns, rows });
  await robot.press("G", "g");
  await robot.sees("Details of edge");
  for (const row of robot.rows()) expect(row.length).toBeLessThanOrEqual(columns);
});

test("inspect folds, opens all, searches in what is folded, copies values and paths", async () => {
  const robot = await openContainers({ rows: 40 });
  await robot.goTo("edge");
  await robot.press("i");
  await robot.sees("▸ HostConfig: {");
  await robot.press("/restartpolicy\r");
  await robot.sees("▾ HostConfig: {");
  await robot.sees("  .HostConfig.RestartPolicy");
  await robot.press("Y");
  await robot.press("y");
  expect(robot.host.at(-2)).toBe("copy .HostConfig.RestartPolicy");
  expect(JSON.parse(robot.host.at(-1)?.slice(5) ?? "")).toMatchObject({ Name: expect.any(String) });
  await robot.press("left");
  await robot.press("left");
  await robot.seesNot("▾ HostConfig");
  await robot.press("/HostnamePath\r", "enter");
  await robot.sees(/^ \.HostnamePath/m);
  await robot.sees(/^ \/var\/lib\/docker\/containers\//m);
  await robot.press("esc");
  await robot.sees("Inspect edge");
  await robot.press("esc", "esc");
  await robot.seesNot("Inspect edge");
});
