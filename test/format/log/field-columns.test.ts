import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beginFields,
  type FieldChoice,
  fieldGrid,
  fieldWidths,
  gridHeading,
  gridLine,
  measureFields,
} from "../../../src/format/log/field-columns.ts";
import { levels } from "../../../src/format/log/level.ts";
import { readStructure, type Structured } from "../../../src/format/log/structure.ts";
import type { Ink, Look } from "../../../src/format/log/structured-line.ts";
import { width } from "../../../src/format/width.ts";

const look = (ink: (name: string) => Ink): Look => ({
  time: ink("time"),
  level: Object.fromEntries(levels.map((level) => [level, ink(level)])) as Look["level"],
  message: ink("message"),
  key: ink("key"),
  value: ink("value"),
  zone: "utc",
});
const plain = look(() => ({ open: "", close: "" }));

function read(text: string): Structured {
  const line = readStructure(text);
  if (!line) throw new Error(`${text} is not structured`);
  return line;
}

/** The heading and the lines as they are painted once all of them were measured. */
function painted(lines: readonly string[], choice: Partial<FieldChoice>, columns = 80): string[] {
  const whole = { fields: [], message: true, ...choice };
  const widths = fieldWidths();
  for (const line of lines) measureFields(widths, read(line), whole.fields);
  const grid = fieldGrid(widths, whole, columns);
  return [gridHeading(grid), ...lines.map((line) => gridLine(read(line), grid, plain))];
}

test("fields stand below each other under their names, numbers to the right, the message last", () => {
  const lines = [
    '{"time":"2026-11-21T10:00:00.5Z","level":"info","msg":"done","path":"/a","status":200,"took":1.5}',
    'level=error msg="no route" status=5 path=/long/path user=x',
    "status=404 took=null",
    '{"msg":"nothing of it","other":1}',
  ];
  expect(painted(lines, { fields: ["status", "path", "took"] })).toEqual([
    "time         level  status  path        took  message",
    "10:00:00.500 INFO      200  /a           1.5  done",
    "             ERROR       5  /long/path        no route",
    "                       404              null",
    "                                              nothing of it",
  ]);
});

test("without the message a line ends with its last field, and time and level have no room where no line has them", () => {
  const lines = ["msg=hello a=1 b=x", "msg=bye b=yy", "c=3 a=0"];
  expect(painted(lines, { fields: ["b", "a"], message: false })).toEqual(["b   a", "x   1", "yy", "    0"]);
});

test("columns of texts are to the left, as soon as one value is no number", () => {
  const valuesOf = (...values: string[]) =>
    painted(
      values.map((value) => `a=${value} b=1`),
      { fields: ["a"], message: false },
    ).slice(1);
  expect(valuesOf("1", "12", "1x")).toEqual(["1", "12", "1x"]);
  expect(valuesOf("1", "-1.5", "2e-7", "null", "-")).toEqual(["   1", "-1.5", "2e-7", "null", "   -"]);
});

test.each([
  [20, 8],
  [80, 20],
  [400, 40],
])("on %d columns a field has %d at most, and keeps its head and its end", (columns, most) => {
  const value = `start-${"x".repeat(300)}-end`;
  const [heading = "", line = ""] = painted([`a=${value} msg=m`], { fields: ["a"] }, columns);
  expect(line).toMatch(/^st.*….*nd {2}m$/);
  expect(heading.indexOf("message")).toBe(most + 2);
  expect(line.indexOf("m")).toBe(most + 2);
});

test("wide characters keep the columns where they are", () => {
  const lines = [
    '{"a":"漢字","msg":"x"}',
    '{"a":"漢字漢字漢字漢字漢字漢字漢字","msg":"y"}',
    '{"a":"e\u0301","msg":"z"}',
  ];
  const ends = painted(lines, { fields: ["a"] }).slice(1);
  expect(ends.map((line) => width(line.slice(0, -1)))).toEqual([22, 22, 22]);
});

test("widths grow and do not shrink", () => {
  const widths = fieldWidths();
  const choice = { fields: ["a"], message: true };
  expect(beginFields(widths, ["a"])).toBe(true);
  expect(beginFields(widths, ["a"])).toBe(false);
  const size = () => fieldGrid(widths, choice, 80).cells[0];
  expect(size()).toEqual({ key: "a", width: 1, align: "left" });
  measureFields(widths, read("a=12345 b=1"), ["a"]);
  expect(size()).toEqual({ key: "a", width: 5, align: "right" });
  measureFields(widths, read("a=1 b=1"), ["a"]);
  expect(size()).toEqual({ key: "a", width: 5, align: "right" });
});

test("each part has the style that was handed in", () => {
  const named = look((name) => ({ open: `<${name}>`, close: "</>" }));
  const line = read("time=10:00:00 level=warn msg=x a=1");
  const widths = fieldWidths();
  measureFields(widths, line, ["a"]);
  expect(gridLine(line, fieldGrid(widths, { fields: ["a"], message: true }, 80), named)).toBe(
    "<time>10:00:00</> <warn>WARN </>  <value>1</>  <message>x</>",
  );
});

test("what a field and its name hold is harmless", () => {
  const line = '{"a\\u001b[2J":"\\u001b[31mred\\u001b[0m\\u0007\\nx\\u202e","msg":"m\\tn"}';
  expect(painted([line], { fields: ["a\u001b[2J"] })).toEqual([
    "a␛[2J         message",
    "red␇␊x\\u202e  m  n",
  ]);
});

test("the message begins in the same column, whatever the fields hold", () => {
  const value = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(fc.array(fc.record({ a: value, b: value }), { minLength: 1 }), (values) => {
      const lines = values.map((fields) => JSON.stringify({ ...fields, level: "info", msg: "END" }));
      const [heading = "", ...rows] = painted(lines, { fields: ["b", "a"] });
      const begin = heading.length - "message".length;
      for (const row of rows) expect(width(row.slice(0, -"END".length))).toBe(begin);
    }),
  );
});
