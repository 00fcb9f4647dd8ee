import { ask } from "../../actions/ask.ts";
import { type Answers, type SwitchField, type TextField, textOf } from "../../actions/question.ts";
import { notify } from "../../actions/session.ts";
import {
  beginFields,
  type FieldGrid,
  type FieldWidths,
  fieldGrid,
  fieldWidths,
  measureFields,
} from "../../format/log/field-columns.ts";
import {
  chosenFields,
  countFields,
  type FieldCount,
  readNames,
  writeNames,
} from "../../format/log/field-names.ts";
import type { Structured } from "../../format/log/structure.ts";
import { harmless } from "../../format/log/structured-line.ts";
import type { LogPlace } from "./ask.ts";
import type { LogView } from "./view.ts";

/** So many of the last shown lines are looked through for fields, and so many characters of them. */
const mostLines = 5_000;
const mostCharacters = 4 * 1024 * 1024;
/** So many fields have a switch; the others can be typed. */
const mostSwitches = 60;

/** The columns of a log as it is painted: `grid` makes room for what is on the screen. */
export type LogColumns = {
  /** The columns on a terminal of that size; undefined while lines are not shown in columns. */
  grid(size: { columns: number; rows: number }): FieldGrid | undefined;
};

/** The columns of that view. */
export function createLogColumns(view: LogView): LogColumns {
  const widths = fieldWidths();
  return {
    grid({ columns, rows }) {
      const { columns: choice, raw, follow, top } = view.get();
      if (raw || choice.fields.length === 0) return undefined;
      if (beginFields(widths, choice.fields))
        for (const line of lastStructured(view)) measureFields(widths, line, choice.fields);
      const { buffer } = view.feed;
      const bottom = view.shown().step(buffer.end(), -rows);
      for (const from of follow ? [bottom] : [Math.max(top, buffer.first()), bottom])
        measureFrom({ view, widths }, from, rows);
      return fieldGrid(widths, choice, columns);
    },
  };
}

function measureFrom({ view, widths }: { view: LogView; widths: FieldWidths }, from: number, rows: number) {
  const { fields } = view.get().columns;
  const shown = view.shown();
  let number = from;
  for (let row = 0; row < rows; row += 1) {
    const line = view.structure(number);
    if (line) measureFields(widths, line, fields);
    const next = shown.step(number, 1);
    if (next === number) return;
    number = next;
  }
}

/** The last shown lines that are structured, from the end on: as many as are looked through. */
function* lastStructured(view: LogView): Generator<Structured> {
  const { buffer } = view.feed;
  const shown = view.shown();
  let characters = 0;
  let number = shown.step(buffer.end(), -1);
  for (let count = 0; count < mostLines && characters < mostCharacters; count += 1) {
    if (!shown.has(number)) return;
    const line = view.structure(number);
    if (line) yield line;
    characters += buffer.get(number)?.text.length ?? 0;
    const next = shown.step(number, -1);
    if (next === number) return;
    number = next;
  }
}

/** Asks which fields are shown as columns; none is none. */
export function askFields({ view, session }: LogPlace): void {
  const { columns } = view.get();
  const lines = [...lastStructured(view)];
  const counts = countFields(lines);
  const keys = [...new Set([...counts.map(({ key }) => key), ...columns.fields])];
  if (keys.length === 0)
    return notify(session, "warn", "No line here has fields: those of JSON and logfmt lines can be columns.");
  const switches = switchesOf(counts, { lines: lines.length, on: new Set(columns.fields) });
  ask(session, {
    title: "Which fields shall be columns?",
    objects: [],
    fields: [namesField(columns.fields, keys), messageField(columns.message), ...switches],
    verb: "show",
    danger: false,
    answer: (answers) => {
      const ticks = new Map(switches.map(({ id }, at) => [counts[at]?.key ?? "", answers[id] === true]));
      const fields = chosenFields(columns.fields, namesIn(answers, keys), ticks);
      view.update((state) => ({
        ...state,
        columns: { fields, message: answers.message === true },
        left: 0,
      }));
    },
  });
}

function namesField(fields: readonly string[], keys: readonly string[]): TextField {
  return {
    ...{ kind: "text", id: "names", label: "Columns", value: writeNames(fields) },
    hint: "names in their order: status,path; or tick them below; empty: no columns",
    check(text) {
      const read = readNames(text, keys);
      return "fault" in read ? read.fault : undefined;
    },
  };
}

function messageField(on: boolean): SwitchField {
  return { kind: "switch", id: "message", label: "Message", on, hint: "what happened, behind the columns" };
}

function switchesOf(
  counts: readonly FieldCount[],
  { lines, on }: { lines: number; on: ReadonlySet<string> },
): SwitchField[] {
  const shown = counts.slice(0, mostSwitches);
  const most =
    shown.length < counts.length ? `${shown.length} most frequent of ${counts.length} fields` : "Fields";
  const section = `${most} in the last ${lines === 1 ? "line" : `${lines} lines`} that have any`;
  return shown.map(({ key, lines: having, example }, at) => ({
    ...{ kind: "switch", id: `field-${at}`, label: harmless(key) || '""', section, on: on.has(key) },
    hint: `in ${having} of ${lines}${example === "" ? "" : `, such as ${example}`}`,
  }));
}

function namesIn(answers: Answers, keys: readonly string[]): readonly string[] {
  const read = readNames(textOf(answers.names), keys);
  return "fields" in read ? read.fields : [];
}
