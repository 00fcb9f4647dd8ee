import { Box } from "ink";
import { bind } from "../actions/binding.ts";
import { isForm, type Question } from "../actions/question.ts";
import { fit } from "../format/fit.ts";
import { wrapWords } from "../format/wrap.ts";
import { type DialogPlace, dialogKeys, switchKeys } from "../hooks/dialog-keys.ts";
import { type Asking, firstAsking, formTarget } from "../hooks/form.ts";
import { useLocalStore } from "../hooks/use-local-store.ts";
import { usePainted } from "../hooks/use-painted.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { FormFields, fieldHelp, formRows } from "./form-fields.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** How many rows a question takes when it may take at most `room`. */
export function questionHeight(question: Question, room: number): number {
  const { title, hint, ...parts } = partsOf(question, room);
  return Object.values(parts).reduce((sum, rows) => sum + rows, title + hint);
}

/** How many lines of a question's parts stand on the screen. */
type Parts = Record<"rule" | "title" | "objects" | "note" | "fields" | "help" | "command" | "hint", number>;

/** A command line with many fields grows long: so many lines of it are shown. */
const longCommand = 3;

/**
 * What of a question fits into so many rows, what matters most first: title and answers always do, the fields of a
 * dialog too, of a form the one being filled in at least.
 */
function partsOf(question: Question, rows: number): Parts {
  const { objects, note, fields, command } = question;
  const form = isForm(question);
  const lines = formRows(fields).length;
  const parts: Parts = { rule: 0, title: 1, objects: 0, note: 0, fields: 0, help: 0, command: 0, hint: 1 };
  let left = rows - 2;
  const give = (part: keyof Parts, most: number) => {
    const given = Math.max(0, Math.min(left, most - parts[part]));
    parts[part] += given;
    left -= given;
  };
  give("fields", form ? Math.min(lines, 3) : lines);
  give("objects", Math.min(1, objects.length));
  give("help", form ? 1 : 0);
  give("note", note === undefined ? 0 : 1);
  give("command", command ? 1 : 0);
  give("rule", 1);
  give("command", command && fields.length > 4 ? longCommand : 0);
  give("fields", lines);
  give("objects", objects.length);
  return parts;
}

/** A question at the lower end of the screen, under the rows it is about; `y` is the row it begins in. */
export function QuestionView(props: { question: Question; columns: number; rows: number; y: number }) {
  const { question, columns, rows, y } = props;
  const session = useSession();
  const theme = useTheme();
  const [asking, state] = useLocalStore(() => firstAsking(question));
  const painted = usePainted();
  const parts = partsOf(question, rows);
  const place: DialogPlace = { question, state, session, visible: Math.max(1, parts.objects) };
  useScope({
    name: "question",
    depth: depths.dialog,
    modal: true,
    bindings: () => bind([...dialogKeys, ...switchKeys(place)], place),
    text: () => formTarget(place),
    ready: painted,
  });
  const above = headLines(question, asking, { theme, columns, parts });
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
          ...(parts.help > 0 ? [fieldHelp(question, asking, theme, columns)] : []),
          ...commandLines(question, asking, { theme, columns, parts }),
          hint(question, theme),
        ]}
      />
    </Box>
  );
}

type Frame = { theme: Theme; columns: number; parts: Parts };

function headLines(question: Question, { top }: Asking, { theme, columns, parts }: Frame): string[] {
  const { title, objects, note, danger } = question;
  const shown = objects.slice(top, top + parts.objects);
  const rest = objects.length - shown.length;
  const more = rest > 0 ? `   (${rest} more: ↓ ↑)` : "";
  return [
    ...(parts.rule > 0 ? [theme.paint(danger ? "bad" : "accent", "━".repeat(columns))] : []),
    theme.bold(fit(` ${title}`, columns)),
    ...shown.map((line, index) => fit(`   ${line}${index === shown.length - 1 ? more : ""}`, columns)),
    ...(parts.note > 0 ? [theme.paint("warn", fit(` ${note ?? ""}`, columns))] : []),
  ];
}

function commandLines(
  { command }: Question,
  { answers }: Asking,
  { theme, columns, parts }: Frame,
): string[] {
  if (!command || parts.command === 0) return [];
  const lines = wrapWords(`$ ${command(answers)}`, columns - 2);
  const shown = lines.slice(0, parts.command);
  const cut = lines.length > shown.length;
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
  if (!isForm(question))
    return ` ${theme.bold("y")} ${question.verb}   ${theme.bold("n")} or ${theme.bold("Esc")} do nothing`;
  const { fields, verb } = question;
  if (fields.length === 1) return ` ${theme.bold("Enter")} ${verb}   ${theme.bold("Esc")} leave`;
  return ` ${theme.bold("ctrl+s")} ${verb}   ${theme.bold("Tab ↓ ↑")} fields   ${theme.bold("Esc")} leave`;
}
