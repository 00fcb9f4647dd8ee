import { expect, test } from "vitest";
import { openContainers } from "./robot.tsx";

test("E runs a command inside and keeps what it wrote, with the exit code", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("E");
  await robot.sees("Run a command in edge");
  await robot.type("echo 'two words'");
  await robot.sees("$ docker exec edge echo 'two words'");
  await robot.press("\u0013");
  await robot.sees("two words");
  await robot.sees("echo ended with exit code 0.");
  await robot.press("esc");
  await robot.press("J");
  await robot.sees(/✓ +docker exec edge echo 'two words'/);
});

test("E says whose command it was once, also where it could not run, and how it ended wherever one reads", async () => {
  const robot = await openContainers({ columns: 160 });
  await robot.goTo("edge");
  await robot.press("E");
  await robot.type("nonsense-program");
  await robot.press("\u0013");
  await robot.sees(/^!There is no program nonsense-program in this container\./m);
  expect(robot.row("nonsense-program in edge  ended: There is no program")).toBeDefined();
  await robot.press("esc", "E");
  await robot.type("echo words");
  await robot.press("\u0013");
  await robot.sees("echo words in edge  ended: echo ended with exit code 0 ·");
  await robot.press("g");
  await robot.sees("echo words in edge  ended: echo ended with exit code 0 ·");
});

test("E keeps secrets out of its form, its title, the journal and the line that says how it ended", async () => {
  const robot = await openContainers({ columns: 160 });
  await robot.goTo("edge");
  await robot.press("E");
  await robot.type("echo --password hunter2");
  await robot.press("tab", "tab", "tab");
  await robot.type("TOKEN=hunter2 A='b c'");
  await robot.sees("$ docker exec --env TOKEN=•••••• --env 'A=b c' edge echo --password ••••••");
  await robot.seesRow("Environment", /TOKEN=••••••• A='b c'/);
  await robot.press("\u0013");
  await robot.sees("echo --password •••••• in edge  ended");
  await robot.sees(/^ ?--password hunter2/m);
  await robot.press("c", "J");
  await robot.sees(/✓ +docker exec --env TOKEN=••••••/);
  await robot.press("enter");
  await robot.sees("edge echo --password ••••••");
  expect(robot.screen()).not.toContain("hunter2");
  expect(JSON.stringify(robot.session.journal.get())).not.toContain("hunter2");
});

test("a form refuses nonsense field by field, goes to the first, and sends nothing", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press("E", "\u0013");
  await robot.sees("✗ Which program shall run?");
  await robot.type("ls | wc");
  await robot.sees("✗ No shell reads this: for | run sh -c '…'.");
  await robot.press("ctrl+u");
  await robot.type("ls 'x");
  await robot.sees("✗ A ' is opened and not closed");
  await robot.press("ctrl+u");
  await robot.type("ls");
  await robot.press("tab", "tab");
  await robot.type("srv");
  await robot.sees("✗ A path inside the container: it begins with /.");
  await robot.press("tab");
  await robot.type("MODE");
  await robot.sees("✗ NAME=value, with spaces between several.");
  await robot.press("\u0013");
  await robot.sees("▸ Folder");
  expect(robot.changes()).toEqual([]);
  await robot.press("esc");
  await robot.seesNot("Run a command");
});

test("of several, each line says whose it is, and one that cannot is told without stopping the others", async () => {
  const robot = await openContainers();
  await robot.press("/name:edge\r", "space", "esc", "esc");
  await robot.press("/name:edge\r");
  await robot.press("space", "esc");
  await robot.press("/name:coredns\r", "space", "esc");
  await robot.press("E");
  await robot.type("nonsense-program");
  await robot.press("\u0013");
  await robot.sees(/edge │ There is no program nonsense-program in this container\./);
  await robot.sees(/coredns │ There is no program nonsense-program/);
  await robot.sees("nonsense-program failed in 2 of 2.");
});

test("what does not run has no E and no A, and says why", async () => {
  const robot = await openContainers();
  await robot.goTo("backup-nightly");
  await robot.press("E");
  await robot.sees("backup-nightly: nothing can run in it: it is exited.");
  await robot.press("A");
  await robot.sees("backup-nightly: it is exited.");
});

test("rename refuses a taken and an impossible name, and renames", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":rename\r");
  await robot.sees("Rename 1 container on demo?");
  await robot.press("ctrl+u");
  await robot.type("coredns");
  await robot.sees(/✗ coredns is the name of [0-9a-f]{12}, which is running\./);
  await robot.press("enter");
  await robot.press("ctrl+u");
  await robot.type("-x");
  await robot.sees("✗ A name begins with a letter or a digit.");
  await robot.press("ctrl+u");
  await robot.type("gateway");
  await robot.sees("$ docker rename edge gateway");
  await robot.press("enter");
  await robot.sees("Renamed edge. It is gateway now.");
  await robot.seesRow("gateway", /running/);
});

test("update shows what is now and what it was, and sends only what is another", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":update\r");
  await robot.sees("▸ Memory");
  await robot.type("4");
  await robot.sees("✗ This is too little");
  await robot.press("ctrl+u");
  await robot.type("512m");
  await robot.sees(/Memory +512m +was no limit/);
  await robot.press("tab", "tab");
  await robot.type("64");
  await robot.sees("✗ The host has only 8 CPUs.");
  await robot.press("ctrl+u");
  await robot.type("1.5");
  await robot.sees("$ docker update --memory 512m --cpus 1.5 edge");
  await robot.press("\u0013");
  await robot.sees("Updated edge. Memory: no limit → 512m, CPUs: no limit → 1.5.");
});

test("networks are connected and left, by choice among those there are", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":connect\r");
  await robot.sees("Connect 1 container on demo?");
  await robot.sees(/Network +‹ \S+ {2}[0-9a-f]{12} ›/);
  const [, first] = /‹ (\S+)/.exec(robot.row("‹ ")) ?? [];
  await robot.press("right");
  await robot.sees(/‹ /);
  await robot.press("left", "tab");
  await robot.type("10.0.0");
  await robot.sees("✗ An IP address is four numbers with dots");
  await robot.press("ctrl+u", "\u0013");
  await robot.sees("Connected edge.");
  expect(robot.world.find("edge")?.networks).toEqual(["bridge", first]);
  await robot.until(() => robot.session.busy.get().size === 0, "the row to be free again");
  await robot.press(":disconnect\r");
  await robot.sees("Disconnect 1 container on demo?");
  await robot.press("right");
  const [, chosen] = /‹ (\S+)/.exec(robot.row("‹ ")) ?? [];
  await robot.press("\u0013");
  await robot.sees("Disconnected edge.");
  expect(robot.world.find("edge")?.networks).toEqual(["bridge", first].filter((name) => name !== chosen));
});

test("networks to choose from stand in order, and are found by typing", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":connect\r");
  await robot.sees("Connect 1 container on demo?");
  await robot.sees("letters find");
  await robot.type("SHOP");
  await robot.sees(/Network +‹ shop_\S+ {2}[0-9a-f]{12} › {2}\/shop/);
  await robot.press("right");
  await robot.seesNot("/shop");
  const names: string[] = [];
  for (let step = 0; step < 30; step++) {
    names.push(/‹ (\S+)/.exec(robot.row("‹ "))?.[1] ?? "");
    if (names.length > 1 && names.at(-1) === names[0]) break;
    await robot.press("right");
    await robot.seesNot(`‹ ${names.at(-1)} `);
  }
  const round = names.slice(0, -1);
  const start = round.indexOf(round.toSorted()[0] ?? "");
  expect([...round.slice(start), ...round.slice(0, start)]).toEqual(round.toSorted());
});

test("on the smallest screen a form still says whom it is about and what is wrong", async () => {
  const robot = await openContainers({ columns: 40, rows: 10 });
  await robot.goTo("edge");
  await robot.press(":update\r");
  await robot.sees("▸ Memory");
  await robot.type("1m");
  await robot.sees("✗ This is too little");
  await robot.sees(/^ {3}edge /m);
});

test("commit makes an image, and refuses names that are none", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":commit\r");
  await robot.type("Shop/Web");
  await robot.sees("✗ The name of an image has no capital letters.");
  await robot.press("ctrl+u");
  await robot.type("shop/edge:1");
  await robot.press("\u0013");
  await robot.sees(/Committed edge\. shop\/edge:1 is [0-9a-f]{12}\./);
  await robot.press("2");
  await robot.sees("shop/edge:1");
});

test("wait tells the exit code, and keeps nothing from being done meanwhile", async () => {
  const robot = await openContainers();
  await robot.goTo("edge");
  await robot.press(":wait\r");
  await robot.seesRow("edge ", /● running … waited for/);
  await robot.press("s");
  await robot.sees("Stop 1 container on demo?");
  await robot.press("y");
  await robot.sees(/Waited for edge\. Exit code 0: ended by itself/);
});
