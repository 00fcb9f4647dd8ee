import { expect, test } from "vitest";
import { placeColumns } from "../../../src/format/columns.ts";
import { levels } from "../../../src/format/log/level.ts";
import { readStructure, type Structured } from "../../../src/format/log/structure.ts";
import {
  columnsOfFields,
  fieldText,
  type Ink,
  type Look,
  structuredLine,
} from "../../../src/format/log/structured-line.ts";

const look = (ink: (name: string) => Ink): Look => ({
  time: ink("time"),
  level: Object.fromEntries(levels.map((level) => [level, ink(level)])) as Look["level"],
  message: ink("message"),
  key: ink("key"),
  value: ink("value"),
  zone: "utc",
});
const plain = look(() => ({ open: "", close: "" }));
const read = (text: string): Structured =>
  readStructure(text) ?? { kind: "json", message: text, fields: [], value: undefined };

test.each([
  [
    '{"level":30,"time":1795226348515,"msg":"hello world","pid":7,"req":{"url":"/?a=1"}}',
    '01:59:08.515 INFO  hello world pid=7 req.url="/?a=1"',
  ],
  ["level=error a=1", "ERROR a=1"],
  ['ts=2026-11-21T10:00:00Z msg="x" b=""', '10:00:00.000 x b=""'],
  ['{"msg":"","a":"two words","b":"say \\"hi\\"","c":"é日"}', 'a="two words" b="say \\"hi\\"" c=é日'],
  ['{"msg":"a\\nb\\tc","my key":1,"":2}', 'a␊b  c "my key"=1 ""=2'],
  ['{"msg":"\\u001b[31mred\\u001b[0m \\u001b[2J\\u202e","k\\u0007":"x\\ry"}', "red ␛[2J\\u202e k␇=x␍y"],
  [`{"a":"${"x".repeat(5)}","list":[1,2]}`, "a=xxxxx list=[1,2]"],
])("%s is shown as %s", (text, shown) => {
  expect(structuredLine(read(text), plain)).toBe(shown);
});

test("fields beyond the bound are counted at the end", () => {
  expect(structuredLine(read("a=1 ".repeat(66)), plain)).toMatch(/ a=1 … 2 more$/);
});

test("each part has the style that was handed in", () => {
  const named = look((name) => ({ open: `<${name}>`, close: "</>" }));
  expect(structuredLine(read("time=10:00:00 level=warn msg=x a=1"), named)).toBe(
    "<time>10:00:00</> <warn>WARN </> <message>x</> <key>a=</><value>1</>",
  );
});

test("a field is a cell of clean text, empty where a line has none", () => {
  const line = read('{"a":"x\\ny","b":1}');
  expect([fieldText(line, "a"), fieldText(line, "b"), fieldText(line, "c")]).toEqual(["x␊y", "1", ""]);
});

test("columns are the fields that more than half of the lines have, in the order they appear", () => {
  const lines = [
    "rare=1 method=GET status=200",
    "method=DELETE status=404 x=1",
    "method=PUT path=/",
    "status=5 b=1",
  ];
  expect(columnsOfFields(lines.map(read))).toEqual([
    { id: "method", min: 4, max: 6, wanted: 6, rank: 0 },
    { id: "status", min: 4, max: 6, wanted: 6, rank: 1 },
  ]);
});

test("a field that is there twice counts once, and nothing has no columns", () => {
  expect(columnsOfFields([read("a=1 a=2"), read("b=1 c=1")])).toEqual([]);
  expect(columnsOfFields([])).toEqual([]);
});

test("columns are eight at most, the most frequent, and of bounded width", () => {
  const many = Array.from({ length: 12 }, (_, key) => `k${key}=${"日".repeat(40)}`).join(" ");
  const columns = columnsOfFields([read(many), read(many), read("k11=1 k10=2")]);
  expect(columns.map(({ id }) => id)).toEqual(["k0", "k1", "k2", "k3", "k4", "k5", "k10", "k11"]);
  expect(columns.find(({ id }) => id === "k10")?.rank).toBe(0);
  for (const { max, wanted } of columns) expect([max, wanted]).toEqual([32, 32]);
  const placed = placeColumns(columns, 80, 1);
  expect(placed.map(({ id }) => id)).toEqual(["k0", "k10", "k11"]);
});
