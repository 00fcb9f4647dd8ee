import { Box, Text } from "ink";
import { bind } from "../actions/binding.ts";
import type { Field, Question } from "../actions/question.ts";
import { fit } from "../format/fit.ts";
import {
  type Asking,
  type DialogPlace,
  dialogKeys,
  firstAsking,
  formTarget,
  switchKeys,
  textsOf,
} from "../hooks/dialog-keys.ts";
import { lineOf } from "../hooks/line-editor.ts";
import { useLocalStore } from "../hooks/use-local-store.ts";
import { usePainted } from "../hooks/use-painted.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Input } from "./input.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** How many rows a question takes when it may take at most `room`. */
export function questionHeight(question: Question, room: number): number {
  const { note, command, fields, objects } = question;
  return Math.min(room, 3 + (note ? 1 : 0) + (command ? 1 : 0) + fields.length + objects.length);
}

/**
 * What of a question fits into so many rows. Title, objects, fields and the answers always do; the note, the command
 * and the rule above come as far as there is room.
 */
function partsOf({ objects, note, fields, command: line }: Question, rows: number) {
  const spare = rows - 2 - fields.length - Math.min(1, objects.length);
  const noted = note !== undefined && spare > 0;
  const command = line !== undefined && spare > (noted ? 1 : 0);
  const rule = spare > (noted ? 1 : 0) + (command ? 1 : 0);
  const above = (rule ? 1 : 0) + 1;
  const rest = above + (noted ? 1 : 0) + fields.length + (command ? 1 : 0) + 1;
  return { noted, command, rule, above, visible: Math.max(1, rows - rest) };
}

/** A question at the lower end of the screen, under the rows it is about; `y` is the row it begins in. */
export function QuestionView(props: { question: Question; columns: number; rows: number; y: number }) {
  const { question, columns, rows, y } = props;
  const session = useSession();
  const theme = useTheme();
  const [asking, state] = useLocalStore(() => firstAsking(question));
  const painted = usePainted();
  const { noted, command, rule, above, visible } = partsOf(question, rows);
  const place: DialogPlace = { question, state, session, visible };
  useScope({
    name: "question",
    depth: depths.dialog,
    modal: true,
    bindings: () => bind([...dialogKeys, ...switchKeys(place)], place),
    text: () => formTarget(place),
    ready: painted,
  });
  const shown = question.objects.slice(asking.top, asking.top + visible);
  const rest = question.objects.length - shown.length;
  const tone = question.danger ? "bad" : "accent";
  const fieldsAt = y + above + shown.length + (noted ? 1 : 0);
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Lines
        lines={[
          ...(rule ? [theme.paint(tone, "━".repeat(columns))] : []),
          theme.bold(fit(` ${question.title}`, columns)),
          ...shown.map((line, index) =>
            fit(
              `   ${line}${rest > 0 && index === shown.length - 1 ? `   (${rest} more: ↓ ↑)` : ""}`,
              columns,
            ),
          ),
          ...(noted ? [theme.paint("warn", fit(` ${question.note}`, columns))] : []),
        ]}
      />
      {question.fields.map((field, index) => (
        <FieldRow
          key={field.id}
          field={field}
          asking={asking}
          question={question}
          columns={columns}
          y={fieldsAt + index}
        />
      ))}
      <Lines
        lines={[
          ...(command
            ? [theme.paint("dim", fit(` $ ${question.command?.(asking.answers) ?? ""}`, columns))]
            : []),
          hint(question, theme),
        ]}
      />
    </Box>
  );
}

function hint(question: Question, theme: Theme): string {
  if (textsOf(question).length > 0)
    return ` ${theme.bold("Enter")} ${question.verb}   ${theme.bold("Tab")} next field   ${theme.bold("Esc")} leave`;
  return ` ${theme.bold("y")} ${question.verb}   ${theme.bold("n")} or ${theme.bold("Esc")} do nothing`;
}

type FieldProps = { field: Field; asking: Asking; question: Question; columns: number; y: number };

function FieldRow({ field, asking, question, columns, y }: FieldProps) {
  const theme = useTheme();
  if (field.kind === "switch") {
    const on = asking.answers[field.id] === true;
    const text = fit(` [${on ? "x" : " "}] ${field.key}  ${field.label}`, columns);
    return <Text wrap="truncate">{on ? theme.paint("warn", text) : text}</Text>;
  }
  const label = ` ${fit(field.label, 16)} `;
  const room = Math.max(8, Math.min(40, Math.floor(columns * 0.25)));
  const focused = textsOf(question)[asking.focus]?.id === field.id;
  const fault = field.check(String(asking.answers[field.id] ?? ""));
  const bad = fault !== undefined && (asking.tried || asking.answers[field.id] !== "");
  const help = fit(`  ${bad ? `✗ ${fault}` : field.hint}`, Math.max(0, columns - label.length - room));
  const line = asking.lines[field.id] ?? lineOf("");
  return (
    <Box width={columns} height={1} flexShrink={0}>
      <Text>{focused ? theme.bold(label) : label}</Text>
      {focused ? (
        <Input line={line} x={label.length} y={y} columns={room} />
      ) : (
        <Text>{fit(line.text, room)}</Text>
      )}
      <Text wrap="truncate">{theme.paint(bad ? "bad" : "dim", help)}</Text>
    </Box>
  );
}
