import { closeOverlay } from "../../actions/overlays.ts";
import {
  type Answers,
  type Field,
  faults,
  firstAnswers,
  isForm,
  type Question,
} from "../../actions/question.ts";
import type { Session } from "../../actions/session.ts";
import type { Store } from "../../docker/store.ts";
import { secretSpans } from "../../format/secrets/spans.ts";
import type { KeyPress } from "../keys.ts";
import type { TextTarget } from "../layers.ts";
import { breakLine, editLine, insertText, isContinued, type Line, lineOf } from "../line-editor.ts";
import { choose, fewChoices } from "./choice.ts";

/** A question being answered. */
export type Asking = {
  answers: Answers;
  /** The lines of the text fields. */
  lines: Readonly<Record<string, Line>>;
  /** The field that is being filled in, by its place among them. */
  focus: number;
  /** The letters typed to find a choice, in that field. */
  sought: { id: string; text: string };
  /** The first object shown, where there are more than fit. */
  top: number;
  /** The form was sent once: faults are shown. */
  tried: boolean;
  /** Secrets are shown as they are. */
  revealed: boolean;
  /** What of a pasted text could not be taken over. */
  problems: readonly string[];
};

/** A form on the screen. */
export type FormPlace = { question: Question; state: Store<Asking>; session: Session };

/** A question before anything was typed. */
export function firstAsking({ fields }: Pick<Question, "fields">): Asking {
  const answers = firstAnswers(fields);
  return {
    answers,
    lines: linesOf(answers),
    focus: 0,
    sought: { id: "", text: "" },
    top: 0,
    tried: false,
    revealed: false,
    problems: [],
  };
}

function linesOf(answers: Answers): Record<string, Line> {
  return Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, lineOf(String(value))]));
}

/** Sends the answers; where one will not do, goes to the first such field instead. */
export function sendForm({ question, state, session }: FormPlace): void {
  const wrong = faults(question.fields, state.get().answers);
  const first = question.fields.findIndex(({ id }) => id in wrong);
  if (first >= 0) return state.set((before) => ({ ...before, tried: true, focus: first }));
  closeOverlay(session);
  question.answer(state.get().answers);
}

/**
 * What typing does in a form: Tab and arrows go through its fields, space turns a switch, Enter on the last one or
 * ctrl+s sends it, Esc leaves.
 */
export function formTarget(place: FormPlace): TextTarget | undefined {
  const { question, state, session } = place;
  const { fields } = question;
  const field = fields[state.get().focus];
  if (!isForm(question) || !field) return undefined;
  const last = fields.length - 1;
  const go = (step: number) =>
    state.set((before) => ({ ...before, focus: (before.focus + step + fields.length) % fields.length }));
  const leave = () => {
    closeOverlay(session);
    question.left?.(state.get().answers);
  };
  const turn = (step: -1 | 1) =>
    state.set((before) => ({ ...before, focus: sectionBeside(fields, before.focus, step) }));
  const sections = new Set(fields.map(({ section }) => section)).size;
  const commands: Readonly<Record<string, () => void>> = {
    esc: leave,
    "ctrl+c": leave,
    "ctrl+s": () => sendForm(place),
    "ctrl+enter": () => sendForm(place),
    enter() {
      const text = String(state.get().answers[field.id] ?? "");
      if (field.kind === "text" && (isContinued(text) || question.goesOn?.(text)))
        return put(place, field.id, (line) => breakLine(line));
      if (field.kind === "text" && isForWhole(place, field.id, text)) return fillWhole(place, text);
      if (state.get().focus < last) go(1);
      else sendForm(place);
    },
    "ctrl+x": () => state.set((before) => ({ ...before, revealed: !before.revealed })),
    tab: () => go(1),
    down: () => go(1),
    "shift+tab": () => go(-1),
    up: () => go(-1),
    pagedown: () => turn(1),
    pageup: () => turn(-1),
  };
  return {
    hints: [
      ["Enter", state.get().focus < last ? "next field" : question.verb],
      ...(last > 0
        ? ([
            ["Tab", "next field"],
            ["ctrl+s", question.verb],
          ] as const)
        : []),
      ...(sections > 1 ? ([["PgDn PgUp", "section"]] as const) : []),
      ...(field.kind === "switch" ? ([["space", "on/off"]] as const) : []),
      ...(field.kind === "choice" ? ([["← →", "choose"]] as const) : []),
      ...(field.kind === "choice" && field.choices.length > fewChoices
        ? ([["letters", "find"]] as const)
        : []),
      ...(holdsSecrets(state.get()) ? ([["ctrl+x", "secrets"]] as const) : []),
      ["Esc", "leave"],
    ],
    press(key) {
      const command = commands[key.name];
      if (command) command();
      else fillIn(place, key);
      return true;
    },
    paste(text) {
      // Terminals send the ends of pasted lines as Enter.
      const lines = text.replace(/\r\n?/g, "\n");
      if (question.pasted?.(lines)) fillWhole(place, lines);
      else if (field.kind === "text") put(place, field.id, (line) => insertText(line, text));
    },
  };
}

/** Fills the form with what a text stands for. */
function fillWhole({ question, state }: FormPlace, text: string): void {
  const { answers = {}, problems = [] } = question.pasted?.(text) ?? {};
  state.set((before) => ({ ...before, answers, lines: linesOf(answers), problems }));
}

/** Whether a text that was typed into a field stands for more than that field: a run line where the terminal marks no paste. */
function isForWhole({ question }: FormPlace, id: string, text: string): boolean {
  const stands = question.pasted?.(text);
  return stands !== undefined && stands.answers[id] !== text.trim();
}

function holdsSecrets({ answers }: Asking): boolean {
  return Object.values(answers).some((answer) => secretSpans(String(answer)).length > 0);
}

/** The first field of the section before or behind the one that is being filled in. */
function sectionBeside(fields: readonly Field[], focus: number, step: -1 | 1): number {
  const starts = fields.flatMap(({ section }, at) =>
    section === fields[at - 1]?.section && at > 0 ? [] : [at],
  );
  const found = step > 0 ? starts.find((at) => at > focus) : starts.findLast((at) => at < focus);
  return found ?? (step > 0 ? fields.length - 1 : 0);
}

/** A key in the field that is being filled in. */
function fillIn(place: FormPlace, key: KeyPress): void {
  const { question, state } = place;
  const field = question.fields[state.get().focus];
  if (field?.kind === "text") return put(place, field.id, (line) => editLine(line, key));
  if (field?.kind === "switch" && key.name === "space") {
    const on = state.get().answers[field.id] !== true;
    state.set((before) => ({ ...before, answers: { ...before.answers, [field.id]: on } }));
  }
  if (field?.kind !== "choice") return;
  const { id } = field;
  const { answers, sought } = state.get();
  const now = { value: String(answers[id]), sought: sought.id === id ? sought.text : "" };
  const next = choose(field, now, key);
  if (!next) return;
  state.set((before) => ({
    ...before,
    answers: { ...before.answers, [id]: next.value },
    sought: { id, text: next.sought },
  }));
}

function put({ state }: FormPlace, id: string, edit: (line: Line) => Line | undefined): void {
  const line = edit(state.get().lines[id] ?? lineOf(""));
  if (!line) return;
  state.set((before) => ({
    ...before,
    lines: { ...before.lines, [id]: line },
    answers: { ...before.answers, [id]: line.text },
  }));
}
