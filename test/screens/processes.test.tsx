import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

async function openProcesses(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo("shop-api-1");
  await robot.press("T");
  await robot.sees(/Processes of shop-api-1: \d+ · CPU is averaged over each life/);
  return robot;
}

for (const [columns, rows] of [
  [80, 24],
  [160, 45],
] as const)
  test(`processes stand by CPU, with what ps knows, at ${columns}×${rows}`, async () => {
    const robot = await openProcesses({ columns, rows });
    await robot.sees(/PID +USER +CPU↓ +MEM +UP +ROLE +COMMAND/);
    await robot.seesRow("/app/api --listen :9000", /root +\d+\.\d% +[\d.]+MiB +2d +main /);
    const loads = robot.rows().flatMap((row) => (/worker process|--listen/.test(row) ? [row] : []));
    const shares = loads.map((row) => Number(/([\d.]+)%/.exec(row)?.[1]));
    expect(shares.length).toBe(5);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

test("they are asked for again while they are on the screen", async () => {
  const robot = await openProcesses();
  const tops = () => robot.calls(/\/top/).length;
  await robot.until(() => tops() >= 1, "an answer");
  const before = tops();
  await expect.poll(tops).toBeGreaterThan(before);
});

test("find narrows them, Esc clears that first and then goes back", async () => {
  const robot = await openProcesses();
  await robot.press("/worker\r");
  await robot.sees("4 of 5  / worker");
  await robot.press("esc");
  await robot.seesNot("4 of 5");
  await robot.sees("Processes of");
  await robot.press("esc");
  await robot.seesNot("Processes of");
});

test("a kill names the process and its command, checks the signal, and sends it to the main process", async () => {
  const robot = await openProcesses();
  await robot.press("/listen\r", "K");
  await robot.sees("Kill 1 process on demo?");
  await robot.sees(/\d+ \/app\/api --listen :9000 +user root, in shop-api-1, its main process/);
  await robot.sees("When its main process ends, shop-api-1 stops.");
  await robot.sees("docker kill --signal TERM shop-api-1");
  await robot.press("ctrl+u");
  await robot.type("NONSENSE");
  await robot.press("enter");
  await robot.sees("A signal: KILL TERM");
  expect(robot.changes()).toEqual([]);
  await robot.press("ctrl+u");
  await robot.type("HUP");
  await robot.press("enter");
  await robot.sees(/Signalled \d+ \/app\/api --listen/);
  expect(robot.changes()).toEqual([expect.stringMatching(/^POST \/containers\/\w+\/kill\?signal=HUP/)]);
});

test("marked ones are killed together; n, Esc and read-only kill none", async () => {
  const robot = await openProcesses();
  await robot.press("*", "K");
  await robot.sees("Kill 5 processes on demo?");
  await robot.sees(/docker kill --signal TERM shop-api-1; kill -s TERM \d+ \d+ \d+ \d+ {2}# on/);
  await robot.press("esc");
  await robot.seesNot("Kill 5 processes");
  await robot.sees("Processes of");
  expect(robot.changes()).toEqual([]);
  const careful = await openProcesses({ readOnly: true });
  await careful.press("K");
  await careful.sees("dockui was started with --read-only.");
});

test("a container that stops or is removed meanwhile has none, and says so", async () => {
  const robot = await openProcesses();
  robot.world.change("shop-api-1", { status: "exited" });
  await robot.sees("Processes of shop-api-1: it is exited");
  await robot.sees("Nothing runs in it.");
  await robot.press("K");
  await robot.sees("There is nothing here.");
  robot.world.change("shop-api-1", { status: "running" });
  await robot.sees(/Processes of shop-api-1: \d/);
  robot.world.remove("shop-api-1");
  await robot.sees("Processes of shop-api-1: it was removed");
});

test("a container that does not run has no processes to show", async () => {
  const robot = await openContainers();
  await robot.goTo("shop-cron-1");
  await robot.press("T");
  await robot.sees("shop-cron-1: it is exited.");
});

test("secrets in their commands are masked, also in the question and the journal", async () => {
  const robot = await openContainers({
    columns: 160,
    before: ({ world }) =>
      void world.add({ name: "vault", command: ["app", "--password", "hunter2", "--port", "80"] }),
  });
  await robot.goTo("vault");
  await robot.press("T");
  await robot.press("/password\r");
  await robot.until(() => robot.held().includes("app --password •••••• --port 80"), "the main process");
  await robot.press("K");
  await robot.sees("Signal");
  expect(robot.screen()).not.toContain("hunter2");
  await robot.press("\u0013");
  await robot.press("J");
  await robot.sees("docker kill --signal TERM vault");
  expect(robot.screen()).not.toContain("hunter2");
});
