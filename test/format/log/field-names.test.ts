import { expect, test } from "vitest";
import { chosenFields, countFields, readNames, writeNames } from "../../../src/format/log/field-names.ts";
import { readStructure } from "../../../src/format/log/structure.ts";

const linesOf = (...texts: string[]) => texts.flatMap((text) => readStructure(text) ?? []);

test("fields are counted by the lines that have them, the most frequent first, with a value as an example", () => {
  const lines = linesOf(
    "rare=null path=/a status=200",
    "path=/b status=404 status=5",
    '{"status":1,"rare":7,"req":{"id":"\\u001b[2Jx"}}',
  );
  expect(countFields(lines)).toEqual([
    { key: "status", lines: 3, example: "200" },
    { key: "rare", lines: 2, example: "7" },
    { key: "path", lines: 2, example: "/a" },
    { key: "req.id", lines: 1, example: "␛[2Jx" },
  ]);
});

test("time, level and message are no fields, and neither is the count of those left out", () => {
  const many = Array.from({ length: 70 }, (_, at) => `k${at}=1`).join(" ");
  const names = countFields(linesOf(`time=10:00:00 level=info msg=x ${many}`)).map(({ key }) => key);
  expect(names).toHaveLength(64);
  expect(names).not.toContain("…");
  expect(names).not.toContain("msg");
});

test("names that differ without end are counted up to a bound", () => {
  const lines = Array.from({ length: 300 }, (_, line) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${line}-${at}`, 1]))),
  );
  expect(countFields(linesOf(...lines))).toHaveLength(2_000);
});

const keys = ["status", "path", "Path", "two words", 'a"b', "c,d", "", "e\u0007", "back\\slash"];

test.each([
  ["status,path", ["status", "path"]],
  [" path  status, ", ["path", "status"]],
  ["STATUS,Path,path,path", ["status", "Path", "path"]],
  ['"two words",status', ["two words", "status"]],
  ["e␇", ["e\u0007"]],
  ["", []],
])("%s names %j", (text, fields) => {
  expect(readNames(text, keys)).toEqual({ fields });
});

test("names are read as they are written, whatever is in them", () => {
  expect(readNames(writeNames(keys), keys)).toEqual({ fields: keys });
});

test.each([
  ["status,durration", "No line looked at has a field durration."],
  ["level", "Time and level stand in front, the message has a switch of its own."],
])("%s will not do: %s", (text, fault) => {
  expect(readNames(text, keys)).toEqual({ fault });
});

const ticks = (...on: string[]) => new Map(["a", "b", "c", "d"].map((key) => [key, on.includes(key)]));

test.each([
  ["nothing changed", ["b", "a"], ["b", "a"], ticks("a", "b"), ["b", "a"]],
  ["one typed", [], ["c"], ticks(), ["c"]],
  ["some ticked", [], [], ticks("d", "b"), ["b", "d"]],
  ["some typed, and others ticked", [], ["d"], ticks("a", "d"), ["d", "a"]],
  ["one taken out of the text", ["a", "b"], ["b"], ticks("a", "b"), ["b"]],
  ["a tick taken away", ["a", "b"], ["a", "b"], ticks("b"), ["b"]],
  ["another order", ["a", "b"], ["b", "a"], ticks("a", "b"), ["b", "a"]],
  ["one that has no switch", ["z"], ["z", "a"], ticks(), ["z", "a"]],
])("with %s the columns are as they were meant", (_, before, typed, ticked, chosen) => {
  expect(chosenFields(before, typed, ticked)).toEqual(chosen);
});
