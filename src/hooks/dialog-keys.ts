import type { Binding } from "../actions/binding.ts";
import { type Answers, faults, firstAnswers, type Question } from "../actions/question.ts";
import { closeOverlay, type Session } from "../actions/session.ts";
import type { Store } from "../docker/store.ts";
import type { TextTarget } from "./keyboard.ts";
import { editLine, insertText, type Line, lineOf } from "./line-editor.ts";

/** A question being answered. */
export type Asking = {
  answers: Answers;
  /** The lines of the text fields, and which of them is being typed. */
  lines: Readonly<Record<string, Line>>;
  focus: number;
  /** The first object shown, where there are more than fit. */
  top: number;
  /** The form was sent once: faults are shown. */
  tried: boolean;
};

/** A question on the screen; `visible` of its objects fit. */
export type DialogPlace = { question: Question; state: Store<Asking>; session: Session; visible: number };

/** A question before anything was typed. */
export function firstAsking({ fields }: Question): Asking {
  const answers = firstAnswers(fields);
  const lines = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, lineOf(String(value))]));
  return { answers, lines, focus: 0, top: 0, tried: false };
}

/** The text fields of a question. */
export const textsOf = ({ fields }: Question) => fields.filter((field) => field.kind === "text");

function answer({ question, state, session }: DialogPlace): void {
  if (Object.keys(faults(question.fields, state.get().answers)).length > 0) {
    state.set((before) => ({ ...before, tried: true }));
    return;
  }
  closeOverlay(session);
  question.answer(state.get().answers);
}

/** The keys of every dialog; a yes-or-no one hears nothing else. */
export const dialogKeys: readonly Binding<DialogPlace>[] = [
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

/** The keys of the switches a question has, each as its field names it. */
export function switchKeys({ question, state }: DialogPlace): Binding<DialogPlace>[] {
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

/** What typing does in a form: Tab goes through its fields, Enter on the last one sends it, Esc leaves. */
export function formTarget(place: DialogPlace): TextTarget | undefined {
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
    hints: [
      ["Enter", focus < texts.length - 1 ? "next field" : question.verb],
      ["Tab", "next field"],
      ["Esc", "leave"],
    ],
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
