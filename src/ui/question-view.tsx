import { Box, Text } from "ink";
import { type Binding, bind } from "../actions/binding.ts";
import { type Answers, type Field, faults, firstAnswers, type Question } from "../actions/question.ts";
import { closeOverlay, type Session } from "../actions/session.ts";
import { fit } from "../format/fit.ts";
import type { TextTarget } from "../hooks/keyboard.ts";
import { editLine, insertText, type Line, lineOf } from "../hooks/line-editor.ts";
import { type Store, useLocalStore } from "../hooks/use-local-store.ts";
import { usePainted } from "../hooks/use-painted.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Input } from "./input.tsx";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** A question being answered. */
type Asking = {
  answers: Answers;
  /** The lines of the text fields, and which of them is being typed. */
  lines: Readonly<Record<string, Line>>;
  focus: number;
  /** The first object shown, where there are more than fit. */
  top: number;
  /** The form was sent once: faults are shown. */
  tried: boolean;
};

type Place = { question: Question; state: Store<Asking>; session: Session; visible: number };

const textsOf = ({ fields }: Question) => fields.filter((field) => field.kind === "text");

function answer({ question, state, session }: Place): void {
  if (Object.keys(faults(question.fields, state.get().answers)).length > 0) {
    state.set((before) => ({ ...before, tried: true }));
    return;
  }
  closeOverlay(session);
  question.answer(state.get().answers);
}

/** The keys of every dialog; a yes-or-no one hears nothing else. */
export const dialogKeys: readonly Binding<Place>[] = [
  {
    id: "dialog-yes",
    keys: ["y"],
    label: "yes",
    help: "Do it",
    footer: 1,
    unavailable: ({ question }) => (textsOf(question).length > 0 ? "This is a form." : undefined),
    run: answer,
  },
  {
    id: "dialog-no",
    keys: ["n", "esc", "ctrl+c"],
    label: "no",
    help: "Do nothing and go back",
    footer: 2,
    run: ({ session }) => closeOverlay(session),
  },
  {
    id: "dialog-scroll",
    keys: ["down", "up", "pagedown", "pageup"],
    label: "scroll",
    help: "Scroll through the objects it is about, where there are more than fit",
    footer: 3,
    unavailable: ({ question, visible }) =>
      question.objects.length <= visible ? "All of them are shown." : undefined,
    run({ question, state, visible }, key) {
      const step = { up: -1, down: 1, pageup: -visible, pagedown: visible }[key] ?? 0;
      const last = Math.max(0, question.objects.length - visible);
      state.set((before) => ({ ...before, top: Math.max(0, Math.min(last, before.top + step)) }));
    },
  },
];

function switchKeys({ question, state }: Place): Binding<Place>[] {
  return question.fields.flatMap((field) =>
    field.kind === "switch"
      ? {
          id: `dialog-${field.id}`,
          keys: [field.key],
          label: field.id,
          help: field.label,
          footer: 4,
          run: () =>
            state.set((before) => ({
              ...before,
              answers: { ...before.answers, [field.id]: before.answers[field.id] !== true },
            })),
        }
      : [],
  );
}

function formTarget(place: Place): TextTarget | undefined {
  const { question, state, session } = place;
  const texts = textsOf(question);
  const { focus, lines } = state.get();
  const field = texts[focus];
  if (!field) return undefined;
  const line = lines[field.id] ?? lineOf("");
  const put = (next: Line) =>
    state.set((before) => ({
      ...before,
      lines: { ...before.lines, [field.id]: next },
      answers: { ...before.answers, [field.id]: next.text },
    }));
  const go = (step: number) =>
    state.set((before) => ({ ...before, focus: (before.focus + step + texts.length) % texts.length }));
  return {
    press(key) {
      if (key.name === "esc" || key.name === "ctrl+c") closeOverlay(session);
      else if (key.name === "enter" && focus < texts.length - 1) go(1);
      else if (key.name === "enter") answer(place);
      else if (key.name === "tab" || key.name === "down") go(1);
      else if (key.name === "shift+tab" || key.name === "up") go(-1);
      else {
        const next = editLine(line, key);
        if (next) put(next);
      }
      return true;
    },
    paste: (text) => put(insertText(line, text)),
  };
}

/** How many rows a question takes when it may take at most `room`. */
export function questionHeight(question: Question, room: number): number {
  return Math.min(room, fixedRows(question) + question.objects.length);
}

function fixedRows(question: Question): number {
  return 4 + (question.note ? 1 : 0) + question.fields.length;
}

/** A question at the lower end of the screen, under the rows it is about; `y` is the row it begins in. */
export function QuestionView(props: { question: Question; columns: number; rows: number; y: number }) {
  const { question, columns, rows, y } = props;
  const session = useSession();
  const theme = useTheme();
  const [asking, state] = useLocalStore(() => firstAsking(question));
  const painted = usePainted();
  const visible = Math.max(1, rows - fixedRows(question));
  const place: Place = { question, state, session, visible };
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
  const fieldsAt = y + 2 + shown.length + (question.note ? 1 : 0);
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Lines
        lines={[
          theme.paint(tone, "━".repeat(columns)),
          theme.bold(fit(` ${question.title}`, columns)),
          ...shown.map((line, index) =>
            fit(
              `   ${line}${rest > 0 && index === shown.length - 1 ? `   (${rest} more: ↓ ↑)` : ""}`,
              columns,
            ),
          ),
          ...(question.note ? [theme.paint("warn", fit(` ${question.note}`, columns))] : []),
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
          theme.paint("dim", fit(` $ ${question.command(asking.answers)}`, columns)),
          hint(question, theme),
        ]}
      />
    </Box>
  );
}

function firstAsking({ fields }: Question): Asking {
  const answers = firstAnswers(fields);
  const lines = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, lineOf(String(value))]));
  return { answers, lines, focus: 0, top: 0, tried: false };
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
  const room = Math.max(8, Math.min(40, columns - label.length - 20));
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
