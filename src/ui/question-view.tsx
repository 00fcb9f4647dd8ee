import { Box } from "ink";
import { bind } from "../actions/binding.ts";
import { isForm, leftOut, type Question } from "../actions/question.ts";
import { cleanLine } from "../format/clean.ts";
import { fit } from "../format/fit.ts";
import { masked } from "../format/secrets/masked.ts";
import { width } from "../format/width.ts";
import { wrapWhole } from "../format/wrap.ts";
import { type DialogPlace, dialogKeys, switchKeys } from "../hooks/form/dialog-keys.ts";
import { type Asking, firstAsking, formTarget } from "../hooks/form/form.ts";
import type { Beat } from "../hooks/use-frame.ts";
import { useLocalStore } from "../hooks/use-local-store.ts";
import { usePainted } from "../hooks/use-painted.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useWatched } from "../hooks/use-watched.ts";
import { FormFields, fieldHelp, formRows } from "./form-fields.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** How many rows a question takes when it may take at most `room`. */
export function questionHeight(question: Question, room: number, columns: number): number {
  const texts = textsOf(question, firstAsking(question), columns);
  return Object.values(partsOf(question, room, texts)).reduce((sum, rows) => sum + rows, 0);
}

/** How many lines of a question's parts stand on the screen. */
type Parts = Record<"rule" | "title" | "objects" | "note" | "fields" | "help" | "command" | "hint", number>;

/** What a question says beside its fields, as lines. */
type Texts = { note: readonly string[]; command: readonly string[] };

function textsOf({ note, command }: Question, { answers, problems }: Asking, columns: number): Texts {
  const left = problems.length > 0 ? leftOut(problems) : note;
  const wrapped = (text: string) => wrapWhole(masked(text), columns - 3);
  return {
    note: left === undefined ? [] : wrapped(left),
    command: command ? wrapped(`$ ${command(answers)}`) : [],
  };
}

/**
 * What of a question fits into so many rows, what matters most first: title and answers always do, the fields of a
 * dialog too, of a form the one being filled in at least. The command of a long form has room kept, so that nothing
 * moves while it grows.
 */
function partsOf(question: Question, rows: number, { note, command }: Texts): Parts {
  const { objects, fields, helpRows = 1 } = question;
  const form = isForm(question);
  const lines = formRows(fields).length;
  const isLong = fields.length > 4;
  const parts: Parts = { rule: 0, title: 1, objects: 0, note: 0, fields: 0, help: 0, command: 0, hint: 1 };
  let left = rows - 2;
  const give = (part: keyof Parts, most: number) => {
    const given = Math.max(0, Math.min(left, most - parts[part]));
    parts[part] += given;
    left -= given;
  };
  give("fields", form ? 1 : lines);
  give("objects", Math.min(1, objects.length));
  give("help", form ? 1 : 0);
  give("fields", Math.min(lines, 2));
  give("fields", Math.min(lines, 3));
  give("note", Math.min(1, note.length));
  give("command", Math.min(1, command.length));
  give("rule", 1);
  give("help", form ? helpRows : 0);
  give("note", Math.min(note.length, Math.max(3, Math.floor(rows / 5))));
  if (isLong && command.length > 0) {
    give("command", Math.max(3, Math.floor(rows / 6)));
    give("command", Math.min(command.length, Math.floor(rows / 2)));
  }
  give("fields", lines);
  give("objects", objects.length);
  give("note", note.length);
  return parts;
}

/** A question at the lower end of the screen, under the rows it is about; `y` is the row it begins in. */
export function QuestionView(props: { question: Question; columns: number; rows: number; y: number }) {
  const { question, columns, rows, y } = props;
  const session = useSession();
  const theme = useTheme();
  const [asking, state] = useLocalStore(() => firstAsking(question));
  const painted = usePainted();
  const texts = textsOf(question, asking, columns);
  const parts = partsOf(question, rows, texts);
  useWatched(question.watches ?? none);
  const place: DialogPlace = { question, state, session, visible: Math.max(1, parts.objects) };
  useScope({
    name: "question",
    depth: depths.dialog,
    modal: true,
    bindings: () => bind([...dialogKeys, ...switchKeys(place)], place),
    text: () => formTarget(place),
    ready: painted,
  });
  const frame = { theme, columns, parts, texts };
  const above = headLines(question, asking, frame);
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Lines lines={above} />
      {isForm(question) ? (
        <FormFields {...{ question, asking, columns, rows: parts.fields, y: y + above.length }} />
      ) : (
        <Lines lines={switchLines(question, asking, theme, columns)} />
      )}
      <Lines
        lines={[
          ...(isForm(question) ? fieldHelp(question, asking, { theme, columns, rows: parts.help }) : []),
          ...commandLines(frame),
          hint(question, theme),
        ]}
      />
    </Box>
  );
}

const none: readonly Beat[] = [];

/** With fewer columns only the number is told of those that do not fit: the footer has the keys. */
const narrow = 60;

type Frame = { theme: Theme; columns: number; parts: Parts; texts: Texts };

function headLines(question: Question, { top, focus }: Asking, frame: Frame): string[] {
  const { theme, columns, parts, texts } = frame;
  const { title, objects, fields, danger } = question;
  const hidden = isForm(question) && formRows(fields).length > parts.fields;
  const place = hidden ? `${focus + 1}/${fields.length} ` : "";
  const cut = texts.note.length > parts.note ? " …" : "";
  const shown = objects.slice(top, top + parts.objects);
  const rest = objects.length - shown.length;
  const more = rest === 0 ? "" : columns < narrow ? `  +${rest}` : `   (${rest} more: ↓ ↑)`;
  return [
    ...(parts.rule > 0 ? [theme.paint(danger ? "bad" : "accent", "━".repeat(columns))] : []),
    theme.bold(fit(` ${masked(title)}`, columns - place.length)) + theme.paint("dim", place),
    ...shown.map((line, index) =>
      withEnd(`   ${masked(line)}`, index === shown.length - 1 ? more : "", columns),
    ),
    ...texts.note
      .slice(0, parts.note)
      .map((line, row) => theme.paint("warn", fit(` ${line}${row === parts.note - 1 ? cut : ""}`, columns))),
  ];
}

/** A line of which the end is seen, however long it is. */
function withEnd(line: string, end: string, columns: number): string {
  return fit(fit(line, columns - width(end)).trimEnd() + end, columns);
}

function commandLines({ theme, columns, parts, texts }: Frame): string[] {
  const shown = texts.command.slice(0, parts.command);
  const cut = texts.command.length > shown.length;
  return Array.from({ length: parts.command }, (_, row) => {
    const text = ` ${shown[row] ?? ""}${cut && row === shown.length - 1 ? " …" : ""}`;
    return theme.paint("dim", fit(text, columns));
  });
}

function switchLines({ fields }: Question, { answers }: Asking, theme: Theme, columns: number): string[] {
  return fields.flatMap((field) => {
    if (field.kind !== "switch") return [];
    const on = answers[field.id] === true;
    const text = fit(` [${on ? "x" : " "}] ${field.key ?? ""}  ${field.label}`, columns);
    return [on ? theme.paint("warn", text) : text];
  });
}

function hint(question: Question, theme: Theme): string {
  const verb = cleanLine(question.verb);
  if (!isForm(question))
    return ` ${theme.bold("y")} ${verb}   ${theme.bold("n")} or ${theme.bold("Esc")} do nothing`;
  const { fields } = question;
  const sections = new Set(fields.map(({ section }) => section)).size > 1;
  if (fields.length === 1) return ` ${theme.bold("Enter")} ${verb}   ${theme.bold("Esc")} leave`;
  return ` ${theme.bold("ctrl+s")} ${verb}   ${theme.bold("Tab ↓ ↑")} fields${sections ? `   ${theme.bold("PgDn PgUp")} sections` : ""}   ${theme.bold("Esc")} leave`;
}
