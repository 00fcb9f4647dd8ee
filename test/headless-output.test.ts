import { expect, test } from "vitest";
import { createOutput } from "../src/headless/output.ts";
import { table } from "../src/headless/table.ts";
import { createFakeClock } from "./fake-clock.ts";

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) };
};

test("on a terminal what takes its time is told every second, and wiped away before anything else is written", async () => {
  const clock = createFakeClock();
  const [stdout, stderr] = [stream(true), stream(true)];
  const output = createOutput(stdout, stderr, clock);
  output.progress("Measuring");
  expect(stderr.written).toEqual([]);
  await clock.wind(2_000);
  output.progress("Measuring more than fits into a line of this terminal");
  await clock.wind(1_000);
  const blank = `\r${" ".repeat(39)}\r`;
  expect(stderr.written).toEqual([
    `\r${"Measuring … 1s".padEnd(39)}`,
    `\r${"Measuring … 2s".padEnd(39)}`,
    `\r${"Measuring more than fits into a line o…"}`,
  ]);
  output.out("done\n");
  expect([stderr.written.at(-1), stdout.written]).toEqual([blank, ["done\n"]]);
  output.complain("dockui: no\n");
  output.progress(undefined);
  await clock.wind(5_000);
  expect(stderr.written.slice(3)).toEqual([blank, "dockui: no\n"]);
  expect(output.columns).toBe(40);
});

test("in pipes nothing is written but what is asked for", async () => {
  const clock = createFakeClock();
  const [stdout, stderr] = [stream(false), stream(false)];
  const output = createOutput(stdout, stderr, clock);
  output.progress("Measuring");
  await clock.wind(5_000);
  output.out("done\n");
  output.progress(undefined);
  expect([stdout.written, stderr.written, output.columns]).toEqual([["done\n"], [], undefined]);
});

test("a table that fits, or may be as wide as it likes, is aligned and whole", () => {
  const rows = [
    ["NAME", "WHY"],
    ["a-long-name", "it is"],
    ["b", ""],
  ];
  const whole = "NAME          WHY\na-long-name   it is\nb\n";
  expect(table(rows)).toBe(whole);
  expect(table(rows, 19)).toBe(whole);
});

test("in a narrow terminal long cells are cut in their middle, and the last goes on below", () => {
  const rows = [
    ["KIND", "NAME", "WHY"],
    ["image", "registry.example.com/team/web:1", "no container uses it: --images all takes it"],
    ["net", "網絡名字很長很長很長很長", "no"],
  ];
  expect(table(rows, 40).split("\n")).toEqual([
    "KIND   NAME             WHY",
    "image  registr…m/web:1  no container",
    "                        uses it:",
    "                        --images all",
    "                        takes it",
    "net    網絡名…長很長    no",
    "",
  ]);
});
