import { Box, Text } from "ink";
import type { Tone } from "../actions/list-screen.ts";
import { adviceOf, type Field, faultOf, type Question } from "../actions/question.ts";
import { fit } from "../format/fit.ts";
import { masked } from "../format/secrets/masked.ts";
import { secretSpans } from "../format/secrets/spans.ts";
import { width } from "../format/width.ts";
import { wrapWhole } from "../format/wrap.ts";
import type { Asking } from "../hooks/form/form.ts";
import { lineOf } from "../hooks/line-editor.ts";
import { Input } from "./input.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** A line of a form: a field, or the heading of those below it. */
type FormRow = { heading: string } | { field: Field; index: number };

/** The lines of a form, as many as there are fields and headings. */
export function formRows(fields: readonly Field[]): FormRow[] {
  return fields.flatMap((field, index) => {
    const { section } = field;
    const isFirst = section !== undefined && section !== fields[index - 1]?.section;
    return isFirst ? [{ heading: section }, { field, index }] : [{ field, index }];
  });
}

type Props = { question: Question; asking: Asking; columns: number; rows: number; y: number };

/** The fields of a form, with the one that is being filled in always among those shown. */
export function FormFields({ question, asking, columns, rows, y }: Props) {
  const theme = useTheme();
  const all = formRows(question.fields);
  const focus = all.findIndex((row) => "index" in row && row.index === asking.focus);
  const top = Math.max(0, Math.min(focus - Math.floor(rows / 2), all.length - rows));
  const labels = Math.min(24, Math.max(...question.fields.map(({ label }) => width(label))) + 1);
  return all
    .slice(top, top + rows)
    .map((row, at) =>
      "heading" in row ? (
        <Lines key={row.heading} lines={[theme.paint("accent", fit(` ${row.heading}`, columns))]} />
      ) : (
        <FieldRow
          key={row.field.id}
          {...{ field: row.field, asking, labels, columns, y: y + at }}
          focused={row.index === asking.focus}
        />
      ),
    );
}

/**
 * What there is to know of the field that is being filled in, on that many lines: why it will not do, what should be
 * known of it, or what it wants.
 */
export function fieldHelp(
  { fields }: Question,
  asking: Asking,
  { theme, columns, rows }: { theme: Theme; columns: number; rows: number },
): string[] {
  const field = fields[asking.focus];
  if (!field || rows === 0) return [];
  const note = noteOf(field, asking);
  const wrapped = (text: string, tone: Tone) => wrapWhole(text, columns - 3).map((line) => ({ line, tone }));
  const said = note ? wrapped(`${note.mark} ${note.text}`, note.tone) : [];
  const lines = [...said, ...wrapped(field.hint ?? "", "dim")];
  return Array.from({ length: rows }, (_, row) => {
    const { line, tone } = lines[row] ?? { line: "", tone: "dim" };
    const cut = row === rows - 1 && said.length > rows ? " …" : "";
    return theme.paint(tone, fit(` ${line}${cut}`, columns));
  });
}

type Note = { tone: "bad" | "warn"; mark: string; text: string };

/** What is to be said of a field beside its value. */
function noteOf(field: Field, asking: Asking): Note | undefined {
  const fault = shownFault(field, asking);
  if (fault !== undefined) return { tone: "bad", mark: "✗", text: fault };
  const advice = asking.answers[field.id] === "" ? undefined : adviceOf(field, asking.answers);
  return advice === undefined ? undefined : { tone: "warn", mark: "!", text: advice };
}

/** A fault is shown once something was typed there, or the form was sent. */
function shownFault(field: Field, { answers, tried }: Asking): string | undefined {
  return tried || answers[field.id] !== "" ? faultOf(field, answers) : undefined;
}

type RowProps = {
  field: Field;
  asking: Asking;
  labels: number;
  columns: number;
  y: number;
  focused: boolean;
};

function FieldRow({ field, asking, labels, columns, y, focused }: RowProps) {
  const theme = useTheme();
  const label = ` ${focused ? "▸" : " "} ${fit(field.label, labels)} `;
  const note = focused ? undefined : noteOf(field, asking);
  const rest = columns - width(label);
  const before = note ? ` ${note.mark} ${note.text}` : wasText(field, asking);
  const room = Math.max(8, before !== "" ? Math.floor(rest * 0.6) : rest - 1);
  const value = String(asking.answers[field.id] ?? "");
  return (
    <Box width={columns} height={1} flexShrink={0}>
      <Text>{focused ? theme.bold(label) : label}</Text>
      {focused && field.kind === "text" ? (
        <Input
          line={asking.lines[field.id] ?? lineOf("")}
          hidden={asking.revealed ? [] : secretSpans(value)}
          {...{ x: width(label), y, columns: room }}
        />
      ) : (
        <Text wrap="truncate">
          {fit(
            shownValue(field, asking.revealed ? value : masked(value)) + soughtText(field, asking, focused),
            room,
          )}
        </Text>
      )}
      <Text wrap="truncate">{theme.paint(note?.tone ?? "dim", fit(before, rest - room))}</Text>
    </Box>
  );
}

/** What is changed says what it was. */
function wasText(field: Field, { answers }: Asking): string {
  if (field.kind !== "text" || field.was === undefined || answers[field.id] === field.value) return "";
  return ` was ${field.was}`;
}

/** The letters a choice was found by stand behind it while it is being chosen. */
function soughtText({ id }: Field, { sought }: Asking, focused: boolean): string {
  return focused && sought.id === id && sought.text !== "" ? `  /${sought.text}` : "";
}

function shownValue(field: Field, value: string): string {
  if (field.kind === "switch") return value === "true" ? "[x]" : "[ ]";
  if (field.kind === "choice") return `‹ ${value} ›`;
  return value;
}
