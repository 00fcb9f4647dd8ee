import fc from "fast-check";
import { test } from "vitest";
import { createLineReader } from "../../../src/docker/logs.ts";
import { highlight, logText, plainText, sliceColumns } from "../../../src/format/ansi.ts";
import {
  fieldGrid,
  fieldWidths,
  gridHeading,
  gridLine,
  measureFields,
} from "../../../src/format/log/field-columns.ts";
import { countFields, readNames, writeNames } from "../../../src/format/log/field-names.ts";
import { parsePattern } from "../../../src/format/log/filter.ts";
import { levels } from "../../../src/format/log/level.ts";
import { readStructure, type Structured } from "../../../src/format/log/structure.ts";
import { type Look, structuredLine } from "../../../src/format/log/structured-line.ts";
import { applySgr, noStyle } from "../../../src/format/sgr.ts";
import { width } from "../../../src/format/width.ts";
import { wrapColumns } from "../../../src/format/wrap.ts";
import { hostileBytes } from "./hostile-bytes.ts";

const sgr = /\x1b\[([\d;]*)m/g;
/** No control, no direction mark, nothing unseen, no half of a character. */
const printable = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{115f}\u{1160}\u{3164}\u{ffa0}]*$/u;

const ink = (code: number) => ({ open: `\x1b[${code}m`, close: "\x1b[0m" });
const colours: Look = {
  time: ink(2),
  level: Object.fromEntries(levels.map((level, index) => [level, ink(31 + index)])) as Look["level"],
  message: { open: "", close: "" },
  key: ink(36),
  value: ink(1),
  zone: "utc",
};

/** The lines that the engine's reader makes of bytes that a container wrote. */
function linesOf(bytes: Buffer, tty: boolean): string[] {
  const lines: string[] = [];
  const reader = createLineReader(tty, ({ text }) => lines.push(text));
  const stamped = Buffer.concat([Buffer.from("2026-11-21T02:06:42.227052550Z "), bytes, Buffer.from("\n")]);
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(stamped.length, 4);
  reader.write(tty ? stamped : Buffer.concat([header, stamped]));
  reader.end();
  return lines;
}

/** What the terminal gets is printable text, and styles that are all switched off at the end. */
function faultOf(text: string): string | undefined {
  if (!printable.test(text.replace(sgr, ""))) return "not printable";
  if (/\x1b\[[\d;]*m[\p{Mn}\p{Me}]/u.test(text)) return "a style between a letter and its mark";
  let style = noStyle;
  for (const [, parameters = ""] of text.matchAll(sgr)) {
    if (parameters.length > 80) return "an overlong style";
    style = applySgr(style, parameters);
  }
  return Object.keys(style).length > 0 ? "a style that does not end" : undefined;
}

/** Throws unless the text is harmless and at most so wide; `expect` is too slow for a million texts. */
function expectFits(text: string, columns = Number.POSITIVE_INFINITY): void {
  const fault = width(text) > columns ? `wider than ${columns}` : faultOf(text);
  if (fault !== undefined) throw new Error(`${JSON.stringify(text)}: ${fault}`);
}

/** The part of the screen that a text is painted into: its width, and columns scrolled to the right. */
type Window = { columns: number; left: number };
const windows: fc.Arbitrary<Window> = fc.record({
  columns: fc.constantFrom(1, 2, 3, 7, 20, 80),
  left: fc.constantFrom(0, 1, 2, 3, 8),
});

/** Throws unless the text is harmless as a whole, and fits cut and wrapped. */
function expectPainted(text: string, { columns, left }: Window): void {
  expectFits(text);
  expectFits(sliceColumns(text, left, columns), columns);
  for (const row of wrapColumns(text, columns)) expectFits(row, columns);
}

const patterns = [
  "a",
  "error",
  "re:.",
  "re:\\w+",
  "/[^ ]{2}/",
  "re:\\W",
  "日",
  "\u0301",
  "re:\\p{M}|🇪",
  "!x",
];

/** Paints a line as the view does, with and without everything that is found marked. */
function expectShown(text: string, { sought, window }: Reading): void {
  const pattern = parsePattern(sought);
  if ("fault" in pattern) throw new Error(pattern.fault);
  const hits = pattern.find(plainText(text));
  if (!pattern.negated && hits.length > 0 !== pattern.test(plainText(text))) throw new Error("found or not?");
  expectPainted(text, window);
  if (hits.length > 0) expectPainted(highlight(text, hits, "\x1b[7m", "\x1b[27m"), window);
}

function expectStructured(line: Structured, reading: Reading): void {
  expectShown(structuredLine(line, colours), reading);
  const fields = [...countFields([line]).map(({ key }) => key), "nowhere"];
  const widths = fieldWidths();
  measureFields(widths, line, fields);
  const grid = fieldGrid(widths, { fields, message: true }, 80);
  expectShown(gridLine(line, grid, colours), reading);
  expectPainted(gridHeading(grid), reading.window);
  if ("fault" in readNames(writeNames(fields), fields)) throw new Error("not read as written");
}

type Reading = { sought: string; window: Window };
const readings: fc.Arbitrary<Reading> = fc.record({ sought: fc.constantFrom(...patterns), window: windows });

test("whatever bytes a container writes, the terminal receives printable text and styles that end", () => {
  fc.assert(
    fc.property(hostileBytes, fc.boolean(), readings, (bytes, tty, reading) => {
      for (const line of linesOf(bytes, tty)) {
        const text = logText(line);
        expectShown(text, reading);
        const structured = readStructure(plainText(text));
        if (structured) expectStructured(structured, reading);
      }
    }),
    { numRuns: 10_000 },
  );
});

test("so it does whatever the fields of JSON and logfmt decode to", () => {
  const text = fc.oneof(
    hostileBytes.map((bytes) => bytes.toString("utf8")),
    fc.string({ unit: "binary" }),
  );
  const nested = fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 3 });
  const level = fc.constantFrom("info", "x");
  const object = fc.record({ msg: text, time: text, level, rest: nested, "k\x1b": text });
  fc.assert(
    fc.property(object, readings, (fields, reading) => {
      const json = readStructure(JSON.stringify(fields));
      if (json === undefined) throw new Error("An object is structure.");
      expectStructured(json, reading);
      const logfmt = readStructure(
        `a=1 msg=${JSON.stringify(fields.msg)} b=${JSON.stringify(fields.time)} c=`,
      );
      if (logfmt) expectStructured(logfmt, reading);
    }),
    { numRuns: 1000 },
  );
});
