import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import type { Pager, Pagers } from "../../src/docker/pager.ts";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

/** The request for a log from end to end, not that of a view for some of its lines. */
const wholeLog = { path: /\/logs$/, query: /^(?!.*tail=)/ };

/** The log of a container with those lines. */
async function openLog(lines: readonly string[], options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers({
    ...options,
    before({ world }) {
      world.add({ name: "chatty", status: "running", voice: "none" });
      for (const line of lines) world.log("chatty", line);
    },
  });
  await robot.goTo("chatty");
  await robot.press("l");
  await robot.sees("Logs chatty");
  await robot.sees(` ${Math.min(500, lines.length)} line`); // so many are kept at first
  return robot;
}

/** The text of the log that is inverse, row by row. */
function inverse(robot: Robot): string[] {
  return robot.rows().flatMap((row, y) => {
    if (y < 3) return [];
    const marked = [...row].filter((_, x) => robot.cell(x, y).inverse).join("");
    return marked === "" ? [] : [marked];
  });
}

test("words are selected one by one and over lines, exactly as they are marked", async () => {
  const robot = await openLog(["first line", "GET /orders?id=42 10.0.0.1", "last line"]);
  await robot.press("v", "k", "l");
  expect(inverse(robot)).toEqual(["GET"]);
  await robot.press("right", "l", "l", "l");
  expect(inverse(robot)).toEqual(["10.0.0.1"]);
  await robot.press("y");
  await robot.sees("Sent 10.0.0.1 to the terminal's clipboard.");
  expect(robot.host).toContain("copy 10.0.0.1");
  await robot.press("v", "j", "h", "j");
  expect(inverse(robot)).toEqual(["10.0.0.1", "last line"]);
  await robot.press("^", "y");
  await robot.sees("Sent 2 lines, the first and the last from word to word, to the terminal's clipboard.");
  expect(robot.host).toContain("copy 10.0.0.1\nlast");
});

test("V takes whole lines again and o the other end; keys of the log do nothing meanwhile", async () => {
  const robot = await openLog(["first line", "second line", "third line"]);
  await robot.press("v", "V");
  await robot.sees("Whole lines are selected: → selects words.");
  await robot.press("k", "$", "o", "k");
  expect(inverse(robot)).toEqual(["line", "second line"]);
  await robot.press("e");
  await robot.sees("e does nothing here; ? lists the keys.");
  await robot.press("V", "y");
  await robot.sees("Sent 2 lines to the terminal's clipboard.");
  expect(robot.host).toContain("copy first line\nsecond line");
});

test("a value is picked out of a JSON line as it is shown, or as it was written", async () => {
  const robot = await openLog(['{"level":"error","msg":"no route","peer":"10.0.0.1"}']);
  await robot.sees("ERROR no route peer=10.0.0.1");
  await robot.press("v", "h", "y");
  await robot.sees("Sent 10.0.0.1 to the terminal's clipboard.");
  await robot.press("v", "y");
  await robot.sees("Sent 1 line to the terminal's clipboard.");
  expect(robot.host.at(-1)).toContain('"peer":"10.0.0.1"');
});

test("words beyond the edge are scrolled to, and wrapped lines are marked in all their rows", async () => {
  const long = Array.from({ length: 60 }, (_, word) => `word${word}`).join("=");
  const robot = await openLog([long], { columns: 80, rows: 24 });
  await robot.press("v", "$");
  expect(inverse(robot)).toEqual(["word59"]);
  await robot.press("esc", "w", "v", "^", "o", "$");
  expect(inverse(robot).length).toBeGreaterThan(4);
  expect(inverse(robot).join("")).toBe(long);
});

/** A new folder, gone after the test. */
function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), "dockui-save-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Asks to save into that file; the fields behind it are turned by `more`. */
async function saveTo(robot: Robot, file: string, ...more: string[]): Promise<void> {
  await robot.press("ctrl+s");
  await robot.sees("to a file of this machine?");
  await robot.press("ctrl+u");
  await robot.type(file);
  await robot.press(...more, "ctrl+s");
}

const many = Array.from({ length: 2000 }, (_, at) => `line ${at + 1}.`);

test("what is too much for the clipboard is offered to be saved, under a name that is free", async () => {
  const robot = await openLog(Array.from({ length: 300 }, (_, at) => `line ${at + 1}. ${"x".repeat(400)}`));
  await robot.press("v", "g");
  await robot.sees(/^▌line 1\. /m);
  await robot.press("y");
  await robot.sees(/12\dkB are too much for the terminal's clipboard. Save it to a file of this machine\?/);
  await robot.sees(/File +chatty\.log/);
  const file = join(folderFor(), "taken.log");
  await robot.press("ctrl+u");
  await robot.type(file);
  await robot.press("enter");
  await robot.sees(/Saved 12\dkB to/);
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(301);
  expect(robot.host).toEqual([]);
  await robot.seesNot("▌");
});

test("left alone, the offer leaves the selection as it was", async () => {
  const robot = await openLog(Array.from({ length: 300 }, (_, at) => `line ${at + 1}. ${"x".repeat(400)}`));
  await robot.press("v", "g", "y", "esc");
  await robot.sees(/^▌line 1\. /m);
});

test("ctrl+s saves what is kept, never over a file that is there", async () => {
  const file = join(folderFor(), "chatty.log");
  const robot = await openLog(many.slice(0, 30));
  await saveTo(robot, file);
  await robot.sees(/Saved \d+B to/);
  const saved = readFileSync(file, "utf8");
  expect(saved).toBe(
    many
      .slice(0, 30)
      .map((line) => `${line}\n`)
      .join(""),
  );
  await saveTo(robot, file);
  await robot.sees("✗ There is a file of that name already.");
  await robot.press("ctrl+u");
  await robot.type(`${file}/deeper`);
  await robot.sees(`✗ There is no folder ${file} here.`);
  await robot.press("esc");
  expect(readFileSync(file, "utf8")).toBe(saved);
});

test("the whole log goes into a file, though only its end is kept", async () => {
  const file = join(folderFor(), "whole.log");
  const robot = await openLog(many);
  await saveTo(robot, file, "tab", "right");
  await robot.sees(/Saved 20\.\dkB, 2000 lines of chatty to/);
  expect(readFileSync(file, "utf8")).toBe(many.map((line) => `${line}\n`).join(""));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await robot.press("esc", "J");
  await robot.sees(/docker logs chatty 2>&1 >/);
});

test("a folder takes the whole log under the container's name, with times and only what is shown", async () => {
  const folder = folderFor();
  const robot = await openLog(many);
  await robot.press("&");
  await robot.type("/[05]0\\.$/");
  await robot.press("ctrl+s");
  await robot.sees("& /[05]0");
  await robot.press("T");
  await saveTo(robot, folder, "tab", "right");
  await robot.sees(/40 lines of chatty to/);
  const saved = readFileSync(join(folder, "chatty.log"), "utf8").trimEnd().split("\n");
  expect(saved).toHaveLength(40);
  for (const line of saved) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z line \d*[05]0\.$/);
});

test("text is saved harmless, or as it was written", async () => {
  const [plain, raw] = [join(folderFor(), "plain.log"), join(folderFor(), "raw.log")];
  const line = "\u001b[31mred\u001b[0m\u0007 10%\r50%";
  const robot = await openLog([line]);
  await saveTo(robot, plain);
  await robot.sees("Saved");
  expect(readFileSync(plain, "utf8")).toBe("50%\n");
  await saveTo(robot, raw, "shift+tab", "right");
  await robot.sees("raw.log.");
  expect(readFileSync(raw, "utf8")).toBe(`${line}\n`);
});

test("several logs are saved as one by time, each line with its name; one that cannot be read is told", async () => {
  const file = join(folderFor(), "all.log");
  const begun = Date.now() - 100_000;
  const robot = await openContainers({
    before({ world }) {
      for (const name of ["pair-a", "pair-b"]) world.add({ name, status: "running", voice: "none" });
      world.add({ name: "pair-c", status: "running", voice: "none", logDriver: "none" });
      for (const name of ["pair-a", "pair-b"])
        world.written.set(
          world.change(name, {}).id,
          Array.from({ length: 100 }, (_, at) => ({
            ...{ at: begun + at, stream: "stdout" as const, text: `line ${at}` },
          })).filter((_, at) => (at % 3 === 0) === (name === "pair-a")),
        );
    },
  });
  await robot.press("/pair-\r");
  await robot.press("*", "l");
  await robot.sees(/line 99$/m);
  await saveTo(robot, file, "tab", "right");
  await robot.sees(/100 lines of logs to/);
  await robot.sees("pair-c is left out: configured");
  expect(readFileSync(file, "utf8")).toBe(
    Array.from({ length: 100 }, (_, at) => `pair-${at % 3 === 0 ? "a" : "b"} | line ${at}\n`).join(""),
  );
});

test("a save that waits for the engine is told in the title and on the row, and x cancels it", async () => {
  const folder = folderFor();
  const robot = await openLog(many);
  robot.engine.answerNext(wholeLog, { status: 200, message: "", delayMs: 60_000 });
  await saveTo(robot, join(folder, "whole.log"), "tab", "right");
  await robot.sees("… saving log 0B");
  await robot.press("ctrl+s");
  await robot.sees("It is being saved already: x cancels.");
  await robot.press("esc");
  await robot.seesRow("chatty", /saving log 0B/);
  await robot.press("q");
  await robot.sees("Quit while this is going on?");
  await robot.press("esc", "l");
  await robot.sees("… saving log 0B");
  await robot.press("x");
  await robot.sees("whole.log is not written: cancelled; nothing of it is left behind.");
  expect(readdirSync(folder)).toEqual([]);
  await robot.press("x");
  await robot.sees("The log is not being saved.");
});

test("an engine that goes meanwhile leaves no file, and that is said", async () => {
  const folder = folderFor();
  const robot = await openLog(many);
  robot.engine.answerNext(wholeLog, { status: 200, message: "", delayMs: 60_000 });
  await saveTo(robot, join(folder, "whole.log"), "tab", "right");
  await expect.poll(() => robot.calls(/\/logs\?(?!.*tail=)/)).toHaveLength(1);
  await robot.engine.goDown();
  await robot.sees(/whole\.log is not written: The connection to .* broke\./);
  expect(readdirSync(folder)).toEqual([]);
});

test("what a program wrote is saved as it is kept, there is nothing else of it", async () => {
  const file = join(folderFor(), "output.log");
  const robot = await openContainers();
  await robot.goTo("toolbox");
  await robot.press("E");
  await robot.type("echo hello");
  await robot.press("ctrl+s");
  await robot.sees("ended with exit code");
  await robot.press("ctrl+s");
  await robot.sees("Save the lines of output to a file of this machine?");
  expect(robot.screen()).not.toContain("whole log");
  await robot.press("ctrl+u");
  await robot.type(file);
  await robot.press("ctrl+s");
  await robot.sees(/Saved \d+B to/);
});

/** A pager that keeps what it is given, and is quit when it has all of it. */
function collecting() {
  const got: string[] = [];
  const pager: Pager = {
    ...{ name: "less", coloured: true, prints: false },
    async open() {
      const input = new PassThrough();
      const ended = (async () => {
        for await (const bytes of input) got.push(String(bytes));
        return { code: 0, signal: null };
      })();
      return { input, ended };
    },
  };
  const pagers: Pagers = { find: () => pager, leave: async () => {} };
  return { pagers, text: () => got.join("") };
}

test("| opens the kept lines in the pager, with their colours and the filters, harmless", async () => {
  const { pagers, text } = collecting();
  const lines = ["\u001b[31mred\u001b[0m \u001b]0;title\u0007one", "two", "\u001b[2Jthree one\u0007"];
  const robot = await openLog(lines, { pagers });
  await robot.press("&", "one", "ctrl+s");
  await robot.sees("& one");
  await robot.press("|");
  await robot.sees("Open the lines of chatty in less?");
  await robot.sees(/Only what is shown +\[x\]/);
  await robot.press("ctrl+s");
  await robot.until(() => text() !== "", "what the pager got");
  await robot.sees("Logs chatty");
  expect(text()).toBe("\u001b[31mred\u001b[0m one\nthree one␇\n");
});

test("| opens the whole log, plain and with times where that is wanted", async () => {
  const { pagers, text } = collecting();
  const robot = await openLog(many, { pagers });
  await robot.press("|");
  await robot.sees("Open the lines of chatty in less?");
  await robot.press("right", "tab", "space", "tab", "space", "ctrl+s");
  await robot.until(() => text().includes("line 2000."), "all lines");
  const shown = text().trimEnd().split("\n");
  expect(shown).toHaveLength(2000);
  for (const line of shown) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z line \d+\.$/);
});

test("| says that there is no pager where there is none", async () => {
  const robot = await openLog(["one"]);
  await robot.press("|");
  await robot.sees("There is no pager here.");
});
