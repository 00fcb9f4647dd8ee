import { expect, test } from "vitest";
import { levels } from "../../../src/format/log/level.ts";
import { readStructure, type Structured } from "../../../src/format/log/structure.ts";
import { type Ink, type Look, structuredLine } from "../../../src/format/log/structured-line.ts";

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
