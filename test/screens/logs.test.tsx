import { expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

async function openLog(name: string, options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.goTo(name);
  await robot.press("l");
  await robot.sees(`Logs ${name}`);
  return robot;
}

/** The lines of the log on the screen. */
const body = (robot: Robot) => robot.rows().slice(3, -2);
const title = (robot: Robot) => robot.rows()[2] ?? "";
/** A quiet container with as many lines as its log shall have. */
const chatty = (lines: number) => ({
  before: ({ world }: { world: Robot["world"] }) => {
    world.add({ name: "chatty", status: "running", voice: "none" });
    for (let line = 1; line <= lines; line += 1) world.log("chatty", `line ${line}.`);
  },
});
/** The numbers of the chatty lines on the screen. */
const numbers = (robot: Robot) =>
  body(robot)
    .flatMap((row) => /line (\d+)\./.exec(row)?.[1] ?? [])
    .map(Number);
const consecutive = (all: readonly number[]) => all.every((n, index) => n === (all[0] ?? 0) + index);

test("the last five hundred lines come first, then new ones as they come", async () => {
  const robot = await openLog("chatty", chatty(2000));
  await robot.sees("line 2000.");
  await robot.sees("following · 500 lines");
  robot.world.log("chatty", "something new");
  robot.world.log("chatty", "some trouble", "stderr");
  await robot.sees(/^ something new\n!some trouble/m);
  await robot.sees("502 lines");
  expect(robot.calls(/\/logs/)).toHaveLength(1);
  expect(robot.calls(/\/logs/)[0]).toMatch(/tail=500/);
});

test("scrolling up stops following, and G goes on with it", async () => {
  const robot = await openLog("chatty", chatty(100));
  await robot.sees("line 100.");
  await robot.press("k");
  await robot.sees("not following");
  await robot.seesNot("line 100.");
  robot.world.log("chatty", "unseen");
  await robot.sees(/101 lines/);
  expect(robot.screen()).not.toContain("unseen");
  await robot.press("G");
  await robot.sees("unseen");
  await robot.sees("following");
  await robot.press("k", "j");
  await robot.sees(/ following/);
});

test("f stops and goes on following", async () => {
  const robot = await openLog("chatty", chatty(100));
  await robot.sees("line 100.");
  await robot.press("f");
  await robot.sees("not following");
  robot.world.log("chatty", "unseen");
  await robot.sees("101 lines");
  await robot.press("f");
  await robot.sees("unseen");
});

/** Goes on with a key until that line is on the screen; every screen must go on from the one before. */
async function readTo(robot: Robot, key: string, end: number): Promise<void> {
  for (let press = 0; press < 400 && !numbers(robot).includes(end); press += 1) {
    const before = numbers(robot);
    await robot.press(key);
    await robot.until(() => consecutive(numbers(robot)), "lines without gaps");
    const [first = 0, last = 0] = [numbers(robot)[0], numbers(robot).at(-1)];
    expect(first).toBeLessThanOrEqual((before.at(-1) ?? 0) + 1);
    expect(last).toBeGreaterThanOrEqual((before[0] ?? 0) - 1);
  }
  expect(numbers(robot)).toContain(end);
}

test("older lines are fetched at the upper end, without gaps or doubles, down to the first", async () => {
  const robot = await openLog("chatty", chatty(3210));
  await robot.sees("line 3210.");
  await readTo(robot, "pageup", 1);
  await robot.sees("3210 lines");
  await robot.press("k");
  await robot.sees("from the beginning");
  await readTo(robot, "pagedown", 3210);
});

test("g goes to the first line at once, reading goes on from there, and G is at the end again", async () => {
  const robot = await openLog("chatty", chatty(3210));
  await robot.sees("line 3210.");
  await robot.press("g");
  await robot.sees(/^ line 1\.$/m);
  await robot.sees("1000 lines · from the beginning · more below");
  robot.world.log("chatty", "line 3211.");
  await readTo(robot, "pagedown", 3211);
  await robot.press("g", "G");
  await robot.sees("line 3211.");
  await robot.sees(/ following/);
  robot.world.log("chatty", "line 3212.");
  await robot.sees("line 3212.");
});

test("lines that were logged at the same moment are neither lost nor doubled at a page's edge", async () => {
  const robot = await openLog("chatty", {
    demo: { now: () => 1_790_000_000_000 },
    ...chatty(700),
  });
  await robot.sees("line 700.");
  await readTo(robot, "pageup", 1);
  await robot.sees("700 lines");
});

test("a search highlights all matches, and n and N go through them", async () => {
  const robot = await openLog("chatty", chatty(300));
  await robot.sees("line 300.");
  await robot.press("/");
  await robot.type("line 1");
  await robot.press("enter");
  await robot.sees("line 199.");
  expect(robot.looks("line 199.").map(({ inverse }) => inverse)).toEqual([
    ...Array.from({ length: 6 }, () => true),
    ...[false, false, false],
  ]);
  const top = () => numbers(robot)[0] ?? 0;
  expect(top()).toBe(199);
  await robot.press("N");
  await robot.until(() => top() === 198, "line 198 on top");
  await robot.press("n");
  await robot.until(() => top() === 199, "line 199 on top");
  await robot.press("n");
  await robot.sees("No further match.");
  await robot.press("esc");
  await robot.seesNot("/line 1");
  expect(robot.looks("line 199.")[0]?.inverse).toBe(false);
  await robot.press("esc");
  await robot.sees("NAME↑");
});

test("in a search capitals make case matter, and what is not there is said", async () => {
  const robot = await openLog("chatty", chatty(30));
  robot.world.log("chatty", "Panic in the kernel");
  await robot.sees("Panic");
  await robot.press("/panic\r");
  expect(robot.looks("Panic")[0]?.inverse).toBe(true);
  await robot.press("/", "PANIC", "enter");
  await robot.sees("No earlier match.");
});

test("letters of a search are no keys, and pasted text goes into it", async () => {
  const robot = await openLog("chatty", chatty(30));
  await robot.press("/");
  await robot.type("q");
  await robot.paste("wTS\n");
  await robot.sees(/^ \/ qwTS/m);
  await robot.press("esc");
  await robot.sees("Logs chatty");
});

test("w wraps long lines, arrows go sideways where they are cut", async () => {
  const robot = await openLog("chatty", { columns: 80, rows: 24, ...chatty(3) });
  robot.world.log("chatty", `begin ${"x".repeat(100)} end`);
  await robot.sees("begin xxx");
  expect(robot.screen()).not.toContain("end");
  await robot.press("w");
  await robot.sees("wrapped");
  await robot.sees(/x end/);
  await robot.press("w", "right", "right");
  await robot.sees(/x end/);
  await robot.press("left", "left");
  await robot.sees("begin");
});

test("every row of wrapped lines can be reached by going down row by row, and up", async () => {
  const robot = await openLog("chatty", {
    ...{ columns: 80, rows: 14 },
    before: ({ world }) => {
      world.add({ name: "chatty", status: "running", voice: "none" });
      for (let line = 1; line <= 30; line += 1) world.log("chatty", `line ${line}. ${"x".repeat(200)}`);
    },
  });
  await robot.sees("line 30.");
  await robot.press("w", "g");
  await robot.sees("line 1.");
  const seen = new Set(numbers(robot));
  for (let step = 0; step < 90; step += 1) {
    await robot.press("j");
    for (const number of numbers(robot)) seen.add(number);
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  await robot.press("G", "k");
  expect(numbers(robot).length).toBeGreaterThan(0);
  expect(Math.max(...numbers(robot))).toBeGreaterThanOrEqual(29);
});

test("T shows times, S stdout and stderr one by one", async () => {
  const robot = await openLog("chatty", chatty(3));
  robot.world.log("chatty", "on the other stream", "stderr");
  await robot.sees("!on the other stream");
  await robot.press("T");
  await robot.sees(/^ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} line 3\./m);
  await robot.press("T");
  await robot.sees(/^ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} line 3\./m);
  await robot.press("T");
  await robot.sees(/^ +(now|\d+s ago) line 3\./m);
  await robot.press("T", "S");
  await robot.seesNot("ago line 3.");
  await robot.sees("stdout only");
  await robot.seesNot("on the other stream");
  await robot.press("S");
  await robot.sees("stderr only");
  await robot.seesNot("line 3.");
  await robot.press("S");
  await robot.sees("line 3.");
});

test("c clears what is shown, and new lines go on", async () => {
  const robot = await openLog("chatty", chatty(30));
  await robot.sees("line 30.");
  await robot.press("c");
  await robot.seesNot("line 30.");
  robot.world.log("chatty", "after that");
  await robot.sees("after that");
  expect(robot.screen()).not.toContain("line 30.");
});

test("what was cleared does not come back when the container starts again", async () => {
  const robot = await openLog("chatty", chatty(30));
  await robot.sees("line 30.");
  await robot.press("c");
  await robot.seesNot("line 30.");
  robot.world.change("chatty", { status: "exited" });
  await robot.sees("ended: the container does not run");
  robot.world.change("chatty", { status: "running" });
  await robot.sees("following");
  robot.world.log("chatty", "born again");
  await robot.sees("born again");
  expect(robot.screen()).not.toContain("line 30.");
});

test("a container with a terminal of its own is read as it writes", async () => {
  const robot = await openLog("toolbox");
  await robot.sees(/^ \/ # echo tick \d+$/m);
  expect(robot.looks("/ # echo")[0]?.bold).toBe(true);
  expect(robot.looks("echo tick")[0]?.bold).toBe(false);
  expect(robot.screen()).not.toMatch(/^ .*\d{4}-\d\d-\d\dT/m);
});

test("control sequences in a log are shown harmlessly, and colours are kept", async () => {
  const robot = await openLog("legacy-report");
  await robot.sees("clear screen  and move");
  await robot.sees("progress 100%");
  const screen = robot.screen();
  expect(screen).not.toMatch(/progress 10%/);
  expect(screen).not.toMatch(/PWNED|evil\.example|cm0g/);
  for (const character of screen)
    expect(character === "\n" || character >= " ", JSON.stringify(character)).toBe(true);
  expect(screen).not.toMatch(/[\u007f-\u009f\u202a-\u202e]/);
  expect(robot.rows()[0]).toContain("dockui");
  await robot.press("esc");
  await robot.goTo("ci-runner");
  await robot.press("l");
  await robot.sees(/^ PASS suite/m);
  expect(robot.looks("PASS")[0]?.foreground).toBe(2);
});

test("a log driver that cannot be read is told", async () => {
  const robot = await openLog("silent", { columns: 80, rows: 24 });
  await robot.sees("ended: the log driver is none, which keeps nothing.");
  const told = body(robot)
    .map((row) => row.trim())
    .join(" ");
  expect(told).toContain("The log driver is none, which keeps nothing. Attach to see what is written");
  expect(told).toContain("or create the container again with --log-driver local.");
});

test("a log ends with its container and goes on with it, without doubling a line", async () => {
  const robot = await openLog("chatty", chatty(5));
  await robot.sees("line 5.");
  robot.world.change("chatty", { status: "exited" });
  await robot.sees("ended: the container does not run");
  robot.world.change("chatty", { status: "running" });
  await robot.seesNot("ended");
  robot.world.log("chatty", "line 6.");
  await robot.sees("line 6.");
  expect(numbers(robot)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a log whose container is removed says so, and esc goes back to a list without it", async () => {
  const robot = await openLog("chatty", chatty(5));
  await robot.sees("line 5.");
  robot.world.remove("chatty");
  await robot.sees(/ended/);
  await robot.sees("line 5.");
  await robot.press("esc");
  await robot.sees("NAME↑");
  await robot.seesNot("chatty");
});

test("a log goes on where it was when the engine comes back", async () => {
  const robot = await openLog("chatty", chatty(5));
  await robot.sees("line 5.");
  await robot.engine.goDown();
  await robot.sees("○ lost");
  robot.world.log("chatty", "line 6.");
  await robot.engine.comeBack();
  await robot.sees("● live");
  await robot.sees("line 6.");
  robot.world.log("chatty", "line 7.");
  await robot.sees("line 7.");
  expect(numbers(robot)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("the log of a stopped container can be opened while the engine is away, and is read when it is back", async () => {
  const robot = await openContainers();
  await robot.goTo("smoke-test");
  await robot.engine.goDown();
  await robot.sees("○ lost");
  await robot.press("l");
  await robot.sees("Logs smoke-test");
  await robot.engine.comeBack();
  await robot.sees("● live");
  await robot.sees("connecting to amqp://queue:5672");
});

test("where one was in a log is kept while help lies over it", async () => {
  const robot = await openLog("chatty", chatty(300));
  await robot.sees("line 300.");
  await robot.press("/line 10\r");
  await robot.sees("/line 10");
  const before = numbers(robot)[0];
  await robot.press("?");
  await robot.sees("Keys here");
  await robot.press("esc");
  await robot.sees("/line 10");
  expect(numbers(robot)[0]).toBe(before);
  robot.world.log("chatty", "line 301.");
  await robot.press("esc", "G");
  await robot.sees("line 301.");
  expect(consecutive(numbers(robot))).toBe(true);
});

test("leaving a log closes its stream", async () => {
  let readers = 0;
  const robot = await openLog("chatty", {
    before({ world }) {
      chatty(5).before({ world });
      const { onLog } = world;
      Object.assign(world, {
        onLog(hear: (id: string) => void) {
          readers += 1;
          const stop = onLog(hear);
          return () => {
            readers -= 1;
            stop();
          };
        },
      });
    },
  });
  await robot.sees("line 5.");
  expect(readers).toBe(1);
  await robot.press("esc");
  await robot.sees("NAME↑");
  await expect.poll(() => readers).toBe(0);
});

test("a flood of lines leaves the keys alive", async () => {
  const robot = await openLog("chatty", chatty(5));
  await robot.sees("line 5.");
  for (let line = 0; line < 20_000; line += 1) robot.world.log("chatty", `flood ${line}`);
  await robot.press("w");
  await robot.sees("wrapped");
  await robot.sees("flood 19999");
  await robot.sees("20005 lines");
});

test("a line of forty thousand letters takes one row, or as many as it needs", async () => {
  const robot = await openLog("long-lines", { columns: 80, rows: 24 });
  await robot.sees(/^ dump \d+ 0123456789abcdef/m);
  for (const row of robot.rows()) expect(row.length).toBeLessThanOrEqual(80);
  await robot.press("w");
  await robot.sees("wrapped");
  for (const row of robot.rows()) expect(row.length).toBeLessThanOrEqual(80);
  expect(title(robot)).toContain("Logs long-lines");
});

test("& shows only lines that match, with lines around them, and Esc shows all again", async () => {
  const robot = await openLog("chatty", chatty(300));
  await robot.sees("line 300.");
  await robot.press("&");
  await robot.sees("Which lines shall be shown?");
  await robot.type("/[05]0\\.$/");
  await robot.press("\u0013");
  await robot.sees("& /[05]0\\.$/");
  await robot.sees("6 of 300 lines");
  expect(numbers(robot)).toEqual([50, 100, 150, 200, 250, 300]);
  await robot.press("&", "tab");
  await robot.type("!200");
  await robot.press("\u0013");
  await robot.until(() => !numbers(robot).includes(200), "line 200 is left out");
  expect(numbers(robot)).toEqual([50, 100, 150, 250, 300]);
  await robot.press("+");
  await robot.until(() => numbers(robot).includes(299), "a line around");
  expect(numbers(robot).slice(0, 6)).toEqual([49, 50, 51, 99, 100, 101]);
  await robot.press("-");
  await robot.until(() => !numbers(robot).includes(299), "no line around");
  robot.world.log("chatty", "line 350.");
  await robot.sees("line 350.");
  robot.world.log("chatty", "line 351.");
  await robot.sees("6 of 302 lines");
  expect(numbers(robot)).not.toContain(351);
  await robot.press("esc");
  await robot.sees("line 351.");
});

test("a filter that is no expression is refused, and the log stays as it was", async () => {
  const robot = await openLog("chatty", chatty(30));
  await robot.press("&");
  await robot.type("/(/");
  await robot.press("\u0013");
  await robot.sees("✗");
  await robot.press("esc");
  await robot.sees("line 30.");
});

test("a search counts its matches and says at which one it is; an expression may be searched for", async () => {
  const robot = await openLog("chatty", chatty(300));
  await robot.press("/");
  await robot.type("/line 1\\d\\./");
  await robot.press("enter");
  await robot.sees("(10/10)");
  await robot.press("N", "N");
  await robot.sees("(8/10)");
  expect(numbers(robot)[0]).toBe(17);
});

test("e and E go through the lines that say they are errors", async () => {
  const robot = await openLog("chatty", {
    before: ({ world }) => {
      world.add({ name: "chatty", status: "running", voice: "none" });
      for (let line = 1; line <= 200; line += 1)
        world.log("chatty", line % 70 === 0 ? `ERROR line ${line}.` : `INFO line ${line}. 0 errors`);
    },
  });
  await robot.sees("line 200.");
  await robot.press("E");
  await robot.until(() => numbers(robot)[0] === 140, "line 140 on top");
  await robot.press("E");
  await robot.until(() => numbers(robot)[0] === 70, "line 70 on top");
  await robot.press("E");
  await robot.sees("No earlier error.");
  await robot.press("e");
  await robot.until(() => numbers(robot)[0] === 140, "line 140 on top again");
});

test("@ goes to a time, the digits keep to one, and 0 reads all again", async () => {
  const now = Date.now();
  const robot = await openLog("chatty", {
    before: ({ world }) => {
      world.add({ name: "chatty", status: "running", voice: "none" });
      const { id } = world.change("chatty", {});
      world.written.set(
        id,
        Array.from({ length: 1440 }, (_, at) => ({
          ...{ at: now - (1440 - at) * 60_000, stream: "stdout" as const, text: `line ${at + 1}.` },
        })),
      );
    },
  });
  await robot.sees("line 1440.");
  await robot.press("@");
  await robot.type("soon");
  await robot.press("enter");
  await robot.sees("✗ A time such as 14:05");
  await robot.press("ctrl+u");
  await robot.type("-12h");
  await robot.press("enter");
  await robot.until(() => [720, 721, 722].includes(numbers(robot)[0] ?? 0), "the line of twelve hours ago");
  await robot.sees("more below");
  await robot.press("4");
  await robot.sees("last hour");
  await robot.until(() => numbers(robot).includes(1440), "the end");
  await robot.press("g");
  await robot.until(() => [1381, 1382].includes(numbers(robot)[0] ?? 0), "the line of an hour ago");
  await robot.press("0");
  await robot.sees("500 lines");
  await robot.seesNot("last hour");
});

test("v selects lines, y copies them, and Esc selects nothing", async () => {
  const robot = await openLog("chatty", chatty(100));
  await robot.sees("line 100.");
  await robot.press("v", "k", "k");
  await robot.sees(/^▌line 98\.$/m);
  await robot.sees(/^│line 100\.$/m);
  await robot.press("y");
  await robot.sees("Sent 3 lines to the terminal's clipboard.");
  expect(robot.host).toContain("copy line 98.\nline 99.\nline 100.");
  await robot.seesNot("▌");
  await robot.press("v", "esc");
  await robot.seesNot("▌");
  await robot.sees("Logs chatty");
});

test("m puts a mark below the last line", async () => {
  const robot = await openLog("chatty", chatty(3));
  await robot.sees("line 3.");
  await robot.press("m");
  await robot.sees(/line 3\.\n ──── \d{4}-\d\d-\d\d \d\d:\d\d:\d\d ────/);
});

test("JSON and logfmt lines are shown in one form, and r shows them as they were written", async () => {
  const robot = await openLog("chatty", chatty(1));
  const json = '{"level":"error","msg":"no route","time":"2026-11-21T10:00:00Z","peer":"10.0.0.1"}';
  robot.world.log("chatty", json);
  robot.world.log("chatty", 'level=warn msg="slow answer" took=3s');
  await robot.sees(/ERROR no route peer=10\.0\.0\.1/);
  await robot.sees(/WARN {2}slow answer took=3s/);
  await robot.press("r");
  await robot.sees(json);
});

test("M mutes the lines of some of several containers", async () => {
  const robot = await openContainers({
    before: ({ world }) => {
      for (const name of ["chatty-a", "chatty-b"]) {
        world.add({ name, status: "running", voice: "none" });
        for (let line = 1; line <= 5; line += 1) world.log(name, `of ${name} ${line}`);
      }
    },
  });
  await robot.press("/");
  await robot.type("chatty-");
  await robot.press("enter", "*", "l");
  await robot.sees("of chatty-b 5");
  await robot.press("M");
  await robot.sees("Whose lines shall be shown?");
  await robot.press("a", "y");
  await robot.sees("1 muted");
  await robot.seesNot(/chatty-a +of chatty-a/);
  await robot.sees("of chatty-b 5");
});

test("Enter opens a line of JSON as a tree, and any other one whole", async () => {
  const robot = await openLog("chatty", chatty(1));
  robot.world.log(
    "chatty",
    '{"level":"info","msg":"a call","request":{"path":"/orders","\\u001b[31mheader":"\\u001b]0;x"}}',
  );
  await robot.sees("INFO  a call");
  await robot.press("enter");
  await robot.sees("Line of 20");
  await robot.sees(/request: \{2\}/);
  await robot.press("esc");
  await robot.press("v", "k", "enter");
  await robot.sees("Line of 20");
  await robot.sees(/^ line 1\.$/m);
  await robot.press("esc", "esc");
  await robot.sees("INFO  a call");
});
