import type { Readable } from "../docker/store.ts";

type Common = {
  id: string;
  label: string;
  /** A heading above it, in a long form. */
  section?: string;
};

/** On or off; `key` turns it in a yes-or-no dialog, space in a form. */
export type SwitchField = Common & { kind: "switch"; key?: string; on: boolean; hint?: string };

/** One of a few words. */
export type ChoiceField = Common & {
  kind: "choice";
  value: string;
  choices: readonly string[];
  hint?: string;
};

/** A line of text. */
export type TextField = Common & {
  kind: "text";
  value: string;
  hint: string;
  /** What it is now, told beside what it shall become. */
  was?: string;
  /** Why the text will not do; undefined when it will. */
  check(value: string, answers: Answers): string | undefined;
  /** What should be known of a text that will do. */
  advice?(value: string, answers: Answers): string | undefined;
};

/** Something a dialog asks beside yes and no. */
export type Field = SwitchField | ChoiceField | TextField;

/** What was answered, by field. */
export type Answers = Readonly<Record<string, string | boolean>>;

/**
 * A question before something is done: it names what it is about, and the docker command that does the same. With
 * fields to fill in it is a form, answered with Enter on its last line; without one a yes-or-no dialog, answered with
 * `y`, never with Enter.
 */
export type Question = {
  title: string;
  /** The objects it is about and what goes with each; none is left out. */
  objects: readonly string[];
  /** What a person should know before the yes. */
  note?: string;
  fields: readonly Field[];
  /** What yes does, as a verb: "remove 3 containers". */
  verb: string;
  danger: boolean;
  /** The docker command line that does the same, where there is one. */
  command?(answers: Answers): string;
  /** What a pasted text stands for; undefined when it is for the field it was pasted into. */
  pasted?(text: string): Pasted | undefined;
  /** Whether such a text goes on behind the Enter that was typed: a quote in it is still open. */
  goesOn?(text: string): boolean;
  /** How many rows what there is to say of a field may take; 1 unless it says more. */
  helpRows?: number;
  /** What its checks look at: kept fresh while it stands on the screen. */
  watches?: readonly Pick<Readable<unknown>, "subscribe">[];
  answer(answers: Answers): void;
  /** Told what was answered so far when it is left. */
  left?(answers: Answers): void;
};

/** The answers that a pasted text stands for, and what of it could not be taken over, a sentence each. */
export type Pasted = { answers: Answers; problems: readonly string[] };

/** What of a pasted line could not be read, as one text; it stays where it belongs in the form, and is wrong there. */
export function leftOut(problems: readonly string[]): string {
  return `Not read: ${problems.map((problem) => `${problem}.`).join(" ")}`;
}

/** Whether a question is filled in like a form; else it is answered with yes or no. */
export function isForm({ fields }: Pick<Question, "fields">): boolean {
  return fields.some(({ kind }) => kind !== "switch");
}

/** The answers before anything was changed. */
export function firstAnswers(fields: readonly Field[]): Answers {
  return Object.fromEntries(
    fields.map((field) => [field.id, field.kind === "switch" ? field.on : field.value]),
  );
}

/** What keeps a form from being sent, by field; empty when nothing does. */
export function faults(fields: readonly Field[], answers: Answers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fault = faultOf(field, answers);
      return fault === undefined ? [] : [[field.id, fault]];
    }),
  );
}

/** The answers with those empty that say what is so already. */
export function onlyChanged(fields: readonly Field[], answers: Answers): Answers {
  const same = fields.filter(
    (field) => field.kind === "text" && field.was !== undefined && answers[field.id] === field.value,
  );
  return { ...answers, ...Object.fromEntries(same.map(({ id }) => [id, ""])) };
}

/** An answer as text, without blanks around it. */
export function textOf(answer: Answers[string] | undefined): string {
  return String(answer ?? "").trim();
}

/** What should be known of the answer to a field that will do; undefined when nothing. */
export function adviceOf(field: Field, answers: Answers): string | undefined {
  return field.kind === "text" ? field.advice?.(String(answers[field.id] ?? ""), answers) : undefined;
}

/** Why the answer to a field will not do; undefined when it will. */
export function faultOf(field: Field, answers: Answers): string | undefined {
  return field.kind === "text" ? field.check(String(answers[field.id] ?? ""), answers) : undefined;
}
